"""Reads what a person put into one field of a form, and says what is wrong with it."""

from __future__ import annotations

import math
import re
from datetime import date
from pathlib import PurePosixPath
from typing import Final

from headrace.triggers.gate.body import Part
from headrace_sdk.items import JsonValue
from headrace_sdk.pages import Question

MAX_EMAIL: Final = 254
"""Characters of an address (RFC 5321, 4.5.3.1.3)."""

_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_NUMBER: Final = re.compile(
    r"[+-]?(\d{1,300}(\.\d{0,300})?|\.\d{1,300})([eE][+-]?\d{1,3})?", re.ASCII
)
_WHOLE: Final = re.compile(r"[+-]?\d{1,15}", re.ASCII)
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Refused(Exception):
    """The answer cannot be taken; the message is for whoever fills in the form."""


def read(question: Question, given: JsonValue) -> JsonValue:
    """The answer in its type; without one `""`, `[]`, `false` or `null` by the kind.

    Raises:
        Refused: it is missing, or not what is asked for.
    """
    if question.kind == "checkbox":
        return _ticked(question, given)
    if question.kind == "multiselect":
        return _several(question, given)
    if isinstance(given, list):
        raise Refused("Give one answer only.")
    text = given if isinstance(given, str) else ""
    text = text.replace("\r\n", "\n") if question.kind == "paragraph" else text.strip()
    if not text.strip():
        if question.required:
            raise Refused("This field is required.")
        return "" if question.kind in {"text", "paragraph", "email"} else None
    return _typed(question, text)


def check_file(question: Question, part: Part) -> None:
    """Is this an upload that the field takes?

    Raises:
        Refused: too large, or of another type.
    """
    if len(part.content) > question.max_bytes:
        raise Refused(f"The file may have at most {question.max_bytes / 1_000_000:g} MB.")
    mime = part.mime.partition(";")[0].strip().lower()
    ending = PurePosixPath(part.name.lower()).suffix
    if question.accept and not any(_accepts(one, mime, ending) for one in question.accept):
        raise Refused(f"Choose a file of one of these types: {', '.join(question.accept)}.")


def _accepts(rule: str, mime: str, ending: str) -> bool:
    if rule.startswith("."):
        return ending == rule
    return mime.startswith(rule[:-1]) if rule.endswith("/*") else mime == rule


def _ticked(question: Question, given: JsonValue) -> bool:
    if given not in (None, "", "true"):
        raise Refused("Tick it, or leave it.")
    if question.required and given != "true":
        raise Refused("This must be ticked.")
    return given == "true"


def _several(question: Question, given: JsonValue) -> JsonValue:
    rows = given if isinstance(given, list) else [given]
    chosen = [row for row in rows if row not in (None, "")]
    if any(row not in question.choices for row in chosen):
        raise Refused("Choose from the list.")
    if question.required and not chosen:
        raise Refused("Choose at least one.")
    return [choice for choice in question.choices if choice in chosen]


def _typed(question: Question, text: str) -> JsonValue:
    if question.kind == "number":
        return _number(question, text)
    if question.kind == "select" and text not in question.choices:
        raise Refused("Choose from the list.")
    if question.kind == "email" and (len(text) > MAX_EMAIL or not _EMAIL.fullmatch(text)):
        raise Refused("Write an e-mail address, such as name@example.com.")
    if question.kind == "date" and not _is_date(text):
        raise Refused("Write a date as year-month-day, such as 2026-03-31.")
    if len(text) > question.max_length:
        raise Refused(f"Write at most {question.max_length} characters.")
    return text


def _number(question: Question, text: str) -> int | float:
    plain = text.replace(",", ".") if text.count(",") == 1 and "." not in text else text
    if not _NUMBER.fullmatch(plain) or not math.isfinite(float(plain)):
        raise Refused("Write a number.")
    number = int(plain) if _WHOLE.fullmatch(plain) else float(plain)
    if question.minimum is not None and number < question.minimum:
        raise Refused(f"The number must be at least {question.minimum:g}.")
    if question.maximum is not None and number > question.maximum:
        raise Refused(f"The number may be at most {question.maximum:g}.")
    return number


def _is_date(text: str) -> bool:
    try:
        return bool(_DATE.fullmatch(text)) and date.fromisoformat(text) is not None
    except ValueError:
        return False
