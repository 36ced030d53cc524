"""Which errors mean that our own database is away, or that a connection to it broke."""

from __future__ import annotations

from typing import Final

import psycopg
from django.db import InterfaceError, OperationalError
from psycopg_pool import PoolTimeout

from headrace.executions.errors import DatabaseLost

OF_THE_ORM: Final = (OperationalError, InterfaceError)
"""Only our own code uses Django's connections, so these never come from a node's database."""

DATABASE_ERRORS: Final = (
    *OF_THE_ORM,
    psycopg.OperationalError,
    psycopg.InterfaceError,
    PoolTimeout,
    DatabaseLost,
)
