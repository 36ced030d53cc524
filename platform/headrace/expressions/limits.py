"""How far one evaluation may go before it ends with a clear error."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Final

from headrace.expressions.errors import ExpressionError

MAX_SOURCE_LENGTH: Final = 65_536
"""Characters of one template."""

MAX_NESTING: Final = 48
"""Brackets, functions and operators within one another in the source."""

MAX_TREE_DEPTH: Final = 200
"""Links of the longest chain in the source: `a + b + c + …` or `a.b.c.…`."""

MAX_VALUE_DEPTH: Final = 100
"""Arrays and objects within one another in a value that is printed or returned."""

STEPS_PER_PART: Final = 4
"""What it costs to print, return or list one part of a value."""

MAX_TEXT_LENGTH: Final = 16 * 1024 * 1024
MAX_ARRAY_LENGTH: Final = 1_000_000

DEFAULT_STEP_LIMIT: Final = 1_000_000
"""About 100 ms: a step is one operation, one element or a few dozen characters of text."""


def check_text_length(length: float) -> None:
    """Refuse a text before it is built.

    Raises:
        ExpressionError: it would be too long.
    """
    if length > MAX_TEXT_LENGTH:
        raise ExpressionError(
            f"The text would have more than {MAX_TEXT_LENGTH} characters. Make smaller parts.",
            code="text_too_long",
        )


def check_array_length(length: float) -> None:
    """Refuse an array before it is built.

    Raises:
        ExpressionError: it would have too many elements.
    """
    if length > MAX_ARRAY_LENGTH:
        raise ExpressionError(
            f"The array would have more than {MAX_ARRAY_LENGTH} elements. Filter it first.",
            code="array_too_long",
        )


class Budget:
    """The steps that one evaluation has left."""

    __slots__ = ("_steps_left",)

    def __init__(self, steps: int) -> None:
        self._steps_left = steps

    def spend(self, steps: int) -> None:
        """Use up some of it.

        Raises:
            ExpressionError: there is not enough left.
        """
        self._steps_left -= steps
        if self._steps_left < 0:
            raise ExpressionError(
                "The expression takes too long. Use fewer items, or a node of its own.",
                code="expression_too_slow",
            )


RUNNING: Final[ContextVar[Budget | None]] = ContextVar("expression_budget", default=None)
"""The budget of the evaluation under way, for what is too deep inside to be handed it."""


def spend(steps: int) -> None:
    """Pay for work whose size only shows while it is done.

    Raises:
        ExpressionError: the evaluation under way can not afford it.
    """
    budget = RUNNING.get()
    if budget is not None:
        budget.spend(steps)


class Walk:
    """One walk through a nested value, paid for by the evaluation under way.

    An expression can nest one array in itself many times over, so that a small value in memory
    is endless on paper: the walk pays for whatever it visits, as often as it does.
    """

    __slots__ = ("_depth",)

    def __init__(self) -> None:
        self._depth = 0

    def enter(self, size: int) -> None:
        """Step into an array or object of `size` elements.

        Raises:
            ExpressionError: too deep, or the budget is used up.
        """
        self._depth += 1
        if self._depth > MAX_VALUE_DEPTH:
            raise ExpressionError(
                f"The value has more than {MAX_VALUE_DEPTH} arrays and objects within one another.",
                code="value_too_deep",
            )
        spend(STEPS_PER_PART * (size + 1))

    def leave(self) -> None:
        """Step back out."""
        self._depth -= 1
