"""Database work of coroutines, in threads whose connections are never stale."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from asgiref.sync import sync_to_async
from django.db import connections

P = ParamSpec("P")
Result = TypeVar("Result")


async def in_thread(function: Callable[P, Result], *args: P.args, **kwargs: P.kwargs) -> Result:
    """Run a function that uses the ORM; the tenant at work follows it.

    Django looks after connections at the borders of its own requests only. In a thread of ours,
    one that broke (PostgreSQL was restarted) would stay broken for ever.
    """
    return await asyncio.to_thread(with_live_connection(function), *args, **kwargs)


async def in_turn(function: Callable[P, Result], *args: P.args, **kwargs: P.kwargs) -> Result:
    """`in_thread`, in the thread of the request where there is one, and one after the other."""
    return await sync_to_async(with_live_connection(function))(*args, **kwargs)


def with_live_connection(function: Callable[P, Result]) -> Callable[P, Result]:
    """The function, called without the connections of its thread that broke or are too old."""

    def call(*args: P.args, **kwargs: P.kwargs) -> Result:
        _close_old_connections()
        try:
            return function(*args, **kwargs)
        finally:
            _close_old_connections()

    return call


def _close_old_connections() -> None:
    for connection in connections.all(initialized_only=True):
        # One in a transaction belongs to whoever opened that.
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
