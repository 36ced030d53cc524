"""Runs that share state, and many of them at one moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connections

from headrace.state.ports import ports
from headrace.state.types import Asker

WORKFLOW = uuid4()


@dataclass
class Executions:
    """Stands for the executions: which have ended, and which were woken."""

    ended: set[UUID] = field(default_factory=set)
    woken: list[UUID] = field(default_factory=list)

    def open_among(self, ids):
        return {one for one in ids if one not in self.ended}

    def wake(self, execution_id, node, run, *, told):
        self.woken.append(execution_id)


@pytest.fixture
def executions(monkeypatch: pytest.MonkeyPatch) -> Iterator[Executions]:
    found = Executions()
    monkeypatch.setattr(ports, "executions", found)
    return found


@pytest.fixture
def asker(in_alpha: Any) -> Callable[..., Asker]:
    """A run of an execution of its own, unless one is named."""

    def make(execution: UUID | None = None, run: str = "0", node: str = "node") -> Asker:
        return Asker(in_alpha.id, WORKFLOW, execution or uuid4(), node, run)

    return make


def at_once(act: Callable[[int], Any], count: int = 8) -> list[Any]:
    """What many threads get that do the same at one moment, each with its own connection."""

    def one(place: int) -> Any:
        try:
            return act(place)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as threads:
        started = [threads.submit(copy_context().run, one, place) for place in range(count)]
        return [thread.result() for thread in started]
