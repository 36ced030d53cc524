"""Where the items of one execution are: what each run put out, and whence each item came.

The ledger keeps places, the shelf items. What belongs to a turn of a loop is forgotten when the
turn has long ended; if somebody asks for it all the same, the reader finds it in the log.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from headrace.engine import DONE_PORT, Source, StepInputs
from headrace.engine.log import inputs_from_json
from headrace.executions import log
from headrace.executions.blocks.paged import WHOLE_UP_TO
from headrace.executions.blocks.shelf import Shelf
from headrace.executions.log import Ref
from headrace_sdk.items import Item

RunId: TypeAlias = tuple[str, str]
"""Node id and run key, as text."""

COLLECTED: Final = "workflow.step.collected"
"""A notice of the shell: what came back in some turns of a loop, as a manifest."""

LOADED: Final = 8


class NotAtHandError(BaseException):
    """Items must be read from the database first: `await Reader.load(source)`, then try again.

    No `Exception`, so that nothing between an expression and the runner takes it for an error of
    the author.
    """

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self.source = source


class ForgottenError(LookupError):
    """A run is not in the ledger any more; the reader has to look it up in the log."""

    def __init__(self, run: RunId) -> None:
        super().__init__(run)
        self.run = run


@dataclass(slots=True)
class Recorded:
    """What the ledger knows of a run: the event that ended it, and the items on each port.

    Ports in `passes_on` give what came in, so many items a turn if it is a loop over items.
    `collected` are pages that later events added to a port, such as what came back to a loop.
    """

    inputs: StepInputs = ()
    seq: int = 0
    ports: dict[str, int] = field(default_factory=dict)
    passes_on: dict[str, int] = field(default_factory=dict)
    collected: dict[str, list[Ref]] = field(default_factory=dict)


@dataclass(slots=True)
class Collecting:
    """What the turns of an open loop gave to its ports, and stands in no manifest yet.

    Turns may end in any order: `early` are those that an open one is still before.
    """

    ready: dict[str, list[Ref]] = field(default_factory=dict)
    early: dict[int, dict[str, list[Ref]]] = field(default_factory=dict)

    def settle(self, before: int | None) -> None:
        """Take over what turns gave, all of them or those before one that is open."""
        for turn in sorted(self.early):
            if before is not None and turn >= before:
                break
            for port, refs in self.early.pop(turn).items():
                self.ready.setdefault(port, []).extend(refs)


class Ledger:
    """Places of all items that open runs can still ask for."""

    def __init__(self) -> None:
        self.shelf = Shelf()
        self.runs: dict[RunId, Recorded] = {}
        self.collecting: dict[RunId, Collecting] = {}
        self._loaded: OrderedDict[Source, Sequence[Item]] = OrderedDict()

    # Writing

    def come_from(self, run: RunId, inputs: StepInputs) -> None:
        """Note what a run was given."""
        self.runs.setdefault(run, Recorded()).inputs = inputs

    def put(
        self,
        run: RunId,
        event: log.Event,
        fresh: Mapping[str, Sequence[Item]] | None = None,
        *,
        passes_on: Mapping[str, int] | None = None,
    ) -> None:
        """Note what a run put out by an event; `fresh` has the items themselves."""
        recorded = self.runs.setdefault(run, Recorded())
        recorded.seq = event.seq
        recorded.passes_on = dict(passes_on or {})
        outputs = event.outputs or {}
        recorded.ports = {port: sum(page.items for page in outputs[port]) for port in outputs}
        for port, pages in outputs.items():
            self.shelf.put(event.seq, port, pages, fresh.get(port) if fresh else None)

    def collected(self, run: RunId, event: log.Event) -> None:
        """Note what an event added to the ports of a run."""
        recorded = self.runs.setdefault(run, Recorded())
        for port, pages in (event.outputs or {}).items():
            self.shelf.put(event.seq, port, pages)
            items = sum(page.items for page in pages)
            recorded.collected.setdefault(port, []).append(Ref(event.seq, port, 0, items))

    def forget(self, run: RunId) -> None:
        """Nobody is likely to ask for a run any more."""
        self.runs.pop(run, None)

    def keep(self, source: Source, items: Sequence[Item]) -> None:
        """Have items at hand that were read for somebody."""
        self._loaded[source] = items
        self._loaded.move_to_end(source)
        if len(self._loaded) > LOADED:
            self._loaded.popitem(last=False)

    # Reading

    def refs(self, source: Source) -> list[Ref]:
        """Where the items of a source are.

        Raises:
            ForgottenError: the run is not in the ledger.
        """
        recorded = self.runs.get(source[:2])
        if recorded is None:
            raise ForgottenError(source[:2])
        if source.port in recorded.passes_on:
            first = (source.batch or 0) * recorded.passes_on[source.port]
            return self._slice(recorded, first, source.items)
        if source.port in recorded.collected:
            return list(recorded.collected[source.port])
        items = recorded.ports.get(source.port)
        return [Ref(recorded.seq, source.port, 0, items)] if items else []

    def _slice(self, head: Recorded, first: int, items: int) -> list[Ref]:
        found: list[Ref] = []
        for source in head.inputs[0][1] if head.inputs else ():
            if first < source.items and items > 0:
                found += sliced(self.refs(source), first, items)
                items -= min(items, source.items - first)
            first = max(0, first - source.items)
        return found

    def peek(self, source: Source) -> Sequence[Item] | None:
        """The items of a source if all of them are at hand, and few."""
        if source in self._loaded:
            self._loaded.move_to_end(source)
            return self._loaded[source]
        try:
            refs = self.refs(source)
        except ForgottenError:
            return None
        if len(refs) != 1:
            return None if refs else ()
        return self._peek(refs[0])

    def _peek(self, ref: Ref) -> Sequence[Item] | None:
        slots = self.shelf.slots(ref.seq, ref.port)
        number, place = divmod(ref.first, log.PAGE_ITEMS)
        if slots is None or number >= len(slots) or log.is_manifest(slots[number].body or b""):
            return None
        if place + ref.items > slots[number].items or ref.items > WHOLE_UP_TO:
            return None
        items = self.shelf.items(ref.seq, ref.port, number)
        if items is None or (place == 0 and len(items) == ref.items):
            return items
        return items[place : place + ref.items]

    def items(self, source: Source) -> Sequence[Item]:
        """The items of a source.

        Raises:
            NotAtHandError: they must be loaded first.
        """
        found = self.peek(source)
        if found is None:
            raise NotAtHandError(source)
        return found

    def output_of(self, run: RunId) -> Source | None:
        """A run's first port that has items; of a loop what came back, else what it was given."""
        recorded = self.runs.get(run)
        if recorded is None:
            return None
        if DONE_PORT in recorded.collected:
            items = sum(ref.items for ref in recorded.collected[DONE_PORT])
            return Source(*run, DONE_PORT, items)
        for port in recorded.passes_on if recorded.inputs else ():
            return Source(*run, port, sum(source.items for source in recorded.inputs[0][1]))
        ports = ((port, items) for port, items in recorded.ports.items() if items)
        return next((Source(*run, port, items) for port, items in ports), None)

    def ancestor(self, run: RunId, item: int, node: str) -> tuple[Source, int] | None:
        """Where at `node` the `item`-th leading input item of `run` came from.

        `None` when no lineage leads there: another branch, items made of many, or an ended loop.
        """
        port_index = self._leading_port(run)
        for _ in range(len(self.runs) + 1):
            found = self._source_of(run, port_index, item)
            if found is None or found[0].node == node:
                return found
            source, index = found
            run, head = source[:2], self.runs.get(source[:2])
            if head is not None and source.port in head.passes_on:
                port_index, item = 0, (source.batch or 0) * head.passes_on[source.port] + index
                continue
            if head is not None and source.port in head.collected:
                # The runs that made these items belong to turns that are forgotten.
                return None
            items = self.items(source)
            if index >= len(items) or not items[index].paired:
                return None
            port_index, item = items[index].paired[0]
        return None

    def _leading_port(self, run: RunId) -> int:
        recorded = self.runs.get(run)
        for index, (_, given) in enumerate(recorded.inputs if recorded else ()):
            if any(source.items for source in given):
                return index
        return 0

    def _source_of(self, run: RunId, port_index: int, item: int) -> tuple[Source, int] | None:
        recorded = self.runs.get(run)
        if recorded is None or port_index >= len(recorded.inputs):
            return None
        for source in recorded.inputs[port_index][1]:
            if item < source.items:
                return source, item
            item -= source.items
        return None


def record(ledger: Ledger, run: RunId, event: log.Event) -> None:
    """Take what an event says about items into the ledger."""
    data: dict[str, Any] = event.data
    if "inputs" in data:
        ledger.come_from(run, inputs_from_json(data["inputs"]))
    if event.type in log.BESIDE:
        return
    if event.type == COLLECTED:
        ledger.collected(run, event)
    elif "outputs" in data or event.outputs:
        ledger.put(run, event, passes_on=data.get("passes_on"))


def sliced(refs: Sequence[Ref], first: int, items: int) -> list[Ref]:
    """Of the items behind some references, `items` from the `first`-th on."""
    found: list[Ref] = []
    for ref in refs:
        if items <= 0:
            break
        if first < ref.items:
            taken = min(items, ref.items - first)
            found.append(Ref(ref.seq, ref.port, ref.first + first, taken))
            items -= taken
        first = max(0, first - ref.items)
    return found
