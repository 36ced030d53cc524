"""Expressions beyond the quick evaluator, in the sandbox: what `expressions.ports` asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from headrace.expressions.ports import Crossing
from headrace.sandbox import running
from headrace.sandbox.calendar import calendar_of
from headrace.sandbox.crossing import read, written
from headrace.sandbox.errors import CodeStopped
from headrace.sandbox.limits import EXPRESSIONS, Limits
from headrace.sandbox.ports import ports
from headrace_sdk.items import JsonObject

_CODES: Final = {
    "code_timeout": "expression_too_slow",
    "code_memory": "expression_memory",
    "code_too_deep": "expression_too_deep",
}


class SandboxedExpressions:
    """Every visit is a job of its own, in a machine that nobody used before.

    `tenant` tells for whom, `limits` how much one visit may use.
    """

    def __init__(self, tenant: Callable[[], str], limits: Limits = EXPRESSIONS) -> None:
        self._tenant = tenant
        self._limits = limits

    def why_not(self) -> str | None:
        """See `expressions.ports.JavaScript`."""
        return None if ports.is_on else "it is switched off here (SANDBOX=off)."

    def visit(self, crossing: Crossing) -> JsonObject:
        """See `expressions.ports.JavaScript`."""
        try:
            return read(self.job(crossing).run(body_of(crossing)))
        except CodeStopped as error:
            return _stopped(error)

    async def await_visit(self, crossing: Crossing) -> JsonObject:
        """See `expressions.ports.JavaScript`."""
        try:
            return read(await running.run(self.job(crossing), body_of(crossing)))
        except CodeStopped as error:
            return _stopped(error)

    def job(self, crossing: Crossing) -> running.Job:
        """What a visit is for the sandbox."""
        return running.Job(
            self._tenant(),
            self._limits,
            now_ms=crossing.now.timestamp() * 1000,
            seed=crossing.seed,
            kind="expressions",
            calendar=calendar_of(crossing.timezone, "\n".join(crossing.sources)),
        )


def _stopped(error: CodeStopped) -> JsonObject:
    code = _CODES.get(error.code, error.code)
    at = error.facts.get("at")
    told: JsonObject = {"code": code, "message": error.message}
    return {"stopped": {**told, "at": at if isinstance(at, int) else None}}


def body_of(crossing: Crossing) -> bytes:
    """A visit as the guest reads it."""
    return written({**crossing.job, "seed": crossing.seed})
