"""OpenAPI Operation, against a server that describes itself, through the real client."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from headrace.egress.policy import EgressPolicy
from headrace_sdk import Item, UpstreamError, UserError
from headrace_sdk.apart import run_apart
from headrace_sdk.testing import MemoryContext, MemoryState, make_credential, run_node_async
from nodes.credentials.http_bearer import HttpBearer
from nodes.web.openapi_operation import OpenApiOperation
from tests.support.canary import Ways
from tests.support.described import SPEC, described


@pytest.fixture(scope="module")
def port():
    with described() as port:
        yield port


def ways(port):
    return Ways(EgressPolicy(frozenset({f"127.0.0.1:{port}"})), HttpBearer.apply)


@dataclass
class Filling:
    """The form while somebody fills it in."""

    params: dict[str, Any]
    http: Any

    async def credential(self, slot):
        """None is chosen."""
        del slot


async def call(port, operation, values=None, *, state=None, items=({},), reader=None, **params):
    http = ways(port)
    account = make_credential(HttpBearer, token="canary")
    credentials = {"auth": account}
    if reader:
        credentials["document"] = make_credential(HttpBearer, token=reader)
    context = MemoryContext(http=http, state=state or MemoryState(), credentials=credentials)
    given = {
        "spec_url": f"http://127.0.0.1:{port}/openapi.yaml",
        "operation": operation,
        "parameters": [{"name": name, "value": value} for name, value in (values or {}).items()],
        **params,
    }
    try:
        given_items = [await _with_file(context, item) for item in items]
        return (await run_node_async(OpenApiOperation, given, given_items, context=context)).json()
    finally:
        await http.close()


async def _with_file(context, item):
    file = await context.files.put(b"PAPER", name="a.txt", mime="text/plain")
    return Item(item, {"data": file})


async def offered(port, method, **params):
    http = ways(port)
    given = {"spec_url": f"http://127.0.0.1:{port}/openapi.yaml", **params}
    try:
        return await getattr(OpenApiOperation, method)(Filling(given, http))
    finally:
        await http.close()


async def test_the_form_offers_the_operations_of_the_document(port):
    found = await offered(port, "list_operations")

    assert [one.value for one in found][:3] == [
        "GET /orders/{id}",
        "PUT /orders/{id}",
        "GET /orders",
    ]
    assert found[0].label == "GET /orders/{id} — One order"


async def test_the_form_offers_what_an_operation_asks_for_with_types_and_help(port):
    found = await offered(port, "list_parameters", operation="PUT /orders/{id}")

    assert [(one.value, one.type, one.required) for one in found] == [
        ("path:id", "number", True),
        ("total", "number", True),
        ("body:id", "text", False),
        ("paid", "boolean", False),
    ]
    assert found[0].help == "Its number."


async def test_values_go_where_the_document_says_in_the_style_that_it_says(port):
    values = {
        "id": "7",
        "with": ["lines", "customer"],
        "tags": ["a", "b"],
        "filter": {"state": "open"},
        "X-Trace": "a",
    }

    sent = (await call(port, "GET /orders/{id}", values))[0]

    address = urlsplit(sent["path"])
    assert address.path == "/v1/orders/7"
    assert parse_qs(address.query) == {
        "with": ["lines", "customer"],
        "tags": ["a|b"],
        "filter[state]": ["open"],
    }
    assert (sent["trace"], sent["authorization"]) == ("a", "Bearer canary")


async def test_a_body_is_put_together_from_its_fields_each_of_its_type(port):
    values = {"path:id": 7, "body:id": 7, "total": "20.5", "paid": "yes"}

    sent = (await call(port, "PUT /orders/{id}", values))[0]

    assert sent["type"] == "application/json"
    assert sent["body"] == '{"total":20.5,"id":"7","paid":true}'


async def test_a_form_body_is_sent_as_one(port):
    sent = (await call(port, "POST /orders", {"note": "a b", "count": 2}))[0]

    assert (sent["type"], sent["body"]) == ("application/x-www-form-urlencoded", "note=a+b&count=2")


async def test_a_form_with_files_has_a_part_for_each(port):
    values = {"note": "a b", "more": {"x": 1}, "papers": ["data", "data"]}

    sent = (await call(port, "POST /files", values))[0]

    assert sent["type"].startswith("multipart/form-data; boundary=")
    assert sent["body"].count('name="papers"; filename="a.txt"') == 2
    assert 'name="note"\r\n\r\na b\r\n' in sent["body"]
    assert 'name="more"\r\n\r\n{"x":1}\r\n' in sent["body"]


async def test_a_file_may_be_the_whole_body(port):
    (body,) = await offered(port, "list_parameters", operation="PUT /files")
    sent = (await call(port, "PUT /files", {"body": "data"}))[0]

    assert (body.type, body.help) == ("text", "The name of a file on the item.")
    assert (sent["type"], sent["body"]) == ("image/png", "PAPER")


async def test_a_document_that_is_not_public_is_fetched_with_a_credential_of_its_own(port):
    closed = {"spec_url": f"http://127.0.0.1:{port}/closed.yaml"}
    with pytest.raises(UserError, match="credential for the document"):
        await call(port, "GET /orders", **closed)

    assert await call(port, "GET /orders", reader="reader", **closed) == [{"id": 1}, {"id": 2}]


async def test_a_list_gives_an_item_for_each_element(port):
    assert await call(port, "GET /orders") == [{"id": 1}, {"id": 2}]


async def test_a_document_may_be_a_text_with_the_base_address_beside_it(port):
    base = f"http://127.0.0.1:{port}/v1"

    made = await call(
        port, "GET /orders", source="text", spec_text=SPEC, spec_url="", base_url=base
    )

    assert made == [{"id": 1}, {"id": 2}]


async def test_a_document_is_read_once_in_ten_minutes(port):
    state = MemoryState()
    await call(port, "GET /orders", state=state)
    (key,) = state.values
    state.values[key] = state.values[key].replace(b"/v1", b"/v2")

    assert (await call(port, "GET /orders", state=state))[0]["path"] == "/v2/orders"
    assert state.lives_s[key] == 600


@pytest.mark.parametrize(
    ("operation", "values", "code", "field"),
    [
        ("GET /orders/{id}", {}, "parameter_missing", "parameters"),
        ("GET /orders/{id}", {"id": "seven"}, "conversion_failed", "parameters"),
        ("GET /orders/{id}", {"id": 1, "nmae": 1}, "parameter_unknown", "parameters"),
        ("PUT /orders/{id}", {"path:id": 1}, "parameter_missing", "parameters"),
        ("GET /nothing", {}, "operation_not_found", "operation"),
        ("", {}, "no_operation", "operation"),
        ("POST /broken", {"a": "x"}, "body_not_supported", "operation"),
        ("PUT /files", {"body": "other"}, "no_file", "parameters"),
        ("GET /far", {}, "spec_reference", "spec_url"),
        ("GET /circle", {}, "spec_invalid", "spec_url"),
    ],
)
async def test_what_cannot_be_called_says_why_and_where(port, operation, values, code, field):
    with pytest.raises(UserError) as refused:
        await call(port, operation, values)

    assert (refused.value.code, refused.value.field) == (code, field)


@pytest.mark.parametrize("text", ["[]", "openapi: [", "swagger: '2.0'", "just words", "{"])
async def test_what_is_no_document_says_so(port, text):
    with pytest.raises(UserError, match="no OpenAPI 3 document"):
        await call(port, "GET /orders", source="text", spec_text=text)


async def test_without_a_server_the_base_address_is_asked_for(port):
    text = '{"openapi": "3.1.0", "paths": {"/a": {"get": {}}}}'

    with pytest.raises(UserError) as refused:
        await call(port, "GET /a", source="text", spec_text=text, spec_url="")

    assert (refused.value.code, refused.value.field) == ("no_server", "base_url")


async def test_an_error_status_fails_the_item(port):
    with pytest.raises(UpstreamError, match="404"):
        await call(port, "GET /orders/{id}", {"id": 404})


async def test_a_document_that_unfolds_without_end_is_stopped_in_its_own_process():
    levels = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    text = "\n".join(["openapi: 3.1.0", "a0: &a0 [x]", *levels, "paths: {/a: {get: *a11}}"])

    found, _ = await run_apart("nodes.web.openapi_reading:work", {"operation": None}, text.encode())

    assert found == []
