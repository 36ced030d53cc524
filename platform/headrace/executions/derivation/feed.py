"""Feeds recorded results into a new state, and finds out which of them still fit there.

A result is taken over when the rules, applied to what was taken over before it, come to the same
run again and the verdict does not object. What comes after a run that is not taken over is never
reached, so descendants need not be searched for; half-filled joins and open loops come back by
themselves. Results are offered in the order of the source's log, which keeps the choice that an
`any` join made there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from headrace.engine import (
    Graph,
    RunId,
    State,
    StepCompleted,
    StepInputs,
    StepReused,
    WorkflowStarted,
    advance,
    initial_state,
)
from headrace.executions.derivation.recorded import Recorded

Verdict = Callable[[Recorded, StepInputs], str | None]
"""Why a recorded result must not be taken over for these inputs; `None` if it may."""

AFTER: Final = "after"
"""The reason of a run that comes after one that runs again."""

REMOVED: Final = "node_removed"


@dataclass(frozen=True, slots=True)
class Taken:
    """A run that is over before the new execution begins: from the recording, or by its pin.

    Pinned items leave by `port`.
    """

    id: RunId
    inputs: StepInputs
    recorded: Recorded | None
    port: str = ""


@dataclass(slots=True)
class Fed:
    """How far the recorded results lead. `again` says why the others run again."""

    state: State
    taken: list[Taken] = field(default_factory=list)
    again: dict[RunId, str] = field(default_factory=dict)

    @property
    def reused(self) -> list[RunId]:
        """The runs whose results are taken over."""
        return [one.id for one in self.taken if one.recorded is not None]


@dataclass(frozen=True, slots=True)
class Offer:
    """What there is to feed with. `pins` gives the number of pinned items by node."""

    trigger: str
    outputs: Mapping[str, int]
    candidates: Sequence[Recorded]
    pins: Mapping[str, int]


def feed(graph: Graph, offer: Offer, verdict: Verdict) -> Fed:
    """The state after everything that still fits.

    Raises:
        UnknownTrigger: the graph has no such trigger.
    """
    started = WorkflowStarted(
        trigger=offer.trigger, outputs=offer.outputs, pins=frozenset(offer.pins)
    )
    fed = Fed(advance(graph, initial_state(graph, offer.trigger), started))
    left = {one.id: one for one in offer.candidates}
    while _pass(graph, offer, verdict, fed, left):
        pass
    fed.again |= {id_: AFTER if id_.node in graph.nodes else REMOVED for id_ in left}
    return fed


def _pass(
    graph: Graph, offer: Offer, verdict: Verdict, fed: Fed, left: dict[RunId, Recorded]
) -> bool:
    """Offer every result once that has not been taken or refused; did any of them fit?"""
    before = len(fed.taken)
    for one in list(left.values()):
        run = fed.state.runs.get(one.id)
        if run is None:
            continue
        if one.id.node in offer.pins and not graph.nodes[one.id.node].shape.loop:
            continue
        del left[one.id]
        reason = verdict(one, run.inputs)
        if reason is not None:
            fed.again[one.id] = reason
            continue
        _take(graph, fed, one, run.inputs)
    for id_ in [id_ for id_ in fed.state.runs if id_.node in offer.pins]:
        _pin(graph, offer, fed, id_, left)
    return len(fed.taken) > before and fed.state.stop is None


def _take(graph: Graph, fed: Fed, one: Recorded, inputs: StepInputs) -> None:
    size = one.event.data.get("batch_size")
    event = StepReused(
        node=one.id.node,
        run=one.id.run,
        attempt=1,
        outputs=one.counts,
        batch_size=size if isinstance(size, int) else 1,
    )
    fed.state = advance(graph, fed.state, event)
    fed.taken.append(Taken(one.id, inputs, one))


def _pin(graph: Graph, offer: Offer, fed: Fed, id_: RunId, left: dict[RunId, Recorded]) -> None:
    """A pinned node costs nothing, so its pinned items go in at once."""
    node = graph.nodes[id_.node]
    if node.shape.loop or node.first_output is None:
        return
    inputs = fed.state.runs[id_].inputs
    count = offer.pins[id_.node]
    outputs = {node.first_output: count} if count else {}
    fed.state = advance(
        graph, fed.state, StepCompleted(node=id_.node, run=id_.run, attempt=1, outputs=outputs)
    )
    fed.taken.append(Taken(id_, inputs, None, node.first_output))
    left.pop(id_, None)
