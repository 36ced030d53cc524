"""One evaluation under way: what it sees, what its parameters hold, what it may spend."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from headrace.expressions.errors import ExpressionError, Span
from headrace.expressions.limits import STEPS_PER_PART, Budget
from headrace.expressions.scope import Scope
from headrace.expressions.values.kinds import UNDEFINED, Value

Closure = Callable[["Frame"], Value]

# A step is about 0.1 µs; texts are read, joined and made about so many characters per step.
READ: Final = 256
JOINED: Final = 128
MADE: Final = 32
# Other texts may have to be taken apart into code units first.
_NOT_ASCII: Final = 8
_SHORT: Final = 32


class Frame(Budget):
    """`slots` holds the parameters of arrow functions.

    One place each is enough: a function is only ever an argument, so it can not call itself.
    """

    __slots__ = ("scope", "slots")

    def __init__(self, scope: Scope, slot_count: int) -> None:
        super().__init__(scope.step_limit)
        self.scope = scope
        self.slots: list[Value] = [UNDEFINED] * slot_count

    def charge(self, value: Value, characters_per_step: int) -> None:
        """Pay for going once over a text, array or object."""
        kind = type(value)
        if kind is list:
            self.spend(len(value))
        elif kind is dict:
            self.spend(STEPS_PER_PART * len(value))
        elif kind is str and len(value) >= _SHORT:
            weight = 1 if value.isascii() else _NOT_ASCII
            self.spend(len(value) * weight // characters_per_step)


def located(run: Closure, span: Span) -> Closure:
    """`run`, whose errors say where they happened."""

    def located_run(frame: Frame) -> Value:
        try:
            return run(frame)
        except ExpressionError as error:
            error.locate(span)
            raise

    return located_run
