"""Runs code in the real sandbox, without a database; what was compiled stays for later tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import pytest

from headrace.expressions.ports import ports as expressions
from headrace.sandbox import actions, running
from headrace.sandbox.expressions import SandboxedExpressions
from headrace.sandbox.limits import Limits
from headrace.sandbox.ports import ports
from headrace_bootstrap.project import ROOT
from headrace_sdk.code import Language
from headrace_sdk.items import Item
from headrace_sdk.testing.context import NOON

RELAXED = Limits(time_s=20)
PATIENCE_S = 45.0
"""A slow machine must not look like a sandbox that failed to stop its code."""


@pytest.fixture(scope="session", autouse=True)
def sandbox() -> Iterator[None]:
    ports.folder = ROOT / ".headrace" / "sandbox"
    expressions.javascript = SandboxedExpressions(lambda: "alpha")
    yield
    expressions.javascript = None
    actions.close()


@pytest.fixture(autouse=True)
def no_sandbox() -> None:
    """Here there is one."""


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "GRACE_S", PATIENCE_S)


@pytest.fixture
def printed() -> list[tuple[str, str]]:
    return []


@pytest.fixture
def run(printed: list[tuple[str, str]]) -> Callable[..., Any]:
    """`await run(source, items)`: the items that come out."""

    async def run(
        source: str,
        items: Sequence[Any] = ({},),
        *,
        limits: Limits = RELAXED,
        tenant: str = "alpha",
        seed: int = 1,
        language: Language = "javascript",
        **more: Any,
    ) -> list[Item]:
        given = [item if isinstance(item, Item) else Item(item) for item in items]
        return await actions.run_code(
            language,
            tenant,
            source,
            given,
            lambda text, level: printed.append((level, text)),
            now=NOON,
            seed=seed,
            limits=limits,
            **more,
        )

    return run


@pytest.fixture
def run_python(run: Callable[..., Any]) -> Callable[..., Any]:
    """The same for Python."""
    return partial(run, language="python")
