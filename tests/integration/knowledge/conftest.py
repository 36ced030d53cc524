"""Collections of alpha, documents in them, and their indexing."""

# ruff: noqa: PLC0415 - what needs Django is imported once its environment is complete
from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture
def collection(api: Any) -> Callable[..., dict[str, Any]]:
    """A new collection of alpha."""

    def make(name: str = "Manual", **given: Any) -> dict[str, Any]:
        made = api().post("collections/", {"name": name, **given})
        assert made.status_code == 201, made.json()
        return made.json()

    return make


@pytest.fixture
def give(api: Any) -> Callable[..., Any]:
    """Give a text to a collection."""

    def post(collection: dict[str, Any], name: str, text: str, **given: Any) -> Any:
        body = {"name": name, "text": text, **given}
        return api().post(f"collections/{collection['id']}/documents/", body)

    return post


@pytest.fixture
def index(committed: None, in_alpha: Any) -> Callable[[], int]:
    """Do what the scheduler's thread does."""
    from headrace.executions.worker.threads import DatabaseThreads
    from headrace.knowledge.indexer import index_waiting

    async def once() -> int:
        threads = DatabaseThreads()
        asyncio.get_running_loop().set_default_executor(threads)
        try:
            return await index_waiting()
        finally:
            threads.close()

    return lambda: asyncio.run(once())


@pytest.fixture
def found(api: Any) -> Callable[..., list[dict[str, Any]]]:
    """What a search finds."""

    def search(collection: dict[str, Any], query: str, **given: Any) -> list[dict[str, Any]]:
        answer = api().post(f"collections/{collection['id']}/search/", {"query": query, **given})
        assert answer.status_code == 200, answer.json()
        return answer.json()["results"]

    return search
