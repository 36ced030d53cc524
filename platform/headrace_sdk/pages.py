"""Pages that the platform hosts for a trigger: what a form asks, and how a chat presents itself.

Everything here is plain data. The platform draws the page and checks what people send against it,
so a trigger holds no HTML.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias
from urllib.parse import urlsplit

from headrace_sdk.errors import UserError

AnswerKind = Literal[
    "text",
    "paragraph",
    "number",
    "email",
    "date",
    "select",
    "multiselect",
    "checkbox",
    "file",
]

_COLOR: Final = re.compile(r"#[0-9A-Fa-f]{6}")
_ORIGIN: Final = re.compile(
    r"https?://(\*\.)?[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?(:[0-9]{1,5})?", re.ASCII
)
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}")


@dataclass(frozen=True, slots=True)
class Theme:
    """How a page looks, and where. `accent` is `#rrggbb`; empty: the platform's own.

    `origins` are the sites that may show it in a frame, as `checked_origins` gives them; none: all.
    `logo` is the address of a picture, `logo_text` what it says, or stands in its place.
    `scheme` `auto` follows the visitor's device.
    """

    accent: str = ""
    logo_text: str = ""
    language: str = "en"
    origins: tuple[str, ...] = ()
    scheme: Literal["auto", "light", "dark"] = "auto"
    logo: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One field. `name` is the key of the answer.

    `minimum` and `maximum` bound numbers, `max_length` texts. `accept` lists endings (`.pdf`) and
    media types (`image/*`) of files, all if empty; `max_bytes` is the size of one.
    """

    name: str
    label: str
    kind: AnswerKind = "text"
    help: str = ""
    placeholder: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    max_length: int = 10_000
    accept: tuple[str, ...] = ()
    max_bytes: int = 10_000_000


@dataclass(frozen=True, slots=True)
class FormStep:
    """One page of a form. With `only_if` it is shown when that earlier answer has that value."""

    questions: tuple[Question, ...]
    title: str = ""
    text: str = ""
    only_if: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class FormPage:
    """A form of one or more pages, and what is shown at its end.

    `redirect` is where people are sent instead, an http or https address.
    """

    title: str
    steps: tuple[FormStep, ...]
    text: str = ""
    submit: str = "Submit"
    thanks_title: str = "Thank you"
    thanks_text: str = ""
    redirect: str = ""
    theme: Theme = Theme()
    kind: Literal["form"] = "form"


@dataclass(frozen=True, slots=True)
class ChatPage:
    """A chat. With `takes_files` a message may bring files: `file`, `file_2` … of its item.

    With `shows_tools` visitors see which tools an agent uses while it works on an answer.
    """

    title: str
    greeting: str = ""
    placeholder: str = "Write a message"
    takes_files: bool = False
    shows_tools: bool = False
    theme: Theme = Theme()
    kind: Literal["chat"] = "chat"


Page: TypeAlias = FormPage | ChatPage


def checked_color(text: str, *, field: str) -> str:
    """`#rrggbb` or nothing.

    Raises:
        UserError: it is anything else; a colour goes into a style sheet.
    """
    if text and not _COLOR.fullmatch(text):
        message = f"{text[:40]!r} is not a colour. Write it as #rrggbb."
        raise UserError(message, field=field, code="invalid_color")
    return text


def checked_origins(texts: Sequence[str], *, field: str) -> tuple[str, ...]:
    """Sites as a browser's policy names them: `https://example.com`, `https://*.example.com`.

    Raises:
        UserError: one is anything else; it goes into a header.
    """
    for text in texts:
        if not _ORIGIN.fullmatch(text):
            message = f"{text[:80]!r} is no site. Write https://example.com, without a path."
            raise UserError(message, field=field, code="invalid_origin")
    return tuple(dict.fromkeys(texts))


def checked_language(text: str, *, field: str) -> str:
    """A language tag such as `en` or `pt-BR`.

    Raises:
        UserError: it is not one.
    """
    if not _LANGUAGE.fullmatch(text):
        message = f"{text[:40]!r} is not a language tag such as en or pt-BR."
        raise UserError(message, field=field, code="invalid_language")
    return text


def checked_picture(text: str, *, field: str) -> str:
    """The address of a picture, or nothing. Its site is named in the page's policy.

    Raises:
        UserError: it is anything else.
    """
    address = checked_address(text, field=field)
    if address and not _ORIGIN.fullmatch(origin_of(address)):
        message = f"{text[:100]!r} is not the address of a picture."
        raise UserError(message, field=field, code="invalid_picture")
    return address


def origin_of(address: str) -> str:
    """Scheme, host and port of an address, as a policy names them: `https://example.com`."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}".lower()


def checked_address(text: str, *, field: str) -> str:
    """An http or https address, or nothing (S-039, S-042).

    Raises:
        UserError: another scheme, no host, a user in it, or characters no address has.
    """
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        is_fine = parts.scheme in {"http", "https"} and bool(parts.hostname)
        is_fine = is_fine and parts.username is None and "\\" not in text
    except ValueError:
        is_fine = False
    if not is_fine or any(c <= " " or c == "\x7f" for c in text):
        message = f"{text[:100]!r} is not a full address that begins with https:// or http://."
        raise UserError(message, field=field, code="invalid_address")
    return text
