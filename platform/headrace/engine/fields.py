"""Checks for single JSON fields: what a value must be, in words that complete "must be …"."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias, TypeGuard

from headrace.engine.problems import Findings

Check: TypeAlias = Callable[[object], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """A value is right when it `passes`; `wanted` says what was expected."""

    wanted: str
    passes: Check


def is_object(value: object) -> TypeGuard[Mapping[str, object]]:
    """Whether it is a JSON object."""
    return isinstance(value, Mapping) and all(isinstance(key, str) for key in value)


def is_number(value: object) -> TypeGuard[float]:
    """Whether it is a finite JSON number. In Python, `True` counts as an `int`: not here."""
    return isinstance(value, int | float) and not isinstance(value, bool) and _is_finite(value)


def _is_finite(value: float) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:
        return False


def one_of(*choices: str) -> Rule:
    """One of some words."""
    wanted = " or ".join(f'"{choice}"' for choice in choices)
    return Rule(wanted, lambda value: isinstance(value, str) and value in choices)


def integer(low: int, high: int) -> Rule:
    """A whole number, bounds included."""

    def passes(value: object) -> bool:
        return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high

    return Rule(f"a whole number from {low} to {high}", passes)


def number(low: float, high: float) -> Rule:
    """A number, bounds included."""
    return Rule(
        f"a number from {low:g} to {high:g}",
        lambda value: is_number(value) and low <= value <= high,
    )


def text(longest: int) -> Rule:
    """A text with something in it."""
    return Rule(
        f"a text of 1 to {longest} characters",
        lambda value: isinstance(value, str) and len(value.strip()) >= 1 and len(value) <= longest,
    )


def written(longest: int) -> Rule:
    """A text for people, which may be empty."""
    return Rule(
        f"a text of at most {longest} characters",
        lambda value: isinstance(value, str) and len(value) <= longest,
    )


def optional(rule: Rule) -> Rule:
    """The same, or null."""
    return Rule(f"{rule.wanted}, or null", lambda value: value is None or rule.passes(value))


_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")

ID: Final = Rule(
    "1 to 64 letters, digits, - or _",
    lambda value: isinstance(value, str) and _ID.fullmatch(value) is not None,
)
BOOLEAN: Final = Rule("true or false", lambda value: isinstance(value, bool))
OBJECT: Final = Rule("an object", is_object)
LIST: Final = Rule("a list", lambda value: isinstance(value, list | tuple))
POSITION: Final = Rule(
    "two numbers, [x, y]",
    lambda value: (
        isinstance(value, list | tuple) and len(value) == 2 and all(map(is_number, value))
    ),
)
ENDPOINT: Final = Rule(
    "two texts, [node, port]",
    lambda value: (
        isinstance(value, list | tuple)
        and len(value) == 2
        and all(isinstance(part, str) for part in value)
    ),
)


@dataclass(frozen=True, slots=True)
class FieldReader:
    """Reads fields of one JSON object and notes each that is wrong under `code`."""

    findings: Findings
    code: str
    path: str
    node: str | None = None
    edge: int | None = None

    def read(
        self, source: Mapping[str, object], rules: Mapping[str, Rule], *required: str
    ) -> dict[str, object]:
        """The fields that have a rule, are there, and are right. Others are left out."""
        for name in required:
            if name not in source:
                self._refuse(name, f'"{name}" is missing; it must be {rules[name].wanted}.')
        values = {name: source[name] for name in rules if name in source}
        for name in [name for name, value in values.items() if not rules[name].passes(value)]:
            self._refuse(name, f'"{name}" must be {rules[name].wanted}.')
            del values[name]
        return values

    def _refuse(self, name: str, message: str) -> None:
        path = f"{self.path}/{name}"
        self.findings.add(self.code, message, path=path, node=self.node, edge=self.edge)
