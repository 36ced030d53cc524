"""S-059, S-060: after runs that use a secret in every wrong way, it is found nowhere."""

from __future__ import annotations

import base64
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID

import pytest
from django.conf import settings as configured
from django.db import connection

from headrace.accounts.types import Actor, Role
from headrace.catalog.queries import InstalledCredentialTypes
from headrace.credentials import actions
from headrace.credentials.ports import ports
from headrace.executions import log, queries
from headrace.executions.models import LogSegment
from headrace.tenants.context import TenantRef
from tests.support.clients import Api
from tests.support.endpoints import endpoints
from tests.support.engine import begin, ended, working
from tests.support.provider import Provider, providing
from tests.support.workflows import MANUAL, in_a_row, node

pytestmark = pytest.mark.usefixtures("committed")

SECRET = "canary/9d+2c ü-secret"
KINDS: dict[str, dict[str, str]] = {
    "http_bearer": {"token": SECRET},
    "http_basic": {"user": "ann", "password": SECRET},
    "http_header": {"name": "X-Key", "value": SECRET},
    "http_query": {"name": "key", "value": SECRET},
}
Clients = Callable[..., Api]


@pytest.fixture(autouse=True)
def _installed_types(uses: object) -> None:
    ports.types = InstalledCredentialTypes()


@pytest.fixture
def echo(settings: Any) -> Iterator[Provider]:
    """Answers with the headers it was sent, under the status that is the path."""
    with providing() as found:
        settings.HEADRACE_EGRESS_ALLOW = [f"127.0.0.1:{found.port}"]
        yield found


def forms() -> set[bytes]:
    raw = SECRET.encode()
    inner = base64.b64encode(b"ann:" + raw).decode()[8:28]
    texts = {SECRET, quote(SECRET), quote(SECRET, safe=""), SECRET.encode().hex(), inner}
    texts |= {base64.b64encode(raw).decode()[:20], SECRET.encode("unicode_escape").decode()}
    return {text.encode() for text in texts} | {SECRET.encode("latin-1")}


def flow(owner: Actor, kind: str, url: str) -> UUID:
    """A run of a call with a credential, whose answer is passed on as it came."""
    row = actions.create(owner, name=kind, kind=kind, data=KINDS[kind])
    call = node(
        "call",
        "web.http_request",
        {"url": url, "full_response": True},
        credentials={"auth": str(row.id)},
    )
    return begin(owner, in_a_row([MANUAL, call, node("good", "flow.no_op")]))


def dump() -> bytes:
    """Every row of every table, binary columns as they are and, where they are items, read."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(
            "select schemaname, tablename from pg_tables where schemaname in ('t_alpha', 'public')"
        )
        for schema, table in cursor.fetchall():
            cursor.execute(f'select * from "{schema}"."{table}"')
            found += [
                bytes(one) if isinstance(one, memoryview) else str(one).encode()
                for row in cursor.fetchall()
                for one in row
            ]
    return b"\n".join(found)


def crawled(api: Clients, executions: list[UUID]) -> bytes:
    """The answers of every GET as every role; what shows an execution, for each of them."""
    texts = []
    for role in Role:
        caller = api(role.value)
        for endpoint in endpoints():
            if endpoint.method == "GET":
                named = executions if "execution_id" in endpoint.route.parts else executions[:1]
                shown = named if role is Role.OWNER else named[:1]
                texts += [
                    caller.get(
                        endpoint.route.address({"execution_id": one, "node": "call"})
                    ).content
                    for one in shown
                ]
    return b"\n".join(texts)


def logged() -> bytes:
    """Every event with its items; what sockets carry is made of them."""
    events = [
        event
        for row in LogSegment.objects.all()
        for event in log.decode_segment(row.body, row.first_seq, row.format)
    ]
    return str(events).encode()


def stored_files() -> bytes:
    home = Path(configured.HEADRACE_HOME)
    return b"\n".join(one.read_bytes() for one in home.rglob("*") if one.is_file())


def test_a_secret_that_the_other_side_echoes_is_found_nowhere(
    api: Clients,
    in_alpha: TenantRef,
    owner: Actor,
    echo: Provider,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    with working():
        runs = [
            flow(owner, kind, echo.url(f"/{status}")) for kind in KINDS for status in (200, 401)
        ]
        runs.append(flow(owner, "http_query", "http://127.0.0.1:9/refused"))
        statuses = [ended(one) for one in runs]

    assert set(statuses) == {"completed", "failed"}
    steps = [
        queries.step_items(one, "good", "0", side="output", port=None, offset=0, limit=9)
        for one, status in zip(runs, statuses, strict=True)
        if status == "completed"
    ]
    assert any("•••" in str(page.items) for page in steps), "the echo never arrived"
    haystack = {
        "database": dump(),
        "items": b"".join(str(page.items).encode() for page in steps),
        "answers": crawled(api, runs),
        "events": logged(),
        "log": caplog.text.encode(),
        "files": stored_files(),
    }
    leaks = [(place, form) for place, text in haystack.items() for form in forms() if form in text]
    assert leaks == []
