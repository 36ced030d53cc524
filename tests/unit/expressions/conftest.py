"""How the tests of the language run it: to the JavaScript value, before it becomes JSON."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from headrace.expressions import Scope
from headrace.expressions.evaluation.compile import compile_tree
from headrace.expressions.evaluation.frame import Frame
from headrace.expressions.limits import RUNNING
from headrace.expressions.syntax.parser import parse_expression

NOW = datetime(2026, 3, 1, 8, 30, 15, 123_000, tzinfo=UTC)

Evaluate = Callable[..., Any]


@pytest.fixture
def scope() -> Scope:
    """An empty item at half past nine on a Sunday in Oslo."""
    return Scope(json={}, now=NOW, timezone="Europe/Oslo")


@pytest.fixture
def evaluate(scope: Scope) -> Evaluate:
    """Evaluates one expression; keyword arguments replace parts of the scope."""

    def run(source: str, **parts: Any) -> Any:
        for name, value in parts.items():
            setattr(scope, name, value)
        template = f"{{{{{source}\n}}}}"
        tree, end = parse_expression(template, 2)
        assert end == len(template)
        compiled = compile_tree(tree)
        for refusal in compiled.refusals:
            raise refusal.error(template)
        frame = Frame(scope, compiled.slot_count)
        running = RUNNING.set(frame)
        try:
            return compiled.run(frame)
        finally:
            RUNNING.reset(running)

    return run
