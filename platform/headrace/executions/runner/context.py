"""The platform's side of the SDK's `Context`: one run of one node, with everything it may ask."""

from __future__ import annotations

import asyncio
import base64
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from random import Random
from typing import Any, Final
from uuid import UUID

from headrace.credentials import actions as credentials
from headrace.egress.client import EgressClient
from headrace.egress.programs import OperatorPrograms
from headrace.executions.errors import LeaseLost
from headrace.executions.lease.clock import DatabaseClock
from headrace.executions.runner import late_expressions
from headrace.executions.runner.behalf import caller_of
from headrace.executions.runner.code import RunCode
from headrace.executions.runner.journal import Rider
from headrace.executions.runner.knowing import RunKnowledge
from headrace.executions.runner.language import RunLlm
from headrace.executions.runner.masking import MaskedOutcomes, masked_reply
from headrace.executions.runner.notifying import RunNotifications
from headrace.executions.runner.outward import Outward
from headrace.executions.runner.shared import Doorway, RunCoordination, RunState
from headrace.executions.runner.tables import RunTables
from headrace.executions.runner.team import RunAgents
from headrace.files import actions as file_actions
from headrace.files import queries as file_queries
from headrace.tenants.threads import in_thread
from headrace_sdk.attached import Attached
from headrace_sdk.calls import CalledVersion, CallResult
from headrace_sdk.context import ExecutionInfo, HttpResponse, LogLevel, Reply
from headrace_sdk.credentials import Credential
from headrace_sdk.errors import ContractError
from headrace_sdk.items import FileRef, Item, JsonObject, JsonValue
from headrace_sdk.masking import Mask
from headrace_sdk.net import Speaker
from headrace_sdk.outcomes import Outcomes

MAX_LOG_LINES: Final = 1_000
MAX_LOG_TEXT: Final = 4_000


def idempotency_key(root: UUID, node: str, run: str, item: int, call: int) -> str:
    """A key for one outgoing call that is the same in every attempt (engine-rules 10)."""
    text = "\x1f".join((root.hex, node, run, str(item), str(call)))
    digest = hashlib.sha256(text.encode()).digest()
    return "hr1:" + base64.b32encode(digest).decode().rstrip("=")[:40].lower()


def seed(root: UUID, node: str, run: str) -> int:
    """The seed of a run's random numbers: the same in every attempt (engine-rules 15)."""
    return int.from_bytes(hashlib.sha256(f"{root.hex}:{node}:{run}".encode()).digest()[:8], "big")


@dataclass(slots=True)
class Notes:
    """What a node left behind besides its items. `riders` become durable with its outcome."""

    lines: list[JsonObject] = field(default_factory=list)
    failed_items: int = 0
    ends_execution: bool = False
    reply: Reply | None = None
    riders: list[Rider] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class RunFacts:
    """What the runner knows of the run that a context is made for."""

    execution_id: UUID
    execution: ExecutionInfo
    node: str
    node_name: str
    node_type: str
    run: str
    attempt: int
    turn: int
    started_at: datetime
    credentials: Mapping[str, str]
    publisher: UUID | None
    author: UUID | None
    is_write: bool
    sends_key: bool


class TenantFiles:
    """`ctx.files`: the tenant's store, off the event loop."""

    async def put(self, content: bytes, *, name: str, mime: str) -> FileRef:
        """Store a file; the same content is stored once."""
        return await in_thread(file_actions.put, content, name=name, mime=mime, is_loose=True)

    async def read(self, file: FileRef) -> bytes:
        """A whole file."""
        return await in_thread(file_queries.read, file.id)

    async def stream(self, file: FileRef) -> AsyncIterator[bytes]:
        """A file in chunks."""
        yield await self.read(file)


class RunHttp:
    """`ctx.http` and `ctx.net`: a key for each request, and nothing sent without a safe lease."""

    def __init__(self, facts: RunFacts, client: EgressClient, is_safe: Callable[[], bool]) -> None:
        self._facts = facts
        self._client = client
        self._is_safe = is_safe
        self._calls: dict[int, int] = {}
        self.check_target: Callable[[str], None] | None = None

    async def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        query: Sequence[tuple[str, str]] = (),
        body: bytes | None = None,
        credential: Credential | None = None,
        timeout_s: float = 30.0,
        max_bytes: int | None = None,
        follow_redirects: bool = True,
        item: int = 0,
    ) -> HttpResponse:
        """See `headrace_sdk.context.Http.request`."""
        facts = self._facts
        sent = dict(headers or {})
        if facts.is_write and facts.sends_key:
            call = self._calls.get(item, 0)
            self._calls[item] = call + 1
            key = idempotency_key(facts.execution_id, facts.node, facts.run, item, call)
            sent.setdefault("Idempotency-Key", key)
        return await self._client.request(
            method,
            url,
            headers=sent,
            query=query,
            body=body,
            credential=credential,
            timeout_s=timeout_s,
            max_bytes=max_bytes,
            follow_redirects=follow_redirects,
            before_send=self.check_lease,
            check_target=self.check_target,
        )

    async def pin(self, host: str, port: int) -> str:
        """See `headrace_sdk.net.Net.pin`."""
        if self.check_target is not None:
            self.check_target(f"tcp://{host}:{port}")
        await self.check_lease()
        return await self._client.pin(host, port)

    async def meet(self, speaker: Speaker, identity: str) -> None:
        """See `headrace_sdk.net.Net.meet`."""
        await self._client.meet(speaker, identity)

    async def check_lease(self) -> None:
        """Raises where the lease is about to end."""
        if not self._is_safe():
            message = "The lease of this worker is about to end; nothing is sent any more."
            raise LeaseLost(message)


class RunContext:
    """`ctx` of one attempt of one run."""

    def __init__(
        self,
        facts: RunFacts,
        client: EgressClient,
        clock: DatabaseClock,
        is_safe: Callable[[], bool],
        live: Callable[[str, JsonObject], None],
        *,
        doorway: Doorway,
        outward: Outward,
        llm: RunLlm,
        mask: Mask,
    ) -> None:
        self._facts = facts
        self._clock = clock
        self._live = live
        self.mask = mask
        self.http = self.net = RunHttp(facts, client, is_safe)
        self.programs: Any = OperatorPrograms.from_settings(
            self.http.check_lease, caller_of(facts.author, facts.execution_id)
        )
        self.files: Any = TenantFiles()
        self.state = RunState(doorway)
        self.coordination = RunCoordination(doorway)
        self.tables: Any = RunTables(doorway)
        self.notifications = RunNotifications(doorway, facts.execution.workflow_name, mask)
        self.llm = llm
        self.agents: Any = RunAgents()
        self.knowledge: Any = RunKnowledge(doorway, llm, mask)
        self.execution = facts.execution
        self.node_name = facts.node_name
        self.attempt = facts.attempt
        self.turn = facts.turn
        self.now = facts.started_at
        self.notes = Notes(riders=outward.riders)
        self._outward = outward
        self._outcomes: Outcomes | None = None
        self.lent: Callable[[int], Awaitable[Attached]] | None = None
        """By item, what other nodes lend to this one."""

    @property
    def outcomes(self) -> Outcomes:
        """See `headrace_sdk.context.Context.outcomes`.

        Raises:
            ContractError: the node did not say that it acts item by item.
        """
        if self._outcomes is None:
            message = "A node that records the outcome of each item says `per_item = True`."
            raise ContractError(message)
        return self._outcomes

    @outcomes.setter
    def outcomes(self, outcomes: Outcomes) -> None:
        self._outcomes = MaskedOutcomes(outcomes, self.mask)

    async def attached(self, item: int) -> Attached:
        """See `headrace_sdk.context.Context.attached`.

        Raises:
            ContractError: the node has no port to which anything could be tied.
        """
        if self.lent is None:
            message = "A node to which others are tied declares inputs of other kinds than main."
            raise ContractError(message)
        return await self.lent(item)

    def repeat(self, root: UUID, now: datetime, closed: Any) -> None:
        """Act as the same run did in the execution `root`: its time, its random numbers.

        `closed` stands for everything that would be felt outside of the execution.
        """
        self._facts = replace(self._facts, execution_id=root)
        self.now = now
        self.http = self.net = self.state = self.coordination = self._outward = closed
        self.tables = self.notifications = self.llm = self.agents = self.programs = closed
        self.knowledge = closed

    @cached_property
    def random(self) -> Random:
        """See `headrace_sdk.context.Context.random`. Few nodes ask, and seeding is not cheap."""
        return Random(self._seed())  # noqa: S311

    @cached_property
    def code(self) -> RunCode:
        """See `headrace_sdk.context.Context.code`."""
        return RunCode(self.log, self.now, self._facts.execution.timezone, self._seed())

    def _seed(self) -> int:
        return seed(self._facts.execution_id, self._facts.node, self._facts.run)

    async def credential(self, slot: str) -> Credential | None:
        """See `headrace_sdk.context.Context.credential`."""
        chosen = self._facts.credentials.get(slot)
        if not chosen:
            return None
        opened = await in_thread(
            credentials.open_for_node,
            chosen,
            node_type=self._facts.node_type,
            publisher=self._facts.publisher,
        )
        self.mask.learn(opened)
        return opened

    def idempotency_key(self, item: int, call: int = 0) -> str:
        """See `headrace_sdk.context.Context.idempotency_key`."""
        facts = self._facts
        return idempotency_key(facts.execution_id, facts.node, facts.run, item, call)

    def progress(self, fraction: float, message: str = "") -> None:
        """See `headrace_sdk.context.Context.progress`."""
        text = self.mask.text(message)[:200]
        self._live("progress", {"fraction": min(1.0, max(0.0, fraction)), "text": text})

    def stream(self, text: str) -> None:
        """See `headrace_sdk.context.Context.stream`."""
        self._live("stream", {"text": self.mask.text(text)})

    def log(self, message: str, level: LogLevel = "info", **facts: Any) -> None:
        """See `headrace_sdk.context.Context.log`."""
        if len(self.notes.lines) < MAX_LOG_LINES:
            line: JsonObject = {
                "at_ms": self._clock.now_ms(),
                "level": level,
                "message": self.mask.text(message)[:MAX_LOG_TEXT],
            }
            if facts:
                texts = {name: self.mask.text(str(value)) for name, value in facts.items()}
                line["facts"] = {name: text[:MAX_LOG_TEXT] for name, text in texts.items()}
            self.notes.lines.append(line)

    def reply(self, reply: Reply) -> None:
        """See `headrace_sdk.context.Context.reply`."""
        if self.notes.reply is None:
            self.notes.reply = masked_reply(reply, self.mask)

    async def call_workflow(
        self,
        workflow: str,
        items: Sequence[Item],
        *,
        version: CalledVersion = "published",
        item: int = 0,
        wait: bool = True,
    ) -> str:
        """See `headrace_sdk.context.Context.call_workflow`."""
        given = self.mask.items(items)
        return await self._outward.call(workflow, given, version=version, item=item, wait=wait)

    @property
    def has_open_calls(self) -> bool:
        """See `headrace_sdk.context.Context.has_open_calls`."""
        return self._outward.has_open_calls

    async def call_results(self) -> Sequence[CallResult]:
        """See `headrace_sdk.context.Context.call_results`."""
        return await self._outward.results()

    def emit(self, kind: str, data: JsonObject, *, ordering_key: str = "", item: int = 0) -> str:
        """See `headrace_sdk.context.Context.emit`."""
        told = self.mask.object(data)
        return self._outward.emit(kind, told, ordering_key=ordering_key, item=item)

    async def evaluate(self, template: str, json: JsonObject) -> JsonValue:
        """See `headrace_sdk.context.Context.evaluate`."""
        timezone = self._facts.execution.timezone
        return await late_expressions.evaluate(template, json, now=self.now, timezone=timezone)

    def end_execution(self) -> None:
        """See `headrace_sdk.context.Context.end_execution`."""
        self.notes.ends_execution = True

    async def checkpoint(self) -> None:
        """See `headrace_sdk.context.Context.checkpoint`."""
        await asyncio.sleep(0)
