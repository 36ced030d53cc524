"""What can be wrong with an expression, and where.

```
HeadraceError
└── ExpressionError            it ran and failed: the data was not what the author expected
    └── ExpressionSyntaxError  it can never run: the text is outside the language
```
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from headrace.expressions import utf16
from headrace_sdk.errors import HeadraceError

Span = tuple[int, int]
"""Start and end of a construct in the template's text, in Python characters."""


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a template as editors count: `line` and `column` from 1, `offset` from 0.

    Columns, offsets and lengths are in UTF-16 code units, like everything in a browser.
    """

    line: int
    column: int
    offset: int
    length: int

    @classmethod
    def of(cls, source: str, span: Span) -> Position:
        """The place of `span` within `source`."""
        start, end = span
        line_start = source.rfind("\n", 0, start) + 1
        return cls(
            line=source.count("\n", 0, start) + 1,
            column=utf16.length(source[line_start:start]) + 1,
            offset=utf16.length(source[:start]),
            length=utf16.length(source[start:end]),
        )


class ExpressionError(HeadraceError):
    """An expression that could not be evaluated.

    `path` is the JSON pointer of the expression within its parameters, `construct` the piece of
    source at fault and `position` its place. All three are filled in while the error travels
    from the failing operation to the caller; `facts` repeats them for machines.
    """

    code = "expression_failed"

    def __init__(
        self,
        message: str,
        *,
        code: str | None = None,
        construct: str = "",
        span: Span | None = None,
    ) -> None:
        super().__init__(message, code=code)
        self.construct = construct
        self.span = span
        self.position: Position | None = None
        self.path = ""

    def locate(self, span: Span) -> None:
        """Note which part of the source failed; the innermost part wins."""
        if self.span is None:
            self.span = span

    def place(self, source: str) -> None:
        """Turn the span into a position within `source`."""
        if self.span is not None and self.position is None:
            start, end = self.span
            self.position = Position.of(source, self.span)
            self.construct = self.construct or source[start:end]
        self._describe()

    def enter(self, path: str, item_index: int | None = None) -> None:
        """Note the parameter, and the item for which it was evaluated."""
        self.path = path
        self._describe(item_index)

    def _describe(self, item_index: int | None = None) -> None:
        facts: dict[str, object] = {"path": self.path, "construct": self.construct}
        if self.position is not None:
            facts |= asdict(self.position)
        if item_index is not None:
            facts["item_index"] = item_index
        self.facts = facts


@dataclass(frozen=True, slots=True)
class ExpressionProblem:
    """One reason why a parameter's expression can not be saved; positions as in `Position`."""

    path: str
    message: str
    code: str
    line: int
    column: int
    offset: int
    length: int


class ExpressionSyntaxError(ExpressionError):
    """A text that is no expression of our language; `construct` names what does not belong."""

    code = "expression_syntax"

    def problem(self) -> ExpressionProblem:
        """The error as one entry of a list of problems; without a position it is the start."""
        place = self.position or Position(line=1, column=1, offset=0, length=0)
        return ExpressionProblem(self.path, self.message, self.code, **asdict(place))
