"""A part of a template that the sandbox evaluates."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from typing import Final

from headrace.expressions.beyond.mentions import INPUT, mentions
from headrace.expressions.beyond.scanning import scan
from headrace.expressions.beyond.writing import Written, written
from headrace.expressions.errors import ExpressionSyntaxError, Span
from headrace.expressions.evaluation.builder import Refusal

_FINAL: Final = frozenset({"expression_too_deep", "computed_node_name"})
"""What no evaluator may be given."""


@dataclass(frozen=True, slots=True, eq=False)
class Sandboxed:
    """An expression in JavaScript, from `{{` to `}}` at `span` of its template.

    `views` says what of which node it reads. `is_text`: it stands within a text. `refusal` is why
    the quick evaluator leaves it.
    """

    span: Span
    written: Written
    views: Mapping[str, Set[str]]
    reads_item: bool
    changes: bool
    refusal: Refusal
    is_text: bool = field(default=False)

    @property
    def node_names(self) -> frozenset[str]:
        """The nodes that it mentions."""
        return frozenset(self.views) - {INPUT}

    def place(self, line: int, column: int) -> Span:
        """Where in the template a place in its code is; the start of either says nothing."""
        if column <= 0 and line <= 0:
            return self.span
        start, end = self.span
        at = self.written.offset_of(start, line, column)
        return self.span if at is None else (at, min(at + 1, end))


def sandboxed(source: str, start: int, refusal: Refusal) -> tuple[Sandboxed | Refusal, int]:
    """The expression whose `{{` ends at `start`, and where its template goes on.

    Where its end cannot be found, whatever came further in the text says why.
    """
    if refusal.code in _FINAL:
        return refusal, _behind(source, start)
    try:
        words = scan(source, start)
    except ExpressionSyntaxError as error:
        told = Refusal.of(error)
        later = told if told.span[0] > refusal.span[0] else refusal
        return later, _behind(source, start)
    try:
        found = mentions(words)
    except ExpressionSyntaxError as error:
        return Refusal.of(error), words.end
    if not words.words:
        return refusal, words.end
    first = words.words[0].start
    part = Sandboxed(
        span=(first, words.words[-1].end),
        written=written(source, first, words),
        views={name: frozenset(uses) for name, uses in found.views.items()},
        reads_item=found.reads_item,
        changes=found.changes,
        refusal=refusal,
    )
    return part, words.end


def _behind(source: str, start: int) -> int:
    """Where a template goes on behind an expression whose end nobody knows: at the next `}}`."""
    closing = source.find("}}", start)
    return len(source) if closing < 0 else closing + 2
