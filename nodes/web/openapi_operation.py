"""Calls an operation that an OpenAPI document describes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, Final, Literal, TypeAlias

from headrace_sdk import (
    Assignment,
    Choice,
    Context,
    CredentialSlot,
    Effect,
    Example,
    HttpResponse,
    Inputs,
    Item,
    JsonObject,
    JsonValue,
    Lookup,
    Node,
    NodeError,
    Outputs,
    Pair,
    Params,
    ParamSet,
    UserError,
    each_item,
    fields,
    to_main,
)
from headrace_sdk.apart import run_apart
from headrace_sdk.fields import show_if
from headrace_sdk.forms import NameValue
from headrace_sdk.http_headers import checked_headers
from headrace_sdk.strict_json import dumps
from headrace_sdk.summaries import shown
from nodes.web.openapi_body import body_of
from nodes.web.openapi_call import address_of, call_of, label_of
from nodes.web.request_auth import ON_REQUESTS
from nodes.web.response import failure, file_name, json_of, kind_of, mime_of

READING: Final = ("GET", "HEAD", "OPTIONS")
SPEC_BYTES: Final = 16 * 1024 * 1024
KEPT_S: Final = 600
"""How long what was read of a document is used again."""
KEPT_BYTES: Final = 60_000


Asking: TypeAlias = Context | Lookup
"""A run, or a person who fills in the form."""


class Form(Params):
    """Which document, which operation, and with what."""

    source: Literal["url", "text"] = fields.select(
        "OpenAPI document",
        "url",
        labels={"url": "By its address", "text": "As a text"},
        expression=False,
    )
    spec_url: str = fields.text(
        "Address of the document",
        "",
        placeholder="https://api.example.com/openapi.json",
        help="OpenAPI 3.0 or 3.1, JSON or YAML.",
        show_if=show_if("source", "url"),
        expression=False,
    )
    spec_text: str = fields.code(
        "Document",
        "",
        help="OpenAPI 3.0 or 3.1, JSON or YAML.",
        show_if=show_if("source", "text"),
        expression=False,
    )
    operation: str = fields.text(
        "Operation",
        "",
        placeholder="GET /orders/{id}",
        options_from="list_operations",
        expression=False,
    )
    parameters: list[Assignment] = fields.assignments(
        "Parameters",
        help="Those that the document names: of path, query, header and body.",
        options_from="list_parameters",
    )
    base_url: str = fields.text(
        "Base address",
        "",
        placeholder="https://api.example.com/v1",
        help="Empty: the first server that the document names.",
        advanced=True,
    )
    split: bool = fields.toggle(
        "One item for each element of a list",
        True,
        help="Off: a list stays one item, in the field `body`.",
        advanced=True,
    )
    headers: list[NameValue] = fields.key_value("Further headers", advanced=True)
    timeout_s: float = fields.duration("Time limit", 30, minimum=0.1, maximum=600, advanced=True)
    parallel: int = fields.number("Requests at a time", 5, minimum=1, maximum=50, advanced=True)


class OpenApiOperation(Node[Form]):
    """Calls an operation of any service that describes itself by OpenAPI, for each item.

    Name the document, choose the operation, fill in what it asks for: parameters of path, query and
    header, and the fields of a JSON or form body, each with its type. Where two have one name, the
    place stands in front (`query:id`). A file is named as it is on the item, such as `data`. The
    credential *auth* is put on the request as in *HTTP Request*; *document* on the one that fetches
    the document, where that is not public.

    **What comes out.** An object becomes the item; a list gives one item for each element; other
    values stand in the field `body`; everything else becomes a file named `data`. A status of 400
    or more is an error with status and body.

    References are followed inside of the document only. It is read again after ten minutes. Pages
    are for *HTTP Request*.
    """

    type = "web.openapi_operation"
    title = "OpenAPI Operation"
    category = "web"
    icon = "file-json"
    synonyms = ("swagger", "api", "rest", "spec", "openapi", "service", "endpoint")
    place = "async"
    effect = "varies"
    sends_idempotency_key = True
    per_item = True
    credentials = (
        CredentialSlot("auth", ON_REQUESTS, required=False),
        CredentialSlot("document", ON_REQUESTS, required=False, show_if=("source", ("url",))),
    )
    Params = Form
    examples = (
        Example(
            "One order",
            {
                "spec_url": "https://api.example.com/openapi.json",
                "operation": "GET /orders/{id}",
                "parameters": [{"name": "id", "type": "number", "value": 7}],
            },
            [{}],
            {"main": [{"id": 7, "total": 20}]},
            answers={
                "GET https://api.example.com/openapi.json": {
                    "openapi": "3.1.0",
                    "paths": {
                        "/orders/{id}": {
                            "get": {
                                "parameters": [
                                    {
                                        "name": "id",
                                        "in": "path",
                                        "required": True,
                                        "schema": {"type": "integer"},
                                    }
                                ]
                            }
                        }
                    },
                },
                "GET https://api.example.com/orders/7": {"id": 7, "total": 20},
            },
        ),
    )

    @classmethod
    def effect_of(cls, params: Form) -> Effect:
        """GET, HEAD and OPTIONS read; everything else writes."""
        return "read" if params.operation.startswith(READING) else "write"

    @classmethod
    def is_keyed(cls, params: Form) -> bool:
        """PUT and DELETE mean the same when repeated (RFC 9110, 9.2.2)."""
        return params.operation.startswith((*READING, "PUT", "DELETE"))

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The operation."""
        return shown(params.get("operation"))

    @classmethod
    async def list_operations(cls, lookup: Lookup) -> Sequence[Choice]:
        """The operations of the document."""
        form = _filled_in(lookup)
        if not (form.spec_url or form.spec_text):
            return ()
        found = await _read(await _document(lookup, form), None)
        listed = found if isinstance(found, list) else []
        return [Choice(one["name"], str(one["label"])) for one in listed if isinstance(one, dict)]

    @classmethod
    async def list_parameters(cls, lookup: Lookup) -> Sequence[Choice]:
        """What the chosen operation asks for."""
        form = _filled_in(lookup)
        if not form.operation or not (form.spec_url or form.spec_text):
            return ()
        found = await _operation(lookup, form)
        inputs = found["inputs"]
        rows = [one for one in inputs if isinstance(one, dict)] if isinstance(inputs, list) else []
        return [
            Choice(
                label_of(row, rows),
                label_of(row, rows),
                str(row["type"]),
                required=row["required"] is True,
                help=str(row["help"]),
            )
            for row in rows
        ]

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """The answers, in the order of the items.

        Raises:
            UserError: the document cannot be read, or has no such operation.
        """
        form = params.first
        operation = await _known(ctx, form)
        credential = await ctx.credential("auth")
        method, _, path = form.operation.partition(" ")

        async def send(index: int, item: Item) -> Outputs:
            own = params[index]
            try:
                call = call_of(operation, path, own.parameters)
                headers = checked_headers(
                    [NameValue(name=name, value=value) for name, value in call.headers.items()]
                ) | checked_headers(own.headers)
                server = str(operation["server"])
                url = address_of(server, own.base_url, form.spec_url, call.path)
                body = await body_of(ctx, call, item, index)
            except NodeError as error:
                error.item = index
                raise
            if body:
                headers["Content-Type"] = body.mime
            response = await ctx.http.request(
                method,
                url,
                headers=headers,
                query=call.query,
                body=body.content if body else call.content,
                credential=credential,
                timeout_s=own.timeout_s,
                item=index,
            )
            if response.status >= 400:
                raise failure(method, response, ctx.now, index)
            return to_main(await _items(ctx, own, response, index))

        return await each_item(ctx.outcomes, inputs.main, send, parallel=form.parallel)


async def _known(ctx: Context, form: Form) -> JsonObject:
    """What the document says of the operation, for some minutes without asking again."""
    named = "\x1f".join((form.source, form.spec_url, form.spec_text, form.operation))
    key = f"openapi:{hashlib.sha256(named.encode(errors='replace')).hexdigest()}"
    kept = await ctx.state.get(key)
    if isinstance(kept, dict):
        return kept
    found = await _operation(ctx, form)
    if len(dumps(found)) <= KEPT_BYTES:
        ctx.state.set(key, found, ttl_s=KEPT_S)
    return found


async def _operation(asking: Asking, form: Form) -> JsonObject:
    if not form.operation:
        message = "Choose an operation."
        raise UserError(message, field="operation", code="no_operation")
    found = await _read(await _document(asking, form), form.operation)
    return found if isinstance(found, dict) else {}


async def _document(asking: Asking, form: Form) -> bytes:
    if form.source == "text":
        return form.spec_text.encode(errors="replace")
    if not form.spec_url:
        message = "Name the address of the OpenAPI document, or give it as a text."
        raise UserError(message, field="spec_url", code="no_spec")
    credential = await asking.credential("document")
    response = await asking.http.request(
        "GET", form.spec_url.strip(), credential=credential, max_bytes=SPEC_BYTES
    )
    if response.status >= 400:
        message = f"The OpenAPI document could not be fetched: status {response.status}."
        if response.status in (401, 403):
            message += " Choose a credential for the document."
        raise UserError(message, field="spec_url", code="spec_unavailable")
    return response.body


async def _read(content: bytes, operation: str | None) -> JsonValue:
    found, _ = await run_apart("nodes.web.openapi_reading:work", {"operation": operation}, content)
    return found


def _filled_in(lookup: Lookup) -> Form:
    """What is filled in so far; what is no text yet counts as empty."""
    names = ("source", "spec_url", "spec_text", "operation")
    given = {name: lookup.params[name] for name in names if name in lookup.params}
    texts = {name: value for name, value in given.items() if isinstance(value, str)}
    values: dict[str, Any] = {"source": "url", "spec_url": "", "spec_text": "", **texts}
    return Form.model_construct(**values)


async def _items(ctx: Context, form: Form, response: HttpResponse, index: int) -> Sequence[Item]:
    pair = (Pair(0, index),)
    kind = kind_of(response, "auto")
    if kind == "file":
        mime = mime_of(response) or "application/octet-stream"
        file = await ctx.files.put(response.body, name=file_name(response), mime=mime)
        return [Item({}, {"data": file}, pair)]
    value = json_of(response, index) if kind == "json" else response.text
    rows = value if isinstance(value, list) and form.split else [value]
    return [Item(row if isinstance(row, dict) else {"body": row}, None, pair) for row in rows]
