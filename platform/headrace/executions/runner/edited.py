"""Items by which a person replaced what a run to come would be given (see `derivation.fork`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from headrace.executions import log
from headrace.executions.blocks.ledger import RunId
from headrace.executions.edits import EDITED, items_in
from headrace_sdk.items import Inputs, Item


class EditedInputs:
    """Known from the log; kept until the run is over, for it may be attempted again."""

    def __init__(self) -> None:
        self._items: dict[RunId, Mapping[str, Sequence[Item]]] = {}

    def replay(self, event: log.Event) -> None:
        """Take in an event that is already in the log."""
        if event.type == EDITED and event.outputs and event.node and event.run:
            self._items[event.node, event.run] = items_in(event)

    def instead_of(self, run: RunId, inputs: Inputs) -> Inputs:
        """What the run is given; port `""` is the leading one."""
        edited = self._items.get(run)
        if edited is None:
            return inputs
        leading = next((port for port, items in inputs.items() if items), "main")
        return Inputs({**inputs, **{port or leading: items for port, items in edited.items()}})
