"""All the rules together: what an event needs in order to change the state."""

from __future__ import annotations

from headrace.engine import compensation, containment, turns
from headrace.engine.events import PortCounts
from headrace.engine.flow import Flow
from headrace.engine.graph import Node
from headrace.engine.references import StepInputs
from headrace.engine.run_key import RunKey, Tag
from headrace.engine.state import Run, ScopeState


class Rules(Flow):
    """Deliveries, with what heads of loops make of them."""

    __slots__ = ()

    def take_over(
        self, node: Node, run: Run, outputs: PortCounts, batch_size: int
    ) -> PortCounts | None:
        """What the run of a head leaves to be delivered; `None` if its loop takes care of all."""
        if node.shape.loop == "undo":
            return compensation.register(self, node, run, outputs)
        return None if turns.take_over(self, node, run, outputs, batch_size) else outputs

    def give_up(self, node: Node, run: Run) -> bool:
        """Whether a run that was stopped was to decide over another turn: its loop is over then."""
        return turns.give_up(self, node, run)

    def enter_circle(self, node: Node, key: RunKey, inputs: StepInputs) -> None:
        """A delivery enters a loop that has no head on the canvas."""
        turns.enter_circle(self, node, key, inputs)

    def end_turn(self, tag: Tag, scope: ScopeState) -> None:
        """A turn's scope is closed, or what was left of a broken one is over."""
        turns.end_turn(self, tag, scope)

    def close_broken(self, turn: Tag) -> None:
        """End a broken turn once nothing is under way in it and everything there is undone."""
        containment.close_broken(self, turn)
