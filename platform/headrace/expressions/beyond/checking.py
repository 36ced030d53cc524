"""Does the sandbox understand an expression? Asked when a workflow is checked."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

from headrace.expressions.beyond.part import Sandboxed
from headrace.expressions.errors import ExpressionSyntaxError
from headrace.expressions.ports import Crossing, ports
from headrace_sdk.errors import HeadraceError

REMEMBERED: Final = 4096
_NO_TIME: Final = datetime(1970, 1, 1, tzinfo=UTC)
_verdicts: Final[OrderedDict[str, tuple[int, str] | None]] = OrderedDict()
"""By code: the line of its mistake in the spread form, and what it is."""


def faults(parts: Sequence[Sandboxed]) -> list[ExpressionSyntaxError | None]:
    """For each expression what is wrong with it; all that are new are asked about at once."""
    if not parts:
        return []
    javascript = ports.javascript
    reason = "it is not at hand in this process." if javascript is None else javascript.why_not()
    if javascript is None or reason is not None:
        return [_without_sandbox(part, reason or "") for part in parts]
    new = {part.written.code: part.written.spread for part in parts}
    asked = {code: spread for code, spread in new.items() if code not in _verdicts}
    if asked:
        crossing = Crossing({"check": [list(pair) for pair in asked.items()]}, 100, (), _NO_TIME)
        try:
            answer: Any = javascript.visit(crossing)["faults"]
        except HeadraceError as error:
            return [_without_sandbox(part, error.message) for part in parts]
        for code, fault in zip(asked, answer, strict=True):
            _verdicts[code] = (fault[0], fault[1]) if fault else None
    told = [_fault(part, _verdicts[part.written.code]) for part in parts]
    while len(_verdicts) > REMEMBERED:
        _verdicts.popitem(last=False)
    return told


def _without_sandbox(part: Sandboxed, reason: str) -> ExpressionSyntaxError:
    refusal = part.refusal
    return ExpressionSyntaxError(
        f"{refusal.message} All other JavaScript needs the sandbox: {reason}",
        code="sandbox_missing",
        construct=refusal.construct,
        span=refusal.span,
    )


def _fault(part: Sandboxed, verdict: tuple[int, str] | None) -> ExpressionSyntaxError | None:
    """Where both evaluators stumble over the same place, the quick one says it more clearly."""
    if verdict is None:
        return None
    line, message = verdict
    start, end = part.span
    offset = part.written.offset_of_line(line)
    at = end if offset is None else offset
    refusal = part.refusal
    if refusal.span[0] >= at:
        return ExpressionSyntaxError(
            refusal.message, code=refusal.code, construct=refusal.construct, span=refusal.span
        )
    span = (at, min(at + 1, end)) if offset is not None else (max(end - 1, start), end)
    return ExpressionSyntaxError(f"{message[:1].upper()}{message[1:]}.", span=span)
