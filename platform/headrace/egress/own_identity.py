"""Tells our own servers by what they say of themselves, whatever address led to them (T-011)."""

from __future__ import annotations

from functools import cache

import redis
from django.conf import settings
from django.db import DatabaseError, connection

from headrace.egress.errors import AddressNotAllowed
from headrace_sdk.errors import UpstreamError
from headrace_sdk.net import Speaker

ASK_LIMIT_S = 3.0


def refuse_own(speaker: Speaker, identity: str) -> None:
    """Go on, if the server that names itself so is somebody else's. It asks our own servers.

    Copies of a cluster of PostgreSQL, such as a replica that streams from it, share its name.

    Raises:
        AddressNotAllowed: it is ours, or a copy of ours.
        UpstreamError: ours cannot be asked at the moment.
    """
    try:
        own = _own_cluster() if speaker == "postgresql" else _own_redis()
    except (DatabaseError, redis.RedisError) as error:
        message = "Whether this server is the platform's own cannot be found out at the moment."
        raise UpstreamError(message, sent="no", code="own_server_unknown") from error
    if identity == own:
        message = (
            "This server is one that this installation itself runs on, reached by another "
            "address. No workflow may reach it. Use a server of your own."
        )
        raise AddressNotAllowed(message, code="own_server")


@cache
def _own_cluster() -> str:
    """It never changes while a cluster lives."""
    with connection.cursor() as cursor:
        cursor.execute("select system_identifier::text from pg_catalog.pg_control_system()")
        return str(cursor.fetchone()[0])


def _own_redis() -> str:
    """Another one with each start of the server, so it is asked each time."""
    with redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=ASK_LIMIT_S, socket_connect_timeout=ASK_LIMIT_S
    ) as client:
        return str(client.info("server")["run_id"])
