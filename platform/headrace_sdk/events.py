"""Events of a tenant: what a type looks like, which patterns it matches, how a node waits for one.

A type is lower-case words joined by dots (`order.paid`). A pattern is a type, or the beginning of
one followed by `.*` (`order.*`), or `*` alone. What the platform tells of runs begins with
`workflow.`: nobody else may emit that, and only a pattern that names the word gets it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from headrace_sdk.errors import UserError
from headrace_sdk.items import JsonValue
from headrace_sdk.paths import parse
from headrace_sdk.waits import Suspension

MAX_TYPE: Final = 200
FACTS: Final = "workflow."
_TYPE: Final = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")
_PATTERN: Final = re.compile(r"\*|[a-z0-9_-]+(\.[a-z0-9_-]+)*(\.\*)?")


def check_type(text: str, *, field: str = "type") -> str:
    """The type, if anybody may emit it.

    Raises:
        UserError: it is no type, or one of the platform's own.
    """
    if len(text) > MAX_TYPE or _TYPE.fullmatch(text) is None:
        message = (
            f"{text[:80]!r} is not an event type. Write lower-case words joined by dots, "
            "such as order.paid."
        )
        raise UserError(message, field=field, code="invalid_event_type")
    if f"{text}.".startswith(FACTS):
        message = "Types that begin with workflow. are told by the platform only. Choose another."
        raise UserError(message, field=field, code="reserved_event_type")
    return text


def check_pattern(text: str, *, field: str = "pattern") -> str:
    """The pattern, if it is one.

    Raises:
        UserError: it is not.
    """
    if len(text) > MAX_TYPE or _PATTERN.fullmatch(text) is None:
        message = (
            f"{text[:80]!r} is not an event pattern. Write a type such as order.paid, the "
            "beginning of one such as order.*, or * for every event."
        )
        raise UserError(message, field=field, code="invalid_event_pattern")
    return text


def patterns_of(kind: str) -> Sequence[str]:
    """Every pattern that an event of this type matches, the narrowest first."""
    words = kind.split(".")
    wide = [".".join([*words[:count], "*"]) for count in range(len(words) - 1, 0, -1)]
    return [kind, *wide] if kind.startswith(FACTS) else [kind, *wide, "*"]


def matches_type(pattern: str, kind: str) -> bool:
    """Does an event of this type match?"""
    return pattern in patterns_of(kind)


def wait_for_event(
    pattern: str, *, field: str = "", value: JsonValue = None, until: datetime | None = None
) -> Suspension:
    """Return this from `run` to wait for the next event that matches.

    With a `field`, a dotted path into the event's data, the event must have `value` there. The
    event is `Wake.data` then: `{"id", "type", "data", "at"}`.

    Raises:
        UserError: the pattern or the field is malformed.
    """
    check_pattern(pattern)
    parse(field)
    note = {"pattern": pattern, "field": field, "value": value}
    return Suspension("event", until=until, note=note)
