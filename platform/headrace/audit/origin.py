"""Where the request at work came from; set at the edge, read when an entry is written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple


class Origin(NamedTuple):
    """The peer's address, and the id by which logs and answers name the request."""

    address: str = ""
    request_id: str = ""


_origin: ContextVar[Origin] = ContextVar("origin")
_NOWHERE = Origin()


def origin() -> Origin:
    """That of the request at work; empty outside of requests."""
    return _origin.get(_NOWHERE)


@contextmanager
def comes_from(where: Origin) -> Iterator[None]:
    """Work on a request inside the block."""
    token = _origin.set(where)
    try:
        yield
    finally:
        _origin.reset(token)
