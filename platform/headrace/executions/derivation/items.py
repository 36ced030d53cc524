"""The items of a recorded execution, by reference; each output is read and digested once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from headrace.engine import RunId, Source, StepInputs
from headrace.executions.blocks.reader import Reader
from headrace.executions.blocks.stores import DjangoStore, run_now
from headrace.executions.derivation.recorded import Past, Recorded
from headrace.executions.digests import digest_of_items
from headrace_sdk.items import Item


class RecordedItems:
    """What the runs of one execution were given and put out."""

    def __init__(self, past: Past) -> None:
        self._past = past
        self._reader = Reader(past.ledger, DjangoStore(past.execution))
        self._digests: dict[Source, str] = {}

    def of(self, source: Source) -> Sequence[Item]:
        """The items behind a reference."""
        return run_now(self._reader.load(source))

    def digest(self, source: Source) -> str:
        """Their digest."""
        if source not in self._digests:
            self._digests[source] = digest_of_items(self.of(source))
        return self._digests[source]

    def outputs(self, one: Recorded) -> Mapping[str, Sequence[Item]]:
        """What a run put out, port by port."""
        return {port: self.of(Source(*one.id, port, n)) for port, n in one.counts.items()}

    def trigger(self) -> Sequence[Item]:
        """What the execution began with."""
        return self.outputs(self._past.trigger).get("main", ())

    def inputs(self, id_: RunId, given: StepInputs) -> Mapping[str, Sequence[Item]]:
        """What a run received, port by port."""
        found = {
            port: [item for source in sources for item in self.of(source)]
            for port, sources in given
        }
        edited = self._past.edited.get(id_, {})
        leading = next((port for port, items in found.items() if items), "main")
        return {**found, **{port or leading: [*items] for port, items in edited.items()}}
