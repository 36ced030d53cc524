"""Starts a run with every message of a hosted chat."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from headrace_sdk import (
    Arrival,
    ChatPage,
    CredentialSlot,
    Example,
    Item,
    JsonObject,
    PageRegistration,
    Params,
    Registration,
    Trigger,
    fields,
)
from headrace_sdk.summaries import text_of
from nodes.triggers import page_look


class Form(Params):
    """How the chat presents itself, and who answers."""

    title: str = fields.text("Title", "Chat", max_length=200, expression=False)
    greeting: str = fields.textarea("Greeting", "How can I help you?", expression=False)
    path: str = fields.text(
        "Path",
        "",
        placeholder="support",
        help="Behind /chat/. Empty: a random path.",
        max_length=500,
        expression=False,
    )
    access: Literal["none", "basic", "members"] = fields.select(
        "Who may chat",
        "none",
        labels={
            "none": "Anybody who knows the address",
            "basic": "With user and password",
            "members": "Members who are signed in",
        },
        expression=False,
    )
    respond: Literal["last_node", "respond_node"] = fields.select(
        "Answer",
        "last_node",
        labels={
            "last_node": "With what the last node puts out",
            "respond_node": "By a Respond node",
        },
        help="Of an item the field text, reply, answer, output or message is shown.",
        expression=False,
    )
    takes_files: bool = fields.toggle(
        "May bring a file",
        False,
        help="The files of a message are `file`, `file_2` … on its item, five at most.",
        expression=False,
    )
    shows_tools: bool = fields.toggle(
        "Shows which tools are used",
        False,
        help="While an agent works, visitors read the names of its tools, and nothing else of "
        "them. In the app they are always shown.",
        expression=False,
    )
    placeholder: str = fields.text(
        "Placeholder", "Write a message", max_length=200, advanced=True, expression=False
    )
    language: str = page_look.language()
    accent: str = page_look.accent()
    scheme: page_look.Scheme = page_look.scheme()
    logo_text: str = page_look.logo_text()
    logo: str = page_look.logo()
    origins: list[str] = page_look.origins()


class ChatTrigger(Trigger[Form]):
    """Starts a run with every message of a chat that the platform hosts.

    Each message gives one item: `{"session", "message", "history", "submitted_at"}`. `history`
    has the last turns of the session, the oldest first, as `{"message", "reply"}`; the whole
    conversation is kept. For *members who are signed in* it also has who speaks, as `user`:
    `{"id", "name", "email", "role"}`. Texts that a node streams are shown as they come; what the
    last node puts out, or a **Respond** node says, is the answer. Where its item has `sources`,
    `citations` or `passages`, such as those of **Knowledge Search**, they stand below the answer.

    One line puts the chat into a page of your own, as a button that opens it. It is offered for
    copying below the parameters: `<script src="https://…/chat/support?widget" async></script>`.
    With `data-into="#place"` the chat is shown in that element instead. While you edit, **Listen**
    opens the draft under `/chat-test/`.
    """

    type = "triggers.chat"
    title = "Chat"
    category = "trigger"
    icon = "message-circle"
    synonyms = ("conversation", "message", "bot", "assistant", "support", "page")
    credentials = (CredentialSlot("auth", ("http_basic",), show_if=("access", ("basic",))),)
    output_schema = {
        "type": "object",
        "properties": {
            "session": {"type": "string"},
            "message": {"type": "string"},
            "history": {"type": "array"},
            "submitted_at": {"type": "string"},
            "user": {"type": "object"},
        },
    }
    Params = Form
    examples = (
        Example(
            "A chat for customers",
            {"title": "Support", "path": "support", "greeting": "Hello! What is it about?"},
            [
                {
                    "session": "kq3sVfJ0dD2cYb8mWl5tXn7z",
                    "message": "Where is my order?",
                    "history": [{"message": "Hello", "reply": "Hello! What is it about?"}],
                    "submitted_at": "2026-03-01T09:00:00+00:00",
                }
            ],
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The title."""
        return text_of(params.get("title"))

    @classmethod
    def register(cls, params: Form, node_id: str) -> Sequence[Registration]:
        """One page."""
        theme = page_look.theme_of(params)
        page = ChatPage(
            params.title,
            params.greeting,
            params.placeholder,
            params.takes_files,
            params.shows_tools,
            theme,
        )
        path = params.path.strip("/")
        return [PageRegistration(path=path, auth=params.access, respond=params.respond, page=page)]

    @classmethod
    def accept(cls, params: Form, arrival: Arrival) -> Sequence[Item]:
        """The message as one item."""
        return arrival.items if arrival.items is not None else [Item(arrival.data, arrival.binary)]
