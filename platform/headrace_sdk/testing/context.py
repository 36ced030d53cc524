"""A whole `Context` in memory, with everything a node said through it kept for tests to see."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any, Final

from headrace_sdk.calls import CalledVersion, CallResult
from headrace_sdk.context import ExecutionInfo, LogLevel, Reply
from headrace_sdk.credentials import Credential
from headrace_sdk.events import check_type
from headrace_sdk.items import Item, JsonObject, JsonValue
from headrace_sdk.paths import MISSING, parse, read
from headrace_sdk.programs import Programs
from headrace_sdk.testing.agents import MemoryAgents
from headrace_sdk.testing.attached import MemoryAttached
from headrace_sdk.testing.code import MemoryCode
from headrace_sdk.testing.coordination import NOON, MemoryCoordination
from headrace_sdk.testing.files import MemoryFiles
from headrace_sdk.testing.http import MemoryHttp
from headrace_sdk.testing.knowledge import MemoryKnowledge
from headrace_sdk.testing.llm import MemoryLlm
from headrace_sdk.testing.net import LocalNet
from headrace_sdk.testing.notifications import MemoryNotifications
from headrace_sdk.testing.outcomes import MemoryOutcomes
from headrace_sdk.testing.programs import NoPrograms
from headrace_sdk.testing.state import MemoryState
from headrace_sdk.testing.tables import MemoryTables

__all__ = ["EXECUTION", "NOON", "LogLine", "MemoryContext"]

EXECUTION: Final = ExecutionInfo("execution", 1, "test", "workflow", "Test")


@dataclass(frozen=True, slots=True)
class LogLine:
    """One call of `ctx.log`."""

    message: str
    level: LogLevel
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CalledWorkflow:
    """One call of `ctx.call_workflow`."""

    workflow: str
    items: Sequence[Item]
    version: CalledVersion
    item: int
    wait: bool


@dataclass(frozen=True, slots=True)
class EmittedEvent:
    """One call of `ctx.emit`."""

    kind: str
    data: JsonObject
    ordering_key: str
    item: int


@dataclass(slots=True)
class MemoryContext:
    """Give it to a node's `run`. Time stands still at `now`; chance follows `seed`."""

    http: MemoryHttp = field(default_factory=MemoryHttp)
    net: LocalNet = field(default_factory=LocalNet)
    programs: Programs = field(default_factory=NoPrograms)
    files: MemoryFiles = field(default_factory=MemoryFiles)
    state: MemoryState = field(default_factory=MemoryState)
    tables: MemoryTables = field(default_factory=MemoryTables)
    notifications: MemoryNotifications = field(default_factory=MemoryNotifications)
    coordination: MemoryCoordination = field(default_factory=MemoryCoordination)
    code: MemoryCode = field(default_factory=MemoryCode)
    llm: MemoryLlm = field(default_factory=MemoryLlm)
    agents: MemoryAgents = field(default_factory=MemoryAgents)
    knowledge: MemoryKnowledge = field(default_factory=MemoryKnowledge)
    credentials: Mapping[str, Credential] = field(default_factory=dict)
    execution: ExecutionInfo = EXECUTION
    node_name: str = "Node"
    attempt: int = 1
    turn: int = 0
    now: datetime = NOON
    random: Random = field(default_factory=lambda: Random(1))  # noqa: S311 - repeatable on purpose
    logs: list[LogLine] = field(default_factory=list)
    progressed: list[tuple[float, str]] = field(default_factory=list)
    streamed: str = ""
    replies: list[Reply] = field(default_factory=list)
    calls: list[CalledWorkflow] = field(default_factory=list)
    results: Sequence[CallResult] = ()
    events: list[EmittedEvent] = field(default_factory=list)
    has_ended: bool = False
    evaluations: Callable[[str, JsonObject], JsonValue] | None = None
    outcomes: MemoryOutcomes = field(default_factory=MemoryOutcomes)
    lent: MemoryAttached = field(default_factory=MemoryAttached)

    async def attached(self, item: int) -> MemoryAttached:
        """What the test gave as `lent`; it asks the models of `llm`."""
        self.lent.item, self.lent.llm = item, self.llm
        return self.lent

    async def credential(self, slot: str) -> Credential | None:
        """The credential given for a slot."""
        return self.credentials.get(slot)

    def idempotency_key(self, item: int, call: int = 0) -> str:
        """A readable key, one for each call."""
        return f"{self.execution.id}:{self.node_name}:{item}:{call}"

    def progress(self, fraction: float, message: str = "") -> None:
        """Kept in `progressed`."""
        self.progressed.append((fraction, message))

    def stream(self, text: str) -> None:
        """Kept in `streamed`."""
        self.streamed += text

    def log(self, message: str, level: LogLevel = "info", **facts: Any) -> None:
        """Kept in `logs`."""
        self.logs.append(LogLine(message, level, facts))

    def reply(self, reply: Reply) -> None:
        """Kept in `replies`; the first one counts."""
        self.replies.append(reply)

    async def call_workflow(
        self,
        workflow: str,
        items: Sequence[Item],
        *,
        version: CalledVersion = "published",
        item: int = 0,
        wait: bool = True,
    ) -> str:
        """Kept in `calls`; `call_results` gives the `results` that the test prepared."""
        self.calls.append(CalledWorkflow(workflow, items, version, item, wait))
        return f"call-{len(self.calls)}"

    @property
    def has_open_calls(self) -> bool:
        """Was one made that is to be waited for?"""
        return any(call.wait for call in self.calls)

    async def call_results(self) -> Sequence[CallResult]:
        """What the test prepared."""
        return self.results

    def emit(self, kind: str, data: JsonObject, *, ordering_key: str = "", item: int = 0) -> str:
        """Kept in `events`."""
        self.events.append(EmittedEvent(check_type(kind), data, ordering_key, item))
        return f"event-{len(self.events)}"

    async def evaluate(self, template: str, json: JsonObject) -> JsonValue:
        """What `evaluations` says; without it, a text of the form `{{ $json.some.path }}`."""
        if self.evaluations is not None:
            return self.evaluations(template, json)
        path = template.strip().removeprefix("{{ $json.").removesuffix(" }}")
        found = read(json, parse(path))
        return None if found is MISSING else found  # type: ignore[return-value]

    def end_execution(self) -> None:
        """Kept in `has_ended`."""
        self.has_ended = True

    async def checkpoint(self) -> None:
        """Let others run."""
        await asyncio.sleep(0)
