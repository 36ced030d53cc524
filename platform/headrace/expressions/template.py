"""A text with `{{ … }}` in it, compiled once and evaluated for every item."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from headrace.expressions import export, utf16
from headrace.expressions.errors import ExpressionError, ExpressionSyntaxError
from headrace.expressions.evaluation.builder import Refusal
from headrace.expressions.evaluation.compile import Compiled, compile_tree
from headrace.expressions.evaluation.frame import Frame
from headrace.expressions.limits import MAX_SOURCE_LENGTH, RUNNING, check_text_length
from headrace.expressions.scope import Scope
from headrace.expressions.syntax.parser import parse_expression
from headrace_sdk.items import JsonValue

_OPENING: Final = "{{"
_CLOSING: Final = "}}"


@dataclass(frozen=True, slots=True)
class Template:
    """A compiled text: literal pieces, and expressions between them.

    A template with `refusals` must not be evaluated.
    """

    source: str
    parts: tuple[str | Compiled, ...]
    refusals: tuple[Refusal, ...]

    @property
    def expressions(self) -> tuple[Compiled, ...]:
        """The parts that are computed."""
        return tuple(part for part in self.parts if isinstance(part, Compiled))

    def evaluate(self, scope: Scope) -> JsonValue:
        """The value of a lone `{{ … }}` with its type, else a text.

        Raises:
            ExpressionError: with its position in `source`.
        """
        try:
            if len(self.parts) == 1 and isinstance(self.parts[0], Compiled):
                return _lone_value(self.parts[0], scope)
            return self._text(scope)
        except ExpressionError as error:
            error.place(self.source)
            raise
        except RecursionError as error:
            raise ExpressionError(
                "The expression is nested too deeply.", code="expression_too_deep"
            ) from error

    def _text(self, scope: Scope) -> str:
        texts = [part if isinstance(part, str) else _text_of(part, scope) for part in self.parts]
        check_text_length(sum(map(len, texts)))
        return utf16.well_formed(utf16.text("".join(texts)))


@lru_cache(maxsize=4096)
def compile_template(source: str) -> Template:
    """The template of a text, remembered for the whole process."""
    if len(source) > MAX_SOURCE_LENGTH:
        message = f"A text with expressions may have {MAX_SOURCE_LENGTH} characters."
        refusal = Refusal(message, "text", (0, len(source)), "expression_too_long")
        return Template(source, (), (refusal,))
    parts: list[str | Compiled] = []
    refusals: list[Refusal] = []
    for part in _pieces(source):
        if isinstance(part, Refusal):
            refusals.append(part)
            continue
        parts.append(part)
        refusals.extend(part.refusals if isinstance(part, Compiled) else ())
    return Template(source, tuple(parts), tuple(refusals))


def _pieces(source: str) -> Iterator[str | Compiled | Refusal]:
    position = 0
    while True:
        opening = source.find(_OPENING, position)
        if opening < 0:
            break
        if opening > position:
            yield source[position:opening]
        part, position = _expression(source, opening + len(_OPENING))
        yield part
    if position < len(source) or not source:
        yield source[position:]


def _expression(source: str, start: int) -> tuple[Compiled | Refusal, int]:
    """What begins behind a `{{`, and where the text goes on: after an error, at the next `}}`."""
    try:
        tree, end = parse_expression(source, start)
    except ExpressionSyntaxError as error:
        closing = source.find(_CLOSING, start)
        return Refusal.of(error), len(source) if closing < 0 else closing + len(_CLOSING)
    return compile_tree(tree), end


def _lone_value(compiled: Compiled, scope: Scope) -> JsonValue:
    if compiled.is_borrowed:
        return export.borrowed(compiled.run(Frame(scope, 0)))
    frame = Frame(scope, compiled.slot_count)
    running = RUNNING.set(frame)
    try:
        return export.to_json(compiled.run(frame))
    finally:
        RUNNING.reset(running)


def _text_of(compiled: Compiled, scope: Scope) -> str:
    frame = Frame(scope, compiled.slot_count)
    running = RUNNING.set(frame)
    try:
        return export.to_template_text(compiled.run(frame))
    finally:
        RUNNING.reset(running)
