"""What building closures needs on the way: the parameters in sight, and what was found out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from headrace.expressions.errors import ExpressionSyntaxError, Span
from headrace.expressions.evaluation.frame import Closure, Frame
from headrace.expressions.syntax.tree import Node
from headrace.expressions.values.kinds import UNDEFINED, Value

Build = Callable[["Builder", Any], Closure]


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason why a template can not be used here; `is_beyond`: but the sandbox can."""

    message: str
    construct: str
    span: Span
    code: str
    is_beyond: bool = False

    @classmethod
    def of(cls, error: ExpressionSyntaxError) -> Refusal:
        """What a parser's error says."""
        return cls(error.message, error.construct, error.span or (0, 0), error.code)

    def error(self, source: str) -> ExpressionSyntaxError:
        """The refusal as something to raise."""
        error = ExpressionSyntaxError(
            self.message, code=self.code, construct=self.construct, span=self.span
        )
        error.place(source)
        return error


class Builder:
    """Builds the closures of one expression and gathers what it mentions.

    A part that has no meaning is noted in `refusals` and stands for `undefined`, so that
    one pass finds every problem.
    """

    def __init__(self, builds: Mapping[type[Node], Build]) -> None:
        self._builds = builds
        self._parameters: dict[str, int] = {}
        self.slot_count = 0
        self.refusals: list[Refusal] = []
        self.node_names: set[str] = set()
        self.reads_item = False

    def closure(self, node: Node) -> Closure:
        """What evaluates `node`."""
        return self._builds[type(node)](self, node)

    def refuse(
        self, node: Node, construct: str, message: str, *, is_beyond: bool = False
    ) -> Closure:
        """Note that `node` has no meaning, here or (unless `is_beyond`) at all."""
        code = ExpressionSyntaxError.code
        self.refusals.append(Refusal(message, construct, node.span, code, is_beyond))
        return nothing

    def slot(self, name: str) -> int | None:
        """The place of the parameter called `name`, if one is in sight."""
        return self._parameters.get(name)

    @contextmanager
    def parameters(self, names: list[str]) -> Iterator[list[int]]:
        """A new place for each of a function's parameters, in sight for its body."""
        outer = self._parameters
        places = list(range(self.slot_count, self.slot_count + len(names)))
        self.slot_count += len(names)
        self._parameters = outer | dict(zip(names, places, strict=True))
        yield places
        self._parameters = outer


def nothing(_: Frame) -> Value:
    """The closure of what always is `undefined`."""
    return UNDEFINED
