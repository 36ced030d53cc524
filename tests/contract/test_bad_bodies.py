"""Whatever is sent to whatever endpoint: a problem that says where, never a 500 (R-048 to R-054)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse

from headrace.tenants.context import TenantRef, public
from tests.support.clients import Api
from tests.support.endpoints import Endpoint, endpoints, one_of_each

Clients = Callable[..., Api]

WRITING = [endpoint for endpoint in endpoints() if endpoint.method in {"POST", "PUT", "PATCH"}]

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
FIELDS = (
    "name",
    "document",
    "data",
    "items",
    "type",
    "email",
    "password",
    "token",
    "role",
    "scopes",
    "expires_at",
    "hosts",
    "theme",
    "wait",
    "trigger",
    "note",
    "value",
    "node",
    "params",
    "credentials",
    "__proto__",
    "id",
    "tenant_id",
)
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


def wrong_values() -> Iterator[Any]:
    """JSON that is fine, and wrong here: 331 bodies."""
    yield from WRONG_SHAPES
    for field in FIELDS:
        for value in WRONG:
            yield {field: value}


@pytest.fixture
def own(alpha: TenantRef) -> dict[str, Any]:
    """Objects that exist, so that a body is looked at."""
    return one_of_each(alpha)


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


@pytest.mark.parametrize("endpoint", WRITING, ids=str)
def test_a_malformed_body_is_refused_with_its_place(
    api: Clients, own: dict[str, Any], endpoint: Endpoint
) -> None:
    """R-049 to R-053."""
    caller = api()
    is_read = reads_a_body(caller, endpoint, own)
    wrong = {}
    for kind in kinds_of(endpoint):
        for name, body in {**NOT_JSON, **NOT_TO_KEEP}.items():
            answer = send(caller, endpoint, own, body, kind)
            problem = answer.json() if answer.status_code >= 400 else {}
            is_refused = 400 <= answer.status_code < 500 and bool(problem.get("code"))
            has_place = "line" in problem.get("detail", "") or bool(problem.get("errors"))
            if answer.status_code >= 500 or (is_read and body and not (is_refused and has_place)):
                wrong[name] = (answer.status_code, answer.content[:300])

    assert wrong == {}


@pytest.mark.parametrize("endpoint", WRITING, ids=str)
def test_a_wrong_value_is_never_a_server_error(
    api: Clients, own: dict[str, Any], endpoint: Endpoint
) -> None:
    """S-056, S-057, S-077: JSON of the wrong shape, type, size or name."""
    caller = api()
    values = [*wrong_values()] if reads_a_body(caller, endpoint, own) else WRONG_SHAPES
    wrong = {}
    for kind in kinds_of(endpoint):
        for value in values:
            answer = send(caller, endpoint, own, json.dumps(value).encode(), kind)
            if answer.status_code >= 500:
                wrong[repr(value)[:80]] = answer.status_code

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
