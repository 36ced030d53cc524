"""Starts a run when somebody sends a hosted form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, Literal, Self

from pydantic import model_validator

from headrace_sdk import (
    Arrival,
    CredentialSlot,
    Example,
    FormPage,
    FormStep,
    Item,
    JsonObject,
    PageRegistration,
    Params,
    Question,
    Registration,
    Trigger,
    UserError,
    fields,
)
from headrace_sdk.fields import show_if
from headrace_sdk.pages import checked_address
from headrace_sdk.registrations import RespondMode
from headrace_sdk.summaries import text_of
from nodes.triggers import page_look

NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,59}")
SENT_AT: Final = "submitted_at"
SENT_BY: Final = "user"
MEGABYTE: Final = 1_000_000

Kind = Literal[
    "text",
    "paragraph",
    "number",
    "email",
    "date",
    "select",
    "multiselect",
    "checkbox",
    "file",
    "page",
]
ASKED: Final = ("text", "paragraph", "number", "email", "date")
CHOSEN: Final = ("select", "multiselect")


class Row(Params):
    """A field, or the beginning of another page."""

    kind: Kind = fields.select(
        "Kind",
        "text",
        labels={
            "text": "Text",
            "paragraph": "Paragraph",
            "number": "Number",
            "email": "E-mail",
            "date": "Date",
            "select": "One of a list",
            "multiselect": "Several of a list",
            "checkbox": "Checkbox",
            "file": "File",
            "page": "A new page begins here",
        },
        expression=False,
        half=True,
    )
    label: str = fields.text("Label", "", max_length=200, expression=False, half=True)
    name: str = fields.text(
        "Name in the data",
        "",
        placeholder="first_name",
        help="Letters, digits and _. Empty: made from the label.",
        max_length=60,
        show_if=show_if("kind", *ASKED, *CHOSEN, "checkbox", "file"),
        expression=False,
        half=True,
    )
    required: bool = fields.toggle(
        "Required",
        False,
        show_if=show_if("kind", *ASKED, *CHOSEN, "checkbox", "file"),
        expression=False,
        half=True,
    )
    choices: list[str] = fields.tags(
        "Choices", at_most=200, show_if=show_if("kind", *CHOSEN), expression=False
    )
    help: str = fields.text("Help", "", max_length=500, expression=False)
    placeholder: str = fields.text(
        "Placeholder",
        "",
        max_length=200,
        show_if=show_if("kind", "text", "paragraph", "number", "email"),
        expression=False,
    )
    minimum: float | None = fields.number(
        "At least", None, show_if=show_if("kind", "number"), expression=False, half=True
    )
    maximum: float | None = fields.number(
        "At most", None, show_if=show_if("kind", "number"), expression=False, half=True
    )
    max_length: int = fields.number(
        "Characters at most",
        10_000,
        minimum=1,
        maximum=100_000,
        show_if=show_if("kind", "text", "paragraph"),
        expression=False,
        half=True,
    )
    accept: list[str] = fields.tags(
        "Types of files",
        at_most=50,
        help="Endings (.pdf) or media types (image/*). None: all.",
        show_if=show_if("kind", "file"),
        expression=False,
    )
    max_megabytes: float = fields.number(
        "Size at most",
        10,
        minimum=0.001,
        maximum=1_000,
        unit="MB",
        show_if=show_if("kind", "file"),
        expression=False,
        half=True,
    )
    only_if: str = fields.text(
        "Only if this field",
        "",
        help="The name of a field on an earlier page. Empty: the page is always shown.",
        max_length=60,
        show_if=show_if("kind", "page"),
        expression=False,
        half=True,
    )
    only_if_value: str = fields.text(
        "Has the value",
        "",
        help="A checkbox has true or false.",
        max_length=200,
        show_if=show_if("kind", "page"),
        expression=False,
        half=True,
    )


class Form(Params):
    """What is asked, of whom, and what is said at the end."""

    title: str = fields.text("Title", "Form", max_length=200, expression=False)
    text: str = fields.textarea("Introduction", "", expression=False)
    path: str = fields.text(
        "Path",
        "",
        placeholder="contact",
        help="Behind /form/. Empty: a random path.",
        max_length=500,
        expression=False,
    )
    rows: list[Row] = fields.rows("Fields", add="Add field", at_most=200, expression=False)
    access: Literal["none", "basic", "members"] = fields.select(
        "Who may fill it in",
        "none",
        labels={
            "none": "Anybody who knows the address",
            "basic": "With user and password",
            "members": "Members who are signed in",
        },
        expression=False,
    )
    respond: RespondMode = fields.select(
        "At the end",
        "immediately",
        labels={
            "immediately": "Thank at once",
            "last_node": "Show what the last node puts out",
            "respond_node": "Show what a Respond node says",
        },
        expression=False,
    )
    thanks_title: str = fields.text(
        "Heading of the thanks", "Thank you", max_length=200, expression=False
    )
    thanks_text: str = fields.textarea(
        "Thanks",
        "Your answers have been received.",
        show_if=show_if("respond", "immediately"),
        expression=False,
    )
    redirect: str = fields.text(
        "Send on to",
        "",
        placeholder="https://example.com/thanks",
        help="An address to show in place of the thanks.",
        show_if=show_if("respond", "immediately"),
        expression=False,
    )
    submit: str = fields.text(
        "Button", "Submit", max_length=60, advanced=True, expression=False, half=True
    )
    language: str = page_look.language()
    accent: str = page_look.accent()
    scheme: page_look.Scheme = page_look.scheme()
    logo_text: str = page_look.logo_text()
    logo: str = page_look.logo()
    origins: list[str] = page_look.origins()

    @model_validator(mode="after")
    def _asks_something(self) -> Self:
        for row in self.rows:
            if row.kind in CHOSEN and not row.choices:
                message = f"Give {row.label or row.name or 'the list'!r} something to choose from"
                raise ValueError(message)
        return self


class FormTrigger(Trigger[Form]):
    """Starts a run when somebody sends a form that the platform hosts.

    The page works without JavaScript, which only adds that a file is sent as soon as it is chosen,
    with its progress. It works on a phone, by keyboard and inside of another page: a line
    to copy, `<script src="https://…/form/contact?widget" async></script>`, puts it there as a
    button, or with `data-into="#place"` in that element. Each form
    that is sent gives one item with the answers by name and `submitted_at`; uploads are files of
    the item under the same names. What was sent is stored before the thanks are shown, and sending
    twice starts one run. From *members who are signed in* it also has who sent it, as `user`:
    `{"id", "name", "email", "role"}`.

    A row of the kind *A new page begins here* splits the form; such a page may be shown only when
    an earlier answer has a value. While you edit, **Listen** opens the draft under `/form-test/`.

    With *Show what the last node puts out* the values of its first item are listed; a **Respond**
    node may show a text, a page, a file, or send people on.
    """

    type = "triggers.form"
    title = "Form"
    category = "trigger"
    icon = "clipboard-list"
    synonyms = ("survey", "contact form", "questionnaire", "upload", "page", "submit")
    credentials = (CredentialSlot("auth", ("http_basic",), show_if=("access", ("basic",))),)
    output_schema = {"type": "object", "properties": {SENT_AT: {"type": "string"}}}
    Params = Form
    examples = (
        Example(
            "A contact form",
            {
                "title": "Write to us",
                "path": "contact",
                "rows": [
                    {"label": "Name", "required": True},
                    {"kind": "email", "label": "E-mail", "name": "email", "required": True},
                    {"kind": "page", "label": "Your message"},
                    {"kind": "paragraph", "label": "Message", "required": True},
                ],
            },
            [
                {
                    "name": "Ada",
                    "email": "ada@example.com",
                    "message": "Hello",
                    SENT_AT: "2026-03-01T09:00:00+00:00",
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
        is_inside = params.access == "members"
        page = FormPage(
            title=params.title,
            text=params.text,
            steps=_steps(params.rows, taken=(SENT_AT, SENT_BY) if is_inside else (SENT_AT,)),
            submit=params.submit,
            thanks_title=params.thanks_title,
            thanks_text=params.thanks_text,
            redirect=checked_address(params.redirect, field="redirect"),
            theme=page_look.theme_of(params),
        )
        return [
            PageRegistration(
                path=params.path.strip("/"),
                auth=params.access,
                respond=params.respond,
                page=page,
            )
        ]

    @classmethod
    def accept(cls, params: Form, arrival: Arrival) -> Sequence[Item]:
        """The answers as one item."""
        if arrival.items is not None:
            return arrival.items
        answers = arrival.data.get("answers")
        known = answers if isinstance(answers, dict) else {}
        sent: JsonObject = {
            name: arrival.data[name] for name in (SENT_AT, SENT_BY) if name in arrival.data
        }
        return [Item({**known, **sent}, arrival.binary)]


def _steps(rows: Iterable[Row], taken: Sequence[str]) -> tuple[FormStep, ...]:
    """The pages. Fields before the first break are a page of their own; `taken` are no names.

    Raises:
        UserError: a name is unusable or comes twice, or a condition names no earlier field.
    """
    steps: list[FormStep] = []
    head, asked, known = Row(kind="page"), list[Question](), set[str]()
    for index, row in enumerate(rows):
        if row.kind != "page":
            asked.append(_question(row, index, known, taken))
            continue
        if asked or steps or head.label:
            steps.append(_step(head, asked))
        if row.only_if and row.only_if not in known:
            message = f"No field before this page has the name {row.only_if!r}."
            raise UserError(message, field=f"rows[{index}].only_if", code="field_unknown")
        head, asked = row, []
    return (*steps, _step(head, asked))


def _step(head: Row, asked: Sequence[Question]) -> FormStep:
    only_if = (head.only_if, head.only_if_value) if head.only_if else None
    return FormStep(tuple(asked), head.label, head.help, only_if)


def _question(row: Row, index: int, known: set[str], taken: Sequence[str]) -> Question:
    name = row.name or re.sub(r"[^a-z0-9]+", "_", row.label.lower()).strip("_")[:60]
    name = name if row.name or NAME.fullmatch(name) else f"field_{index + 1}"
    if not NAME.fullmatch(name) or name in known or name in taken:
        message = (
            f"The name {name[:60]!r} cannot be used here: names differ, begin with a letter, hold "
            f"letters, digits and _, and are not {' or '.join(taken)}."
        )
        raise UserError(message, field=f"rows[{index}].name", code="invalid_name")
    known.add(name)
    return Question(
        name=name,
        label=row.label or name,
        kind=row.kind if row.kind != "page" else "text",
        help=row.help,
        placeholder=row.placeholder,
        required=row.required,
        choices=tuple(dict.fromkeys(row.choices)),
        minimum=row.minimum,
        maximum=row.maximum,
        max_length=row.max_length,
        accept=tuple(kind.strip().lower() for kind in row.accept if kind.strip()),
        max_bytes=int(row.max_megabytes * MEGABYTE),
    )
