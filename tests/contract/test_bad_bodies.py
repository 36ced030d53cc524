"""Whatever is sent to whatever endpoint: a problem that says where, never a 500 (R-048 to R-054)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Any

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.http import HttpResponse

from headrace.accounts import queries
from headrace.accounts.types import Actor
from headrace.tenants.context import TenantRef, public
from headrace_bootstrap.project import FRONT_END
from tests.support.clients import Api
from tests.support.endpoints import Endpoint, endpoints, one_of_each

Clients = Callable[..., Api]

WRITING = [endpoint for endpoint in endpoints() if endpoint.method in {"POST", "PUT", "PATCH"}]
SCHEMA = json.loads((FRONT_END / "src" / "api" / "openapi.json").read_text(encoding="utf-8"))


def area(endpoint: Endpoint) -> str:
    """The endpoints of one area share their objects and their test."""
    return endpoint.route.pattern.removeprefix("/api/v1/").partition("/")[0]


def handfuls(found: Iterable[Endpoint], most: int = 10) -> Iterator[list[Endpoint]]:
    """So few at a time that a slow machine is through with them within a test's time."""
    rest = [*found]
    while rest:
        yield rest[:most]
        rest = rest[most:]


AREAS = {
    f"{name} {number}": some
    for name, group in groupby(sorted(WRITING, key=area), key=area)
    for number, some in enumerate(handfuls(group), 1)
}

NOT_JSON = {
    "empty": b"",
    "half": b'{"name": ',
    "text": b"name=x",
    "trailing comma": b'{"name": "x",}',
    "two values": b"{} {}",
    "NaN": b'{"name": NaN}',
    "Infinity": b'{"data": {"a": -Infinity}}',
    "invalid UTF-8": b'{"name": "\xff\xfe"}',
    "CESU surrogate": b'{"name": "\xed\xa0\x80"}',
    "lone surrogate": b'{"name": "\\ud800"}',
    "raw control character": b'{"name": "a\x01b"}',
    "byte order mark": b"\xef\xbb\xbf{}",
}
NOT_TO_KEEP = {
    "NUL": b'{"name": "a\\u0000b"}',
    "NUL in a key": b'{"document": {"a\\u0000": 1}}',
    "1e400": b'{"document": {"nodes": [1e400]}}',
    "huge integer": b'{"items": [{"json": {"a": ' + b"9" * 400 + b"}}]}",
    "65 levels": b'{"document": ' + b"[" * 65 + b"]" * 65 + b"}",
    "100,000 levels": b'{"document": ' + b'{"a":' * 100_000 + b"1" + b"}" * 100_000 + b"}",
}
EVERYWHERE = {"half", "NUL", "huge integer", "100,000 levels"}
"""The rest is refused by the parser, whichever endpoint has it."""
FIELDS_OF_NOBODY = ("__proto__", "tenant_id")
FIELDS_OF_ANYBODY = ("name", "document", "data", "items", "type", "value", "node", "params", "id")
WRONG: tuple[Any, ...] = (
    None,
    True,
    -1,
    1e308,
    "",
    "x" * 100_000,
    "\u202e\u200b\ufeff\uffff",
    "={{ 7 * 191 }}",
    [],
    [None],
    [[[]]],
    {},
    {"": None},
    {"__class__": {"__init__": {}}},
)
WRONG_SHAPES: tuple[Any, ...] = (None, True, 0, "text", [], [1], [[]], [{}], [{"op": "add"}])


def fields(endpoint: Endpoint) -> set[str]:
    """What the endpoint is documented to read; where that is anything, names like the others'."""
    pattern = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", endpoint.route.pattern)
    described = SCHEMA["paths"].get(pattern, {}).get(endpoint.method.lower(), {})
    found: set[str] = set()
    for content in described.get("requestBody", {}).get("content", {}).values():
        name = content["schema"].get("$ref", "").rpartition("/")[2]
        schema = SCHEMA["components"]["schemas"][name] if name else content["schema"]
        found |= set(schema.get("properties", ()))
    return found or set(FIELDS_OF_ANYBODY)


def wrong_values(endpoint: Endpoint) -> Iterator[Any]:
    """JSON that is fine, and wrong here."""
    yield from WRONG_SHAPES
    for field in [*sorted(fields(endpoint)), *FIELDS_OF_NOBODY]:
        for value in WRONG:
            yield {field: value}


@pytest.fixture
def own(alpha: TenantRef) -> dict[str, Any]:
    """Objects that exist, so that a body is looked at."""
    return one_of_each(alpha)


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who calls is looked up once a session, not before each of some ten thousand bodies."""
    look_up = queries.actor_by_session
    found: dict[str, Actor | None] = {}

    def remembered(session: SessionBase) -> Actor | None:
        key = str(session.session_key)
        if key not in found:
            found[key] = look_up(session)
        return found[key]

    monkeypatch.setattr(queries, "actor_by_session", remembered)


def send(api: Api, endpoint: Endpoint, own: dict[str, Any], body: bytes, kind: str) -> HttpResponse:
    """Send it, without its effect."""
    with public(), transaction.atomic():
        answer = api.request(
            endpoint.method,
            endpoint.route.address({**own, "kind": "web.http_request", "parameter": "url"}),
            data=body,
            content_type=kind,
            headers={"If-Match": '"1"'},
        )
        transaction.set_rollback(True)
    return answer


def kinds_of(endpoint: Endpoint) -> list[str]:
    """The JSON media types that the endpoint reads."""
    parsers = [parser.media_type for parser in endpoint.route.view_class.parser_classes]
    return [kind for kind in parsers if "json" in kind] or ["application/json"]


def reads_a_body(api: Api, endpoint: Endpoint, own: dict[str, Any]) -> bool:
    """Some endpoints take none, and do not care what comes."""
    answer = send(api, endpoint, own, b"{", kinds_of(endpoint)[0])
    return answer.status_code == 400


def test_the_sweep_knows_the_fields_of_the_endpoints() -> None:
    """A sweep over made-up names proves nothing."""
    known = {str(endpoint): fields(endpoint) for endpoint in WRITING}

    assert known["POST /api/v1/variables/"] == {"name", "value", "description"}
    guessed = [name for name, found in known.items() if found == set(FIELDS_OF_ANYBODY)]
    assert len(guessed) < len(known) / 2


@pytest.mark.parametrize("area", AREAS)
def test_a_malformed_body_is_refused_with_its_place(
    api: Clients, own: dict[str, Any], area: str
) -> None:
    """R-049 to R-053."""
    caller = api()
    wrong = {}
    seen: set[str] = set()
    for endpoint in AREAS[area]:
        is_read = reads_a_body(caller, endpoint, own)
        for kind in kinds_of(endpoint):
            chosen = EVERYWHERE if kind in seen or not is_read else {*NOT_JSON, *NOT_TO_KEEP}
            seen |= {kind} if is_read else set()
            for name in sorted(chosen):
                body = {**NOT_JSON, **NOT_TO_KEEP}[name]
                answer = send(caller, endpoint, own, body, kind)
                if answer.status_code >= 500 or (is_read and body and not is_placed(answer)):
                    wrong[f"{endpoint}: {name}"] = (answer.status_code, answer.content[:300])

    assert wrong == {}


def is_placed(answer: HttpResponse) -> bool:
    """A refusal with its code, and where in the body the fault is."""
    problem = answer.json() if answer.status_code >= 400 else {}
    is_refused = 400 <= answer.status_code < 500 and bool(problem.get("code"))
    return is_refused and ("line" in problem.get("detail", "") or bool(problem.get("errors")))


@pytest.mark.parametrize("area", AREAS)
def test_a_wrong_value_is_never_a_server_error(
    api: Clients, own: dict[str, Any], area: str
) -> None:
    """S-056, S-057, S-077: JSON of the wrong shape, type, size or name."""
    caller = api()
    wrong = {}
    for endpoint in AREAS[area]:
        is_read = reads_a_body(caller, endpoint, own)
        for kind in kinds_of(endpoint):
            for value in wrong_values(endpoint) if is_read else WRONG_SHAPES:
                answer = send(caller, endpoint, own, json.dumps(value).encode(), kind)
                if answer.status_code >= 500:
                    wrong[f"{endpoint}: {value!r:.80}"] = answer.status_code

    assert wrong == {}


@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data", "application/xml", "x", ""])
def test_another_media_type_is_refused(api: Clients, own: dict[str, Any], kind: str) -> None:
    """S-015: nothing but what the endpoint reads."""
    caller = api()
    wrong = {}
    for endpoint in WRITING:
        answer = send(caller, endpoint, own, b'{"name": "x"}', kind)
        if answer.status_code >= 500:
            wrong[str(endpoint)] = answer.status_code

    assert wrong == {}


def test_a_body_of_twenty_megabytes_is_refused(api: Clients, own: dict[str, Any]) -> None:
    """R-048."""
    body = json.dumps({"name": "x" * 20_000_000}).encode()
    caller = api()
    wrong = {}
    for endpoint in WRITING:
        if reads_a_body(caller, endpoint, own):
            answer = send(caller, endpoint, own, body, kinds_of(endpoint)[0])
            if answer.status_code != 413:
                wrong[str(endpoint)] = (answer.status_code, answer.content[:200])

    assert wrong == {}
