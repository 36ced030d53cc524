"""Calls any HTTP address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from headrace_sdk import (
    Context,
    Credential,
    CredentialSlot,
    Effect,
    Example,
    HttpResponse,
    Inputs,
    Item,
    JsonObject,
    JsonValue,
    Node,
    NodeError,
    Outputs,
    Pair,
    ParamSet,
    UpstreamError,
    each_item,
    to_main,
)
from headrace_sdk.http_headers import checked_headers
from headrace_sdk.pacing import Pace
from headrace_sdk.summaries import shown
from nodes.web.paging import Page, first_page, listed, next_page
from nodes.web.request_auth import ON_REQUESTS
from nodes.web.request_body import body_of
from nodes.web.request_form import Form
from nodes.web.response import failure, file_name, json_of, kind_of, mime_of

READING = frozenset(("GET", "HEAD", "OPTIONS"))
MIB = 1024 * 1024
PAGES_TOGETHER = 4
"""So many times the largest answer may all pages of one item be."""


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

    **Further pages.** It can follow the `Link` header, an address or a cursor in the answer, count
    pages or offsets, or ask an expression. All pages of an item come out as if they were one
    answer, in their order; *Field with the list* says which part of each page the items are in.
    Pages at another host are not followed. A cURL command that is pasted on the canvas becomes
    such a node; pasted while one is selected, it fills that one in.

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
    credentials = (CredentialSlot("auth", ON_REQUESTS, required=False),)
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
        Example(
            "The list inside of an answer, with all its pages",
            {
                "url": "https://api.example.com/users",
                "paging": "cursor",
                "next_path": "meta.cursor",
                "page_name": "after",
                "list_path": "users",
            },
            [{}],
            {"main": [{"name": "Ada"}, {"name": "Bob"}]},
            answers={
                "GET https://api.example.com/users": {
                    "users": [{"name": "Ada"}, {"name": "Bob"}],
                    "meta": {"cursor": None},
                }
            },
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
        form = params.first
        sender = Sender(ctx, await ctx.credential("auth"), Pace(form.rate, form.rate_s))

        async def call(index: int, item: Item) -> Outputs:
            return to_main(await _pages(sender, params[index], item, index))

        return await each_item(ctx.outcomes, inputs.main, call, parallel=form.parallel)


@dataclass(frozen=True, slots=True)
class Sender:
    """What all requests of a run share."""

    ctx: Context
    credential: Credential | None
    pace: Pace


async def _pages(sender: Sender, params: Form, item: Item, index: int) -> Sequence[Item]:
    """The items of the answer, and of all that follow it."""
    page: Page | None = first_page(params)
    found: list[Item] = []
    received = 0
    while page is not None:
        response = await _send(sender, params, page, item, index)
        received += len(response.body)
        if received > params.max_mib * MIB * PAGES_TOGETHER:
            message = "The pages together are too large. Ask for fewer (At most so many pages)."
            raise UpstreamError(message, retryable=False, code="answer_too_large", item=index)
        value, items = await _read(sender.ctx, params, response, index)
        found += items
        try:
            page = await next_page(sender.ctx, params, page, response, value)
        except NodeError as error:
            error.item = index
            raise
    return found


async def _send(sender: Sender, params: Form, page: Page, item: Item, index: int) -> HttpResponse:
    body = await body_of(sender.ctx, params, page.body_json, item, index)
    headers = checked_headers(params.headers)
    if body and "content-type" not in {name.lower() for name in headers}:
        headers["Content-Type"] = body.mime
    await sender.pace.wait()
    response = await sender.ctx.http.request(
        params.method,
        page.url,
        headers=headers,
        query=page.query,
        body=body.content if body else None,
        credential=sender.credential,
        timeout_s=params.timeout_s,
        max_bytes=int(params.max_mib * MIB),
        follow_redirects=params.follow_redirects,
        item=index,
    )
    if params.fail_on_status and response.status >= 400:
        error = failure(params.method, response, sender.ctx.now, index)
        if params.retry_statuses:
            error.is_retryable = str(response.status) in params.retry_statuses
        raise error
    return response


async def _read(
    ctx: Context, params: Form, response: HttpResponse, index: int
) -> tuple[JsonValue, Sequence[Item]]:
    """The answer as a value, where it is one, and the items that it gives."""
    pair = (Pair(0, index),)
    kind = kind_of(response, params.read_as)
    if kind == "file":
        mime = mime_of(response) or "application/octet-stream"
        file = await ctx.files.put(response.body, name=file_name(response), mime=mime)
        json: JsonObject = _full(response, None) if params.full_response else {}
        return None, [Item(json, {params.file_field or "data": file}, pair)]
    value = json_of(response, index) if kind == "json" else response.text
    if params.full_response:
        return value, [Item(_full(response, value), None, pair)]
    wanted = listed(params, value)
    if params.list_path and wanted is None:
        return value, []
    if isinstance(wanted, list) and params.split:
        return value, [Item(_as_object(element), None, pair) for element in wanted]
    return value, [Item(_as_object(wanted), None, pair)]


def _full(response: HttpResponse, body: JsonValue) -> JsonObject:
    headers: JsonObject = dict(response.headers)
    return {"status": response.status, "headers": headers, "body": body}


def _as_object(value: JsonValue) -> JsonObject:
    return value if isinstance(value, dict) else {"body": value}
