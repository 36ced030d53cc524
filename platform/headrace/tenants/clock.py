"""The one clock that counts: the database's."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from django.db import connection


def database_now() -> datetime:
    """The database's time, aware."""
    with connection.cursor() as cursor:
        cursor.execute("select clock_timestamp()")
        return cast("datetime", cursor.fetchone()[0])
