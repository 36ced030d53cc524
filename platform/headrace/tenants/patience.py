"""A limit to how long the statements of a piece of work may take, for what can be done without."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import OperationalError, connection, transaction

_CANCELLED: Final = "57014"
"""SQLSTATE query_canceled."""
_SET: Final = "select set_config('statement_timeout', %s, true)"


class TookTooLong(Exception):
    """A statement was stopped, and what the piece of work had written is undone."""


@contextmanager
def at_most(milliseconds: int) -> Iterator[None]:
    """Each statement in here, and each wait for a lock, may take so long.

    Raises:
        TookTooLong: one took longer.
    """
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("select current_setting('statement_timeout')")
                (before,) = cursor.fetchone() or ("0",)
                cursor.execute(_SET, [str(milliseconds)])
            yield
            # Within somebody else's transaction the setting would outlive this piece of work.
            with connection.cursor() as cursor:
                cursor.execute(_SET, [before])
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") == _CANCELLED:
            raise TookTooLong from error
        raise
