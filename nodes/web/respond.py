"""Answers the request that started the run."""

from __future__ import annotations

from typing import Any, Literal

from headrace_sdk import (
    Context,
    Example,
    FileRef,
    Inputs,
    JsonObject,
    JsonValue,
    NameValue,
    Node,
    Outputs,
    Params,
    ParamSet,
    Reply,
    UserError,
    fields,
    to_main,
)
from headrace_sdk.fields import show_if
from headrace_sdk.http_headers import checked_headers
from headrace_sdk.strict_json import InvalidJson, dumps
from headrace_sdk.summaries import shown


class Form(Params):
    """The answer."""

    body: Literal["first_item", "all_items", "json", "text", "file", "empty"] = fields.select(
        "Answer with",
        "first_item",
        labels={
            "first_item": "The first item",
            "all_items": "A list of all items",
            "json": "JSON of your own",
            "text": "Text",
            "file": "A file of the first item",
            "empty": "Nothing",
        },
        expression=False,
    )
    body_json: Any = fields.json(
        "JSON", dict, help="Any JSON value.", show_if=show_if("body", "json")
    )
    body_text: str = fields.textarea("Text", "", rows=6, show_if=show_if("body", "text"))
    body_file: str = fields.file(
        "File", "data", help="The name of a file on the item.", show_if=show_if("body", "file")
    )
    content_type: str = fields.text(
        "Content type",
        "",
        placeholder="text/html; charset=utf-8",
        help="Empty: that of the body.",
        show_if=show_if("body", "json", "text", "file"),
    )
    status: int = fields.number("Status", 200, minimum=200, maximum=599)
    headers: list[NameValue] = fields.key_value("Headers", advanced=True)


class Respond(Node[Form]):
    """Answers the webhook request that started this run.

    Use it with a **Webhook** whose answer is set to *By a Respond node*: you choose status,
    headers and body, and may go on working afterwards. The first answer counts; where nobody
    waits (any more), the node does nothing. The items come out as they went in.
    """

    type = "web.respond"
    title = "Respond to Webhook"
    category = "web"
    icon = "reply"
    synonyms = ("answer", "response", "return", "reply", "webhook", "redirect")
    effect = "write"
    sends_idempotency_key = True
    Params = Form
    examples = (
        Example(
            "The first item as JSON",
            {"status": 201},
            [{"id": 7}],
            {"main": [{"id": 7}]},
        ),
        Example(
            "A redirect",
            {
                "body": "empty",
                "status": 303,
                "headers": [{"name": "Location", "value": "https://example.com/thanks"}],
            },
        ),
        Example(
            "A page",
            {
                "body": "text",
                "body_text": "<h1>Thank you</h1>",
                "content_type": "text/html; charset=utf-8",
            },
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """Status and kind of body."""
        words = str(params.get("body", "first_item")).replace("_", " ")
        return f"{shown(params.get('status', 200))} {shown(words)}"

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """The items, after the answer was handed over."""
        form = params.first
        headers = checked_headers(form.headers)
        body = _body(form, inputs)
        mime = form.content_type or _default_type(form)
        if mime and "content-type" not in {name.lower() for name in headers}:
            headers["Content-Type"] = mime
        ctx.reply(Reply(form.status, headers, body))
        return to_main([item.at(index) for index, item in enumerate(inputs.main)])


def _body(form: Form, inputs: Inputs) -> JsonValue | bytes | FileRef:
    body: JsonValue | bytes | FileRef = b""
    if form.body == "text":
        body = form.body_text.encode()
    elif form.body == "json":
        body = _json_bytes(form.body_json)
    elif form.body == "file":
        body = _file(form, inputs)
    elif form.body == "all_items":
        body = [item.json for item in inputs.main]
    elif form.body == "first_item":
        body = inputs.main[0].json if inputs.main else {}
    return body


def _file(form: Form, inputs: Inputs) -> FileRef:
    files = inputs.main[0].binary if inputs.main else None
    if not files or form.body_file not in files:
        message = f"The first item has no file {form.body_file!r}."
        raise UserError(message, field="body_file", code="no_file", item=0)
    return files[form.body_file]


def _json_bytes(value: JsonValue) -> bytes:
    """Bytes, because a reply that is a text would go out as plain text."""
    try:
        return dumps(value)
    except InvalidJson as error:
        raise UserError(error.message, field="body_json", code=error.code) from None


def _default_type(form: Form) -> str:
    return {"json": "application/json", "text": "text/plain; charset=utf-8"}.get(form.body, "")
