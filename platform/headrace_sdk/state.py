"""`ctx.state`: values by key that outlive a run, and the rules for every keeper of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final, Literal, Protocol

from headrace_sdk.errors import UserError
from headrace_sdk.items import JsonValue

Scope = Literal["execution", "workflow", "tenant"]
"""Who shares a key: the steps of one execution, all runs of a workflow, or everything here."""

SCOPES: Final[Mapping[str, str]] = {
    "execution": "This execution",
    "workflow": "All runs of this workflow",
    "tenant": "All workflows",
}
MAX_KEY: Final = 200
MAX_VALUE_BYTES: Final = 64 * 1024
LARGEST_NUMBER: Final = 2**63


class State(Protocol):
    """Values by key, up to 64 KiB of JSON each.

    `set` and `delete` give no answer: they travel with the completion of the step and hold if,
    and only if, it is recorded. What gives an answer (`incr`, `append`, `compare_set`) is applied
    at once, and once a run: a later attempt is given the answer of the first one. Reads see what
    is committed, and what this attempt has set.

    Every method raises `UserError` for a key or value that cannot be kept.
    """

    async def get(self, key: str, default: Any = None, *, scope: Scope = "workflow") -> Any:
        """The value, or `default` where there is none or its time is over."""
        ...

    def set(
        self, key: str, value: JsonValue, *, ttl_s: float | None = None, scope: Scope = "workflow"
    ) -> None:
        """Keep a value, for `ttl_s` seconds if given."""
        ...

    def delete(self, key: str, *, scope: Scope = "workflow") -> None:
        """Forget a value."""
        ...

    async def incr(
        self,
        key: str,
        by: float = 1,
        *,
        ttl_s: float | None = None,
        scope: Scope = "workflow",
    ) -> float:
        """Add to a number, which is 0 where there is none; the new number.

        Raises:
            UserError: `state_not_a_number`, something else is kept there.
        """
        ...

    async def append(
        self,
        key: str,
        value: JsonValue,
        *,
        ttl_s: float | None = None,
        scope: Scope = "workflow",
    ) -> int:
        """Add to the end of a list, which is empty where there is none; its new length.

        Raises:
            UserError: `state_not_a_list`, something else is kept there.
        """
        ...

    async def compare_set(
        self,
        key: str,
        expected: JsonValue,
        value: JsonValue,
        *,
        ttl_s: float | None = None,
        scope: Scope = "workflow",
    ) -> bool:
        """Keep a value if `expected` is kept now (`None`: nothing is); was it so?"""
        ...


def checked_key(key: str) -> str:
    """The key, if it can be one.

    Raises:
        UserError: `state_key_invalid`.
    """
    if not key or len(key) > MAX_KEY or not key.isprintable():
        message = f"A key has 1 to {MAX_KEY} characters, none of them a control character."
        raise UserError(message, field="key", code="state_key_invalid")
    return key


def encoded(value: JsonValue) -> bytes:
    """The value as it is kept: JSON with sorted keys, so that equal values are equal bytes.

    Raises:
        UserError: `state_value_invalid` or `state_value_too_large`.
    """
    try:
        text = json.dumps(value, sort_keys=True, allow_nan=False, separators=(",", ":"))
    except (TypeError, ValueError) as error:
        message = f"The value is not JSON: {error}."
        raise UserError(message, field="value", code="state_value_invalid") from error
    if len(text) > MAX_VALUE_BYTES:
        message = (
            f"The value has {len(text):,} bytes; at most {MAX_VALUE_BYTES:,} can be kept by a key. "
            "Keep large things as files."
        )
        raise UserError(message, field="value", code="state_value_too_large")
    return text.encode()


def increased(value: object, by: float) -> float:
    """`incr`'s arithmetic; `None` counts as 0. Whole numbers are added exactly.

    Raises:
        UserError: `state_not_a_number` or `state_number_too_large`.
    """
    number = 0 if value is None else value
    if isinstance(number, bool) or not isinstance(number, (int, float)):
        message = "What is kept there is not a number, so nothing can be added to it."
        raise UserError(message, field="key", code="state_not_a_number")
    total = number + (int(by) if float(by).is_integer() else by)
    if not abs(total) < LARGEST_NUMBER:
        message = "The number has become too large to be kept exactly."
        raise UserError(message, field="by", code="state_number_too_large")
    return int(total) if float(total).is_integer() else total


def lengthened(value: object, by: JsonValue) -> list[JsonValue]:
    """`append`'s list; `None` counts as empty.

    Raises:
        UserError: `state_not_a_list`.
    """
    if value is not None and not isinstance(value, list):
        message = "What is kept there is not a list, so nothing can be added to it."
        raise UserError(message, field="key", code="state_not_a_list")
    return [*(value or ()), by]
