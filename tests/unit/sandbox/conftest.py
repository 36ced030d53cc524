"""Runs code in the real sandbox, without a database; what was compiled stays for later tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from headrace.expressions.ports import ports as expressions
from headrace.sandbox import actions, running
from headrace.sandbox.expressions import SandboxedExpressions
from headrace.sandbox.host.building import build
from headrace.sandbox.host.engines import PYERYX, image_file
from headrace.sandbox.limits import Limits
from headrace.sandbox.ports import cache_folder, ports
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


@pytest.fixture(scope="session")
def image() -> Path | None:
    """What pyeryx begins from, made once for a checkout; `None` where it is not installed."""
    file = image_file(cache_folder())
    if file is not None:
        build((PYERYX,), cache_folder())
    return file


@pytest.fixture(params=["cpython", "pyeryx"], scope="module")
def engine(request: pytest.FixtureRequest) -> Iterator[str]:
    """Each one that can run Python, so that a module's tests run with one after the other."""
    name: str = request.param
    if name == "pyeryx" and request.getfixturevalue("image") is None:
        pytest.skip("pyeryx needs Python 3.12")
    actions.close()
    ports.engine = name
    yield name
    actions.close()
    ports.engine = ""


@pytest.fixture
def run_python(run: Callable[..., Any], engine: str) -> Callable[..., Any]:
    """The same for Python."""
    return partial(run, language="python")
