"""The items of one execution: what each run put out, and whence each item came.

Outputs are kept decoded while the execution is in hand and read from the log on first use after
a restart. Lineage is followed backwards from run to run, as `$("Node").item` needs it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from headrace.executions import log
from headrace_sdk.items import Inputs, Item

RunId: TypeAlias = tuple[str, str]
"""Node id and run key, as text."""

Source: TypeAlias = tuple[str, str, str]
"""Node id, run key and output port that an input came from."""

Sources: TypeAlias = tuple[tuple[str, tuple[Source, ...]], ...]
"""For each input port, the outputs that arrived there, in order."""


@dataclass(slots=True)
class Output:
    """What one run put out; a block is decoded when somebody asks for it."""

    blocks: dict[str, bytes | UUID]
    items: dict[str, Sequence[Item]]


class Ledger:
    """Outputs and sources of every run so far."""

    def __init__(self) -> None:
        self._outputs: dict[RunId, Output] = {}
        self._sources: dict[RunId, Sources] = {}

    def put(self, run: RunId, outputs: Mapping[str, Sequence[Item]]) -> None:
        """Note what a run has just put out."""
        self._outputs[run] = Output({}, dict(outputs))

    def put_stored(self, run: RunId, blocks: Mapping[str, bytes | UUID]) -> None:
        """Note what the log says a run put out."""
        self._outputs[run] = Output(dict(blocks), {})

    def come_from(self, run: RunId, sources: Sources) -> None:
        """Note what a run was given."""
        self._sources[run] = sources

    def missing_payloads(self, sources: Sources) -> list[UUID]:
        """The payload rows to be fetched before `inputs` can give these sources."""
        return [
            block
            for _, given in sources
            for node, run, port in given
            if port not in self._outputs[node, run].items
            and isinstance(block := self._outputs[node, run].blocks.get(port), UUID)
        ]

    def fetched(self, payloads: Mapping[UUID, bytes]) -> None:
        """Take in payload rows."""
        for output in self._outputs.values():
            for port, block in output.blocks.items():
                if isinstance(block, UUID) and block in payloads:
                    output.blocks[port] = payloads[block]

    def items(self, source: Source) -> Sequence[Item]:
        """The items of one output."""
        node, run, port = source
        output = self._outputs.get((node, run))
        if output is None:
            return ()
        if port not in output.items:
            block = output.blocks.get(port)
            output.items[port] = log.decode_block(block) if isinstance(block, bytes) else ()
        return output.items[port]

    def inputs(self, sources: Sources) -> Inputs:
        """The items that a run receives, port by port."""
        return Inputs(
            {
                port: self._joined(given) if len(given) != 1 else self.items(given[0])
                for port, given in sources
            }
        )

    def _joined(self, given: Sequence[Source]) -> Sequence[Item]:
        return [item for source in given for item in self.items(source)]

    def output_of(self, run: RunId) -> Source | None:
        """A run's first port that has items."""
        output = self._outputs.get(run)
        for port in (*output.items, *output.blocks) if output else ():
            if self.items((*run, port)):
                return (*run, port)
        return None

    def ancestor(self, run: RunId, item: int, node: str) -> tuple[Source, int] | None:
        """Where at `node` the `item`-th leading input item of `run` came from.

        `None` when no lineage leads there: another branch, or items made of many.
        """
        port_index = self._leading_port(run)
        for _ in range(len(self._sources) + 1):
            found = self._source_of(run, port_index, item)
            if found is None or found[0][0] == node:
                return found
            source, index = found
            items = self.items(source)
            if index >= len(items) or not items[index].paired:
                return None
            run = source[:2]
            port_index, item = items[index].paired[0]
        return None

    def _leading_port(self, run: RunId) -> int:
        for index, (_, given) in enumerate(self._sources.get(run, ())):
            if any(self.items(source) for source in given):
                return index
        return 0

    def _source_of(self, run: RunId, port_index: int, item: int) -> tuple[Source, int] | None:
        sources = self._sources.get(run, ())
        if port_index >= len(sources):
            return None
        for source in sources[port_index][1]:
            count = len(self.items(source))
            if item < count:
                return source, item
            item -= count
        return None
