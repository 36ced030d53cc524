"""What the log says of the calls of agents, so that none is made again that has ended.

A fold over `workflow.step.call.*` and over the waits of the steps that made them; it hears every
event once, when it is written or when it is read from the log.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from headrace.executions import log
from headrace.executions.blocks.ledger import RunId
from headrace_sdk.items import Item, JsonObject
from headrace_sdk.waits import Wake

RESULT = "result"
"""The port of what a call gave, beside its event."""

NONDETERMINISTIC = "nondeterministic"


@dataclass(slots=True)
class CallRecord:
    """One call. `is_open` is one that began and of whose end the log says nothing.

    `facts` are those of its last event. A result that another worker wrote is at `place`.
    """

    path: str
    digest: str = ""
    effect: str = "read"
    tries: int = 0
    is_open: bool = False
    asks: bool = False
    is_suspended: bool = False
    wake: Wake | None = None
    is_over: bool = False
    facts: JsonObject = field(default_factory=dict)
    place: log.Ref | None = None
    items: tuple[Item, ...] | None = None

    @property
    def is_in_doubt(self) -> bool:
        """Did it begin to write, is its end not known, and does a person decide about that?"""
        return self.is_open and self.asks


class CallRecords:
    """Of all open steps of one execution, by run and by the path of the call."""

    def __init__(self) -> None:
        self._calls: dict[RunId, dict[str, CallRecord]] = {}
        self._waiting: dict[RunId, str] = {}
        self._is_void: set[RunId] = set()

    def of(self, run: RunId) -> dict[str, CallRecord]:
        """The calls of a run."""
        return self._calls.setdefault(run, {})

    def in_doubt(self, run: RunId) -> list[CallRecord]:
        """Writes of a run of which nobody knows whether they had their effect."""
        return [one for one in self._calls.get(run, {}).values() if one.is_in_doubt]

    def hear(self, event: log.Event) -> None:
        """Take in an event of a step."""
        if event.node is None or event.run is None:
            return
        run, what = (event.node, event.run), event.type.removeprefix("workflow.step.")
        if event.type in log.CALLS:
            self._hear_call(run, event)
        elif what in ("waiting", "resumed"):
            self._hear_wait(run, event)
        elif what in ("completed", "cancelled"):
            self._calls.pop(run, None)
        elif what == "unknown":
            error: Any = event.data.get("error") or {}
            if error.get("code") == NONDETERMINISTIC:
                self._is_void.add(run)
        elif what == "retrying" and run in self._is_void:
            # Somebody said that it is to begin anew.
            self._is_void.discard(run)
            self._calls.pop(run, None)

    def _hear_wait(self, run: RunId, event: log.Event) -> None:
        if event.type.endswith("waiting") and isinstance(event.data.get("call"), dict):
            self._waiting[run] = str(event.data["call"]["path"])  # type: ignore[index,call-overload]
        elif event.type.endswith("resumed") and run in self._waiting:
            call = self.of(run).get(self._waiting.pop(run))
            if call is not None:
                call.wake = Wake(event.data["by"], event.data.get("data"))  # type: ignore[arg-type]

    def _hear_call(self, run: RunId, event: log.Event) -> None:
        data: dict[str, Any] = event.data
        call = self.of(run).setdefault(data["call"], CallRecord(data["call"]))
        call.facts = event.data
        call.is_open = event.type == log.CALL_STARTED
        call.is_suspended = event.type == log.CALL_SUSPENDED
        if call.is_open:
            call.digest, call.effect = str(data["digest"]), str(data["effect"])
            call.tries, call.asks = int(data.get("try") or 1), bool(data.get("asks"))
        if event.type in (log.CALL_COMPLETED, log.CALL_FAILED):
            call.is_over = not data.get("will_retry")
            pages = (event.outputs or {}).get(RESULT, ())
            call.place = log.Ref(event.seq, RESULT, 0, sum(page.items for page in pages))
