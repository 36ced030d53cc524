"""Unit tests have no sandbox behind the quick evaluator, whatever other tests have set up."""

from __future__ import annotations

import pytest

from headrace.expressions.ports import ports


@pytest.fixture(autouse=True)
def no_sandbox(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "javascript", None)
