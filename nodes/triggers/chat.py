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
    Theme,
    Trigger,
    fields,
)
from headrace_sdk.fields import show_if
from headrace_sdk.pages import checked_color, checked_language, checked_origins
from headrace_sdk.summaries import text_of


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
    access: Literal["none", "basic"] = fields.select(
        "Who may chat",
        "none",
        labels={"none": "Anybody who knows the address", "basic": "With user and password"},
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
        help="The file of a message is `file` on its item.",
        expression=False,
    )
    placeholder: str = fields.text(
        "Placeholder", "Write a message", max_length=200, advanced=True, expression=False
    )
    language: str = fields.text(
        "Language", "en", max_length=35, advanced=True, expression=False, half=True
    )
    accent: str = fields.color("Colour", "", advanced=True, expression=False, half=True)
    logo_text: str = fields.text(
        "Above the title", "", max_length=100, advanced=True, expression=False
    )
    origins: list[str] = fields.tags(
        "Sites that may embed it",
        at_most=50,
        help="Such as https://example.com. None: any site.",
        show_if=show_if("access", "none"),
        advanced=True,
        expression=False,
    )


class ChatTrigger(Trigger[Form]):
    """Starts a run with every message of a chat that the platform hosts.

    Each message gives one item: `{"session", "message", "history", "submitted_at"}`. `history`
    has the last turns of the session, the oldest first, as `{"message", "reply"}`; the whole
    conversation is kept. Texts that a node streams are shown as they come; what the last node puts
    out, or a **Respond** node says, is the answer.

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
        theme = Theme(
            checked_color(params.accent, field="accent"),
            params.logo_text,
            checked_language(params.language, field="language"),
            checked_origins(params.origins, field="origins"),
        )
        page = ChatPage(
            params.title, params.greeting, params.placeholder, params.takes_files, theme=theme
        )
        path = params.path.strip("/")
        return [PageRegistration(path=path, auth=params.access, respond=params.respond, page=page)]

    @classmethod
    def accept(cls, params: Form, arrival: Arrival) -> Sequence[Item]:
        """The message as one item."""
        return arrival.items if arrival.items is not None else [Item(arrival.data, arrival.binary)]
