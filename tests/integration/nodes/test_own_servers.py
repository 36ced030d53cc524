"""T-011: nodes do not reach the servers we run on, by whatever address, nor a port that leads there."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import pytest
from django.conf import settings as configured

from headrace.credentials import actions as credentials
from headrace.executions import queries
from tests.support.engine import begin, ended, working
from tests.support.forwarding import forwarding
from tests.support.workflows import MANUAL, in_a_row, node

SERVERS = {
    "database.postgresql": (
        "database",
        "postgresql",
        configured.DATABASE_URL,
        {"database": "postgres", "tls": "disable"},
        {"operation": "select", "sql": "select * from tenants_tenant"},
    ),
    "database.redis": (
        "server",
        "redis",
        configured.REDIS_URL,
        {"database": "0", "tls": "False"},
        {"operation": "command", "words": ["KEYS", "*"]},
    ),
}


@pytest.fixture(params=SERVERS)
def outcome_at(request, owner):
    """How a node ends that is sent to a place, signed in as we are ourselves."""
    slot, kind, url, values, params = SERVERS[request.param]
    own = urlsplit(url)

    def outcome(host, port):
        login = {"user": unquote(own.username or ""), "password": unquote(own.password or "")}
        if kind == "postgresql":
            login["password"] = login["password"] or "unused"
        data = {"host": host, "port": str(port), **values, **login}
        kept = credentials.create(owner, name=f"{host}:{port}", kind=kind, data=data)
        step = node("ask", request.param, params, credentials={slot: str(kept.id)})
        with working():
            execution = begin(owner, in_a_row([MANUAL, step]))
            status = ended(execution)
        (error,) = [one.error for one in queries.history(execution) if one.node == "ask"]
        return status, error["code"] if error else None

    return own, outcome


@pytest.mark.usefixtures("committed", "in_alpha")
def test_our_own_servers_are_out_of_reach_of_every_workflow(outcome_at, settings):
    own, outcome = outcome_at
    with forwarding(own.hostname, own.port) as forwarded:
        places = [(own.hostname, own.port), ("localhost", own.port), ("127.0.0.1", forwarded)]
        settings.HEADRACE_EGRESS_ALLOW = tuple(f"{host}:{port}" for host, port in places)

        found = [outcome(*place) for place in places]

    assert found == [("failed", "own_server")] * 3
