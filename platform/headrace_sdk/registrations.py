"""What a trigger may wait for: an address, a schedule, an event, a call, a press on Run."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from headrace_sdk.context import Choice
from headrace_sdk.items import JsonObject
from headrace_sdk.pages import FormPage, Page

HookAuth = Literal["none", "basic", "header", "hmac", "jwt", "members"]
RespondMode = Literal["immediately", "last_node", "respond_node"]


@dataclass(frozen=True, slots=True)
class WebhookRegistration:
    """Asks for an address. `path` may hold `:name` segments; empty means a random one.

    `auth` is checked with the credential of the slot `auth` before anything is stored.
    `raw_body` leaves the body unread, as the file `data`. `options` may hold:

    - for `hmac`: `header` with the signature, its `prefix`, `digest` (sha256, sha1, sha512),
      `encoding` (hex, base64), `timestamp_header`: then `timestamp.body` is what is signed, and
      one more than five minutes off is refused;
    - for `jwt`: `issuer` and `audience`, which the token must then have; its claims arrive as
      `data["claims"]`;
    - `allowed`: addresses and networks (`192.0.2.0/24`) of those who may call; none: all;
    - `delivery_header`: a second request with the same value there starts nothing;
    - `response_data` (first_item, all_items, none) and `response_headers`
      (`[{"name", "value"}]`) for the answer.
    """

    path: str
    methods: tuple[str, ...] = ("POST",)
    auth: HookAuth = "none"
    respond: RespondMode = "immediately"
    response_status: int = 200
    raw_body: bool = False
    options: JsonObject = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PageRegistration(WebhookRegistration):
    """Asks for a hosted page: `/form/<path>` or `/chat/<path>`, by the kind of `page`.

    `auth` is `none`, `basic` or `members`: people who are signed in to the app, who are sent to
    its sign-in page otherwise. `methods`, `raw_body` and `options` have no meaning here.

    A form's arrival has the checked answers by name as `data["answers"]` and the files in
    `binary`; a chat's has `{"session", "message", "history"}`. Both have `data["submitted_at"]`
    and, from a page for members, `data["user"]`: `{"id", "name", "email", "role"}`.
    """

    page: Page = field(default_factory=lambda: FormPage("", ()))


@dataclass(frozen=True, slots=True)
class ToolRegistration(WebhookRegistration):
    """Asks for a place among the tools of the tenant's MCP server. `path` is the tool's name.

    `schema` is a JSON Schema of an object. The arrival of a call has the arguments as its data.
    API keys that may run workflows may call it; `auth`, `methods` and `raw_body` have no meaning.
    """

    title: str = ""
    description: str = ""
    schema: JsonObject = field(default_factory=dict)
    is_reading: bool = False


@dataclass(frozen=True, slots=True)
class ScheduleRegistration:
    """Asks to be woken: by `cron` expressions or every `interval_s` seconds.

    `every_weeks` leaves out the weeks between, counted from Monday, 5 January 1970. `misfire` says
    what happens to times that were missed, `overlap` to a time that comes while the previous run
    still goes. Each time is put off by up to `jitter_s`. An empty `timezone` means the workflow's.
    """

    cron: tuple[str, ...] = ()
    every_weeks: int = 1
    interval_s: float | None = None
    timezone: str = ""
    misfire: Literal["skip", "once", "all"] = "once"
    overlap: Literal["allow", "skip", "queue", "cancel"] = "allow"
    jitter_s: float = 0


@dataclass(frozen=True, slots=True)
class PollRegistration:
    """Asks to be polled every so many seconds; see `headrace_sdk.polling`."""

    every_s: float


@dataclass(frozen=True, slots=True)
class EventRegistration:
    """Asks for events of the tenant that match `pattern`; see `headrace_sdk.events`.

    `Trigger.accept` gets `{"id", "type", "data", "ordering_key", "at"}` and may give no items:
    then nothing is started. With `in_order` the events of one ordering key are handled one after
    the other, each when the run of the one before has ended.
    """

    pattern: str
    in_order: bool = False


Severity: TypeAlias = Literal["notice", "error", "critical"]
"""How bad a failed run is: `notice`, somebody started it by hand and sees it; `error`, it ran by
itself; `critical`, it crashed, and took its workers with it."""


@dataclass(frozen=True, slots=True)
class ErrorRegistration:
    """Asks for runs that failed: of workflows that name this one, or of `all`.

    Those that are less bad than `severity` are left out.

    The same error of the same workflow is told once within `window_s` seconds; 0: every time.
    """

    scope: Literal["named", "all"] = "named"
    window_s: float = 0
    severity: Severity = "notice"


@dataclass(frozen=True, slots=True)
class CallRegistration:
    """May be called by other workflows. `inputs` are the rows that the form of a caller offers."""

    inputs: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class ManualRegistration:
    """Starts from the editor, the API or the command line only."""


Registration: TypeAlias = (
    WebhookRegistration
    | ScheduleRegistration
    | PollRegistration
    | EventRegistration
    | ErrorRegistration
    | CallRegistration
    | ManualRegistration
)
