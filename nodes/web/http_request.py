"""Calls any HTTP address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

from headrace_sdk import (
    Context,
    Credential,
    CredentialSlot,
    Effect,
    Example,
    FileRef,
    HttpResponse,
    Inputs,
    Item,
    JsonObject,
    JsonValue,
    NameValue,
    Node,
    Outputs,
    Pair,
    Params,
    ParamSet,
    UserError,
    each_item,
    fields,
    to_main,
)
from headrace_sdk.fields import show_if
from headrace_sdk.http_headers import checked_headers
from headrace_sdk.strict_json import InvalidJson, dumps, loads
from headrace_sdk.summaries import shown
from nodes.web.request_body import Body, Upload, form, multipart
from nodes.web.response import ReadAs, failure, file_name, json_of, kind_of, mime_of

Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]
METHODS: tuple[Method, ...] = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
READING = frozenset(("GET", "HEAD", "OPTIONS"))


class Form(Params):
    """The request, and how its answer is read."""

    method: Method = fields.select(
        "Method", "GET", labels={name: name for name in METHODS}, half=True
    )
    url: str = fields.text(
        "URL", placeholder="https://api.example.com/orders", help="With http:// or https://."
    )
    query: list[NameValue] = fields.key_value("Query", help="Added to the URL, well encoded.")
    headers: list[NameValue] = fields.key_value("Headers")
    body: Literal["none", "json", "form", "multipart", "raw", "file"] = fields.select(
        "Body",
        "none",
        labels={
            "none": "None",
            "json": "JSON",
            "form": "Form",
            "multipart": "Form with files",
            "raw": "Text",
            "file": "A file of the item",
        },
        expression=False,
    )
    body_json: Any = fields.json(
        "JSON",
        None,
        help="Any JSON value; an expression may give a whole object.",
        show_if=show_if("body", "json"),
    )
    body_fields: list[NameValue] = fields.key_value(
        "Form fields", show_if=show_if("body", "form", "multipart")
    )
    body_files: list[str] = fields.tags(
        "Files",
        help="Names of files on the item; each is sent as a field of that name.",
        placeholder="data",
        show_if=show_if("body", "multipart"),
    )
    body_text: str = fields.textarea("Text", "", rows=6, show_if=show_if("body", "raw"))
    body_file: str = fields.file(
        "File", "data", help="The name of a file on the item.", show_if=show_if("body", "file")
    )
    content_type: str = fields.text(
        "Content type",
        "",
        placeholder="text/plain; charset=utf-8",
        help="Empty: that of the body.",
        show_if=show_if("body", "raw", "file", "json"),
        advanced=True,
    )
    read_as: ReadAs = fields.select(
        "Read the answer as",
        "auto",
        labels={"auto": "What it says it is", "json": "JSON", "text": "Text", "file": "A file"},
    )
    file_field: str = fields.text(
        "Name of the file",
        "data",
        help="The answer's file stands on the item under this name.",
        show_if=show_if("read_as", "auto", "file"),
        advanced=True,
    )
    split: bool = fields.toggle(
        "One item for each element of a list",
        True,
        help="Off: a list stays one item, in the field `body`.",
        advanced=True,
    )
    full_response: bool = fields.toggle(
        "Status and headers, too",
        False,
        help="The item is then `{status, headers, body}`.",
        advanced=True,
    )
    fail_on_status: bool = fields.toggle("Fail when the status is 400 or more", True, advanced=True)
    follow_redirects: bool = fields.toggle("Follow redirects", True, advanced=True)
    timeout_s: float = fields.duration(
        "Time limit", 30, minimum=0.1, maximum=600, help="For each request.", advanced=True
    )
    honours_key: bool = fields.toggle(
        "The service honours idempotency keys",
        False,
        help="Then a POST or PATCH is repeated by itself when nobody knows whether it arrived.",
        show_if=show_if("method", "POST", "PATCH"),
        advanced=True,
    )
    parallel: int = fields.number(
        "Requests at a time",
        5,
        minimum=1,
        maximum=50,
        help="1 sends them strictly one after another.",
        advanced=True,
    )


class HttpRequest(Node[Form]):
    """Sends an HTTP request for each item and passes on what is answered.

    Use it for every service that has no node of its own. The credential is put on the request by
    the platform; the node does not see it in its parameters.

    **What comes out.** An object becomes the item; a list gives one item for each element; other
    values, and texts, stand in the field `body`; everything else becomes a file. With *status and
    headers, too* the item is `{"status", "headers", "body"}`.

    **When it fails.** A status of 400 or more is an error with status and body. With *On error* set
    to *continue* or *error port*, the other items go on; a later attempt repeats none that went
    well. It is worth
    repeating (see *Behaviour*, retry) when the service is overloaded or asks to come back later.
    Each request carries an idempotency key where the method writes, the same in every attempt.
    When a worker dies or the time runs out during a POST or PATCH, nobody knows whether it arrived:
    the step then waits for a person, unless the service honours the key, or *On crash* says retry.

    Addresses inside the network are refused, unless the operator allows them.
    """

    type = "web.http_request"
    title = "HTTP Request"
    category = "web"
    icon = "globe"
    synonyms = ("api", "rest", "call", "fetch", "curl", "get", "post", "download", "upload")
    place = "async"
    effect = "varies"
    sends_idempotency_key = True
    per_item = True
    credentials = (
        CredentialSlot("auth", ("http_basic", "http_bearer", "http_header"), required=False),
    )
    Params = Form
    examples = (
        Example(
            "A list of orders",
            {"url": "https://api.example.com/orders"},
            [{}],
            {"main": [{"id": 1}, {"id": 2}]},
            answers={"GET https://api.example.com/orders": [{"id": 1}, {"id": 2}]},
        ),
        Example(
            "Create a customer",
            {
                "method": "POST",
                "url": "https://api.example.com/customers",
                "body": "json",
                "body_json": {"name": "Anna"},
            },
            [{}],
            {"main": [{"id": 7, "name": "Anna"}]},
            answers={"POST https://api.example.com/customers": {"id": 7, "name": "Anna"}},
        ),
    )

    @classmethod
    def effect_of(cls, params: Form) -> Effect:
        """GET, HEAD and OPTIONS read; everything else writes."""
        return "read" if params.method in READING else "write"

    @classmethod
    def is_keyed(cls, params: Form) -> bool:
        """PUT and DELETE mean the same when repeated (RFC 9110, 9.2.2); others only with a key."""
        return params.honours_key or params.method in ("PUT", "DELETE")

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """Method and address."""
        return f"{shown(params.get('method', 'GET'))} {shown(params.get('url'))}".strip()

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """The answers, in the order of the items."""
        credential = await ctx.credential("auth")

        async def call(index: int, item: Item) -> Outputs:
            return to_main(await _call(ctx, params[index], item, index, credential))

        return await each_item(ctx.outcomes, inputs.main, call, parallel=params.first.parallel)


async def _call(
    ctx: Context, params: Form, item: Item, index: int, credential: Credential | None
) -> Sequence[Item]:
    body = await _body(ctx, params, item, index)
    headers = checked_headers(params.headers)
    if body and "content-type" not in {name.lower() for name in headers}:
        headers["Content-Type"] = body.mime
    response = await ctx.http.request(
        params.method,
        params.url.strip(),
        headers=headers,
        query=[(row.name, row.value) for row in params.query if row.name],
        body=body.content if body else None,
        credential=credential,
        timeout_s=params.timeout_s,
        follow_redirects=params.follow_redirects,
        item=index,
    )
    if params.fail_on_status and response.status >= 400:
        raise failure(params.method, response, ctx.now, index)
    return await _items(ctx, params, response, index)


async def _body(ctx: Context, params: Form, item: Item, index: int) -> Body | None:
    if params.body == "json":
        body = Body(_json_bytes(params.body_json, index), "application/json")
    elif params.body == "form":
        body = form(params.body_fields)
    elif params.body == "multipart":
        uploads = [await _upload(ctx, item, name, index) for name in params.body_files]
        return multipart(params.body_fields, uploads, ctx.random)
    elif params.body == "raw":
        body = Body(params.body_text.encode(), "text/plain; charset=utf-8")
    elif params.body == "file":
        upload = await _upload(ctx, item, params.body_file, index)
        body = Body(upload.content, upload.mime)
    else:
        return None
    return replace(body, mime=params.content_type) if params.content_type else body


def _json_bytes(value: JsonValue, index: int) -> bytes:
    """The value as JSON; a text that itself says an object or a list is taken as that."""
    try:
        if isinstance(value, str) and value.lstrip()[:1] in ("{", "["):
            value = loads(value.encode())
        return dumps(value)
    except InvalidJson as error:
        raise UserError(error.message, field="body_json", code=error.code, item=index) from None


async def _upload(ctx: Context, item: Item, name: str, index: int) -> Upload:
    file: FileRef | None = (item.binary or {}).get(name)
    if file is None:
        message = f"The item has no file {name!r}; it has {', '.join(item.binary or {}) or 'none'}."
        raise UserError(message, field="body_file", code="no_file", item=index)
    return Upload(name, file.name, file.mime, await ctx.files.read(file))


async def _items(ctx: Context, params: Form, response: HttpResponse, index: int) -> Sequence[Item]:
    pair = (Pair(0, index),)
    kind = kind_of(response, params.read_as)
    if kind == "file":
        mime = mime_of(response) or "application/octet-stream"
        file = await ctx.files.put(response.body, name=file_name(response), mime=mime)
        json: JsonObject = _full(response, None) if params.full_response else {}
        return [Item(json, {params.file_field or "data": file}, pair)]
    value = json_of(response, index) if kind == "json" else response.text
    if params.full_response:
        return [Item(_full(response, value), None, pair)]
    if isinstance(value, list) and params.split:
        return [Item(_as_object(element), None, pair) for element in value]
    return [Item(_as_object(value), None, pair)]


def _full(response: HttpResponse, body: JsonValue) -> JsonObject:
    headers: JsonObject = dict(response.headers)
    return {"status": response.status, "headers": headers, "body": body}


def _as_object(value: JsonValue) -> JsonObject:
    return value if isinstance(value, dict) else {"body": value}
