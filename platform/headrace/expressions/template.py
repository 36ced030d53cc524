"""A text with `{{ … }}` in it, compiled once and evaluated for every item."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from headrace.expressions import export, utf16
from headrace.expressions.beyond.part import Sandboxed, sandboxed
from headrace.expressions.errors import ExpressionError, ExpressionSyntaxError
from headrace.expressions.evaluation.builder import Refusal
from headrace.expressions.evaluation.compile import Compiled, compile_tree
from headrace.expressions.evaluation.frame import Frame
from headrace.expressions.limits import MAX_SOURCE_LENGTH, RUNNING, check_text_length
from headrace.expressions.scope import Scope
from headrace.expressions.syntax.parser import parse_expression
from headrace_sdk.items import JsonValue

_OPENING: Final = "{{"


@dataclass(frozen=True, slots=True)
class Template:
    """A compiled text: literal pieces, and expressions between them.

    A template with `refusals` must not be evaluated.
    """

    source: str
    parts: tuple[str | Compiled | Sandboxed, ...]
    refusals: tuple[Refusal, ...]

    @property
    def expressions(self) -> tuple[Compiled | Sandboxed, ...]:
        """The parts that are computed."""
        return tuple(part for part in self.parts if not isinstance(part, str))

    @property
    def sandboxed(self) -> tuple[Sandboxed, ...]:
        """Those of them that only the sandbox can compute; `scope.answers` must have them."""
        return tuple(part for part in self.parts if isinstance(part, Sandboxed))

    def evaluate(self, scope: Scope) -> JsonValue:
        """The value of a lone `{{ … }}` with its type, else a text.

        Raises:
            ExpressionError: with its position in `source`.
        """
        try:
            if len(self.parts) == 1 and not isinstance(self.parts[0], str):
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
    parts: list[str | Compiled | Sandboxed] = []
    refusals: list[Refusal] = []
    for part in _pieces(source):
        if isinstance(part, Refusal):
            refusals.append(part)
            continue
        parts.append(part)
        refusals.extend(part.refusals if isinstance(part, Compiled) else ())
    if len(parts) > 1:
        parts = [
            replace(part, is_text=True) if isinstance(part, Sandboxed) else part for part in parts
        ]
    return Template(source, tuple(parts), tuple(refusals))


def _pieces(source: str) -> Iterator[str | Compiled | Sandboxed | Refusal]:
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


def _expression(source: str, start: int) -> tuple[Compiled | Sandboxed | Refusal, int]:
    """What begins behind a `{{`, and where the text goes on: after an error, at the next `}}`.

    Which evaluator it is for is decided by its text alone, never by data or settings.
    """
    try:
        tree, end = parse_expression(source, start)
    except ExpressionSyntaxError as error:
        return sandboxed(source, start, Refusal.of(error))
    compiled = compile_tree(tree)
    if compiled.refusals and all(refusal.is_beyond for refusal in compiled.refusals):
        return sandboxed(source, start, compiled.refusals[0])
    return compiled, end


def _answered(part: Sandboxed, scope: Scope) -> JsonValue:
    assert scope.answers is not None
    return scope.answers.value(part, scope.item_index)


def _lone_value(compiled: Compiled | Sandboxed, scope: Scope) -> JsonValue:
    if isinstance(compiled, Sandboxed):
        return _answered(compiled, scope)
    if compiled.is_borrowed:
        return export.borrowed(compiled.run(Frame(scope, 0)))
    frame = Frame(scope, compiled.slot_count)
    running = RUNNING.set(frame)
    try:
        return export.to_json(compiled.run(frame))
    finally:
        RUNNING.reset(running)


def _text_of(compiled: Compiled | Sandboxed, scope: Scope) -> str:
    if isinstance(compiled, Sandboxed):
        return str(_answered(compiled, scope))
    frame = Frame(scope, compiled.slot_count)
    running = RUNNING.set(frame)
    try:
        return export.to_template_text(compiled.run(frame))
    finally:
        RUNNING.reset(running)
