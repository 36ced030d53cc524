"""Lets an agent remember a conversation."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from headrace_sdk import (
    Capability,
    Context,
    Example,
    JsonObject,
    JsonValue,
    Params,
    Port,
    UserError,
    fields,
)
from headrace_sdk.attached import Said
from headrace_sdk.state import State
from headrace_sdk.summaries import shown

DAY_S: Final = 86_400
LONGEST_TURN: Final = 20_000
"""Characters of one turn that are kept."""


class Form(Params):
    """Which conversation, and how much of it."""

    session: str = fields.text(
        "Session",
        placeholder="{{ $json.session }}",
        help="Names the conversation: what one says is remembered for the next with the same name.",
        max_length=500,
    )
    window: int = fields.number(
        "Remember the last",
        20,
        minimum=2,
        maximum=200,
        unit="messages",
        help="Questions and answers count one each.",
        half=True,
    )
    days: float = fields.number(
        "Forget after",
        30,
        minimum=0.01,
        maximum=3_650,
        unit="days",
        help="Counted from the last message.",
        half=True,
    )


@dataclass(frozen=True, slots=True)
class Session:
    """A conversation in the shared state of the workflow; see `headrace_sdk.attached.Memory`."""

    state: State
    key: str
    window: int
    ttl_s: float

    async def recall(self) -> Sequence[Said]:
        """The last messages, oldest first."""
        kept: Any = await self.state.get(self.key, [])
        return [Said(role, text) for role, text in kept[-self.window :]]

    async def remember(self, said: Sequence[Said]) -> None:
        """Add messages; what does not fit the window goes."""
        known: Any = await self.state.get(self.key, [])
        added: list[JsonValue] = [[one.role, one.text[:LONGEST_TURN]] for one in said]
        self.state.set(self.key, [*known, *added][-self.window :], ttl_s=self.ttl_s)


class Memory(Capability[Form]):
    """Lets the agents that it is tied to remember what was said before in the same session.

    Before it answers an agent is told the last messages of the session, and afterwards its question
    and its answer are added: once, when its step is sure of them. Sessions belong to the workflow.
    Two runs that answer in one session at the same moment may lose the older of their messages.
    """

    type = "ai.memory"
    title = "Session Memory"
    category = "ai"
    icon = "history"
    synonyms = ("conversation", "chat history", "window buffer", "remember", "context")
    outputs = (Port("memory", "Memory", kind="memory"),)
    Params = Form
    examples = (Example("A conversation for each customer", {"session": "customer 17"}),)

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The session."""
        return shown(params.get("session"))

    async def provide(self, ctx: Context, params: Form) -> Session:
        """The conversation."""
        name = params.session.strip()
        if not name:
            message = "Name the session, or every conversation would be the same."
            raise UserError(message, field="session", code="session_missing")
        # People are named in sessions, and keys have a limit.
        key = "conversation:" + hashlib.sha256(name.encode()).hexdigest()[:40]
        return Session(ctx.state, key, params.window, params.days * DAY_S)
