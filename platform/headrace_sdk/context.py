"""What a running node may ask of the platform. Time, chance, network and secrets come from here."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any, Literal, Protocol

from headrace_sdk.agents import Agents
from headrace_sdk.attached import Attached
from headrace_sdk.calls import CalledVersion, CallResult
from headrace_sdk.code import Code
from headrace_sdk.coordination import Coordination
from headrace_sdk.items import FileRef, Item, JsonObject, JsonValue
from headrace_sdk.knowledge import Knowledge
from headrace_sdk.llm import Llm
from headrace_sdk.net import Net
from headrace_sdk.notifications import Notifications
from headrace_sdk.outcomes import Outcomes
from headrace_sdk.programs import Programs
from headrace_sdk.secret import Credential
from headrace_sdk.state import State
from headrace_sdk.tables import Tables

LogLevel = Literal["debug", "info", "warning", "error"]


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """An answer, read to its end within the size limit. Header names are lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str

    @property
    def text(self) -> str:
        """The body as text; what is not valid in its charset becomes U+FFFD."""
        charset = self.headers.get("content-type", "").partition("charset=")[2].strip(' "')
        try:
            return self.body.decode(charset or "utf-8", errors="replace")
        except LookupError:
            return self.body.decode("utf-8", errors="replace")


class Http(Protocol):
    """The one way out by HTTP: guarded against internal addresses, limited, cancellable."""

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
        """Send one request. In a writing node it carries the idempotency key of `item`.

        Raises:
            UserError: the address is not allowed or not an address.
            UpstreamError: no answer; `sent` says whether the request can have arrived.
        """
        ...


class Files(Protocol):
    """The tenant's file store."""

    async def put(self, content: bytes, *, name: str, mime: str) -> FileRef:
        """Store a file; the same content is stored once."""
        ...

    async def read(self, file: FileRef) -> bytes:
        """A whole file."""
        ...

    def stream(self, file: FileRef) -> AsyncIterator[bytes]:
        """A file in chunks."""
        ...


@dataclass(frozen=True, slots=True)
class ExecutionInfo:
    """Which run this is.

    `mode` is `manual`, `webhook`, `schedule`, `poll`, `api`, `child`, `event`, `error` or `test`.
    """

    id: str
    number: int
    mode: str
    workflow_id: str
    workflow_name: str
    timezone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer for whoever waits for the webhook of this execution."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: JsonValue | bytes | FileRef = None


class Context(Protocol):
    """One run of one node. It knows no tenant, no database and no other node's secrets."""

    @property
    def http(self) -> Http:
        """The one way out by HTTP."""
        ...

    @property
    def net(self) -> Net:
        """The way out by other protocols: `await ctx.net.pin(host, port)` before each connect."""
        ...

    @property
    def programs(self) -> Programs:
        """Programs that the operator declared; for nodes of the installation itself."""
        ...

    @property
    def files(self) -> Files:
        """The tenant's file store."""
        ...

    @property
    def state(self) -> State:
        """Values by key that outlive the run."""
        ...

    @property
    def coordination(self) -> Coordination:
        """What executions agree on with each other: rates, locks, breakers, bursts."""
        ...

    @property
    def tables(self) -> Tables:
        """The tenant's tables."""
        ...

    @property
    def notifications(self) -> Notifications:
        """The people of the tenant."""
        ...

    @property
    def code(self) -> Code:
        """A sandbox for what an author wrote."""
        ...

    @property
    def llm(self) -> Llm:
        """The language models of the workspace, with their budgets."""
        ...

    @property
    def agents(self) -> Agents:
        """The agents that work can be given to."""
        ...

    @property
    def knowledge(self) -> Knowledge:
        """What the workspace knows: collections, memory, labelled examples."""
        ...

    @property
    def execution(self) -> ExecutionInfo:
        """Which run this is."""
        ...

    @property
    def node_name(self) -> str:
        """The node's name in the workflow."""
        ...

    @property
    def attempt(self) -> int:
        """1 at first, counted up by retries."""
        ...

    @property
    def turn(self) -> int:
        """The number of the innermost loop's turn, 0 outside of loops."""
        ...

    @property
    def now(self) -> datetime:
        """When this run first started, by the database's clock; the same in every attempt."""
        ...

    @property
    def random(self) -> Random:
        """Seeded from execution and run: the same in every attempt."""
        ...

    @property
    def outcomes(self) -> Outcomes:
        """What became of each item, in a node that says `per_item = True`; see `each_item`."""
        ...

    async def attached(self, item: int) -> Attached:
        """What is tied to this node, with parameters as they are for an item.

        Raises:
            NodeError: something that is tied to it cannot be used.
        """
        ...

    async def credential(self, slot: str) -> Credential | None:
        """The credential chosen for a slot, opened now; `None` when the slot is empty.

        Raises:
            SecretError: it is gone, or this workflow may not use it.
        """
        ...

    def idempotency_key(self, item: int, call: int = 0) -> str:
        """A stable key for one outgoing call; the same in every attempt of this run."""
        ...

    def progress(self, fraction: float, message: str = "") -> None:
        """Show how far the node is, 0 to 1. Live only, never stored."""
        ...

    def stream(self, text: str) -> None:
        """Append to the node's live text. Live only, never stored."""
        ...

    def log(self, message: str, level: LogLevel = "info", **facts: Any) -> None:
        """A line in the step's log; secrets in it are masked."""
        ...

    def reply(self, reply: Reply) -> None:
        """Answer the waiting webhook once this step is recorded; the first reply wins."""
        ...

    async def call_workflow(
        self,
        workflow: str,
        items: Sequence[Item],
        *,
        version: CalledVersion = "published",
        item: int = 0,
        wait: bool = True,
    ) -> str:
        """Start another workflow with these items; gives the id of its run.

        It starts once this step is recorded. With `wait`, return `Suspension("child")` after
        the last call while `has_open_calls`; `resume` then finds `call_results`. A retry is
        resumed, too: where `wake.data["attempt"]` is not `attempt`, call again; calls that
        succeeded are not repeated.

        Raises:
            UserError: no such workflow or version, it cannot be called, or the items do not fit
                its inputs.
            NodeError: too many workflows have called one another.
        """
        ...

    @property
    def has_open_calls(self) -> bool:
        """Is there a call to wait for? Calls that succeeded in an earlier attempt are kept."""
        ...

    async def call_results(self) -> Sequence[CallResult]:
        """The runs that this step called with `wait` and that have ended, in order of `item`."""
        ...

    def emit(self, kind: str, data: JsonObject, *, ordering_key: str = "", item: int = 0) -> str:
        """Tell the tenant's workflows of an event once this step is recorded; gives its id.

        Raises:
            UserError: `kind` is no event type.
        """
        ...

    async def evaluate(self, template: str, json: JsonObject) -> JsonValue:
        """The value of a text with `{{ … }}`, with `json` as `$json` and no other data.

        For what the form's own expressions cannot see, since it is known only while the node
        runs. The text must come from a parameter that says `expression=False`, never from data.

        Raises:
            UserError: it is no such text, or it failed.
        """
        ...

    def end_execution(self) -> None:
        """End the whole execution as completed once this step is recorded.

        Whatever else is under way is stopped; the items that this step was given are the result.
        """
        ...

    async def checkpoint(self) -> None:
        """Let others run; call it in long loops without awaits. Raises when cancelled."""
        ...


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a parameter, or the name of a row that may be added to one.

    Of a row, `type` is that of its value (see `headrace_sdk.forms.ValueType`).
    """

    value: JsonValue
    label: str
    type: str = ""
    required: bool = False
    help: str = ""


class Lookup(Protocol):
    """What a method named by `options_from` may ask, while a person fills in the form.

    The method is a coroutine classmethod that takes one of these and returns `Choice`s.
    """

    @property
    def params(self) -> JsonObject:
        """The parameters stored so far."""
        ...

    @property
    def http(self) -> Http:
        """The one way out by HTTP."""
        ...

    @property
    def programs(self) -> Programs:
        """Programs that the operator declared; for nodes of the installation itself."""
        ...

    async def credential(self, slot: str) -> Credential | None:
        """The credential chosen for a slot.

        Raises:
            SecretError: it is gone, or may not be used.
        """
        ...

    async def workflows(self) -> Sequence[Choice]:
        """The workflows that can be called, by name."""
        ...

    async def agents(self) -> Sequence[Choice]:
        """The agents of the registry, by name."""
        ...

    async def tables(self) -> Sequence[Choice]:
        """The tenant's tables, by name."""
        ...

    async def table_columns(self, table: str) -> Sequence[Choice]:
        """The columns of a table as rows by their names; none if there is no such table."""
        ...

    async def collections(self) -> Sequence[Choice]:
        """The tenant's collections, by name."""
        ...

    async def inputs(self, workflow: str, version: CalledVersion) -> Sequence[Choice]:
        """The inputs that a workflow declares for its callers, as rows by their names.

        Of the draft where nothing is published yet; none if there is no such workflow or version.
        """
        ...
