"""Starts a run when somebody calls an address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Final, Literal, Self

from pydantic import BeforeValidator, model_validator

from headrace_sdk import (
    CredentialSlot,
    Example,
    JsonObject,
    NameValue,
    Params,
    Registration,
    Trigger,
    WebhookRegistration,
    fields,
)
from headrace_sdk.fields import show_if
from headrace_sdk.http_headers import checked_headers
from headrace_sdk.networks import checked_networks
from headrace_sdk.registrations import RespondMode
from headrace_sdk.summaries import names_in, text_of

Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]
METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")


def _as_list(value: object) -> object:
    """One method may be written without a list."""
    return [value] if isinstance(value, str) else value


class Form(Params):
    """Address, callers and answer."""

    path: str = fields.text(
        "Path",
        "",
        placeholder="orders/:id",
        help="Behind /webhook/. A segment with a colon is a parameter. Empty: a random path.",
        max_length=500,
        expression=False,
    )
    method: Annotated[list[Method], BeforeValidator(_as_list)] = fields.multiselect(
        "Methods", lambda: ["POST"], labels={name: name for name in METHODS}, expression=False
    )
    auth: Literal["none", "basic", "header", "hmac", "jwt"] = fields.select(
        "Who may call",
        "none",
        labels={
            "none": "Anybody who knows the address",
            "basic": "With user and password",
            "header": "With a secret header",
            "hmac": "With a signature (HMAC)",
            "jwt": "With a signed token (JWT)",
        },
        expression=False,
    )
    signature_header: str = fields.text(
        "Signature header",
        "X-Signature",
        help="Where the sender puts the signature, such as X-Hub-Signature-256.",
        show_if=show_if("auth", "hmac"),
        expression=False,
    )
    signature_prefix: str = fields.text(
        "Before the signature",
        "",
        placeholder="sha256=",
        help="A fixed text that stands before it.",
        show_if=show_if("auth", "hmac"),
        expression=False,
        half=True,
    )
    signature_digest: Literal["sha256", "sha1", "sha512"] = fields.select(
        "Algorithm",
        "sha256",
        labels={"sha256": "SHA-256", "sha512": "SHA-512", "sha1": "SHA-1"},
        show_if=show_if("auth", "hmac"),
        expression=False,
        half=True,
    )
    signature_encoding: Literal["hex", "base64"] = fields.select(
        "Written as",
        "hex",
        labels={"hex": "Hexadecimal", "base64": "Base64"},
        show_if=show_if("auth", "hmac"),
        expression=False,
        half=True,
    )
    timestamp_header: str = fields.text(
        "Timestamp header",
        "",
        help="Seconds since 1970; then `timestamp.body` is signed, and old requests are refused.",
        show_if=show_if("auth", "hmac"),
        expression=False,
        half=True,
    )
    issuer: str = fields.text(
        "Issuer",
        "",
        help="What iss of the token must be. Empty: not looked at.",
        show_if=show_if("auth", "jwt"),
        expression=False,
        half=True,
    )
    audience: str = fields.text(
        "Audience",
        "",
        help="What aud of the token must hold. Empty: not looked at.",
        show_if=show_if("auth", "jwt"),
        expression=False,
        half=True,
    )
    allowed: list[str] = fields.tags(
        "Only from these addresses",
        at_most=100,
        help="Such as 192.0.2.7 or 192.0.2.0/24. None: from everywhere.",
        advanced=True,
        expression=False,
    )
    delivery_header: str = fields.text(
        "Delivery id header",
        "",
        placeholder="X-GitHub-Delivery",
        help="A request whose value there came before starts nothing and is answered alike.",
        advanced=True,
        expression=False,
    )
    respond: RespondMode = fields.select(
        "Answer",
        "immediately",
        labels={
            "immediately": "At once",
            "last_node": "With what the last node puts out",
            "respond_node": "By a Respond node",
        },
        expression=False,
    )
    response_status: int = fields.number(
        "Status",
        200,
        minimum=200,
        maximum=599,
        show_if=show_if("respond", "immediately", "last_node"),
        expression=False,
        half=True,
    )
    response_data: Literal["first_item", "all_items", "none"] = fields.select(
        "Body",
        "first_item",
        labels={"first_item": "The first item", "all_items": "All items", "none": "Nothing"},
        show_if=show_if("respond", "last_node"),
        expression=False,
        half=True,
    )
    response_headers: list[NameValue] = fields.key_value(
        "Headers of the answer",
        show_if=show_if("respond", "immediately", "last_node"),
        advanced=True,
        expression=False,
    )
    raw_body: bool = fields.toggle(
        "Leave the body as it is",
        False,
        help="It becomes the file `data` whatever its type.",
        advanced=True,
        expression=False,
    )

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if not self.method:
            message = "Choose at least one method"
            raise ValueError(message)
        if self.auth == "hmac" and not self.signature_header:
            message = "Name the header that holds the signature"
            raise ValueError(message)
        return self


class Webhook(Trigger[Form]):
    """Starts a run when an HTTP request comes in.

    Each request gives one item: `{"method", "path", "params", "query", "headers", "body"}`, with
    header names in lower case. JSON and form bodies are read; uploads and other types become
    files. While you edit, **Listen** opens a test address; the live one works once the workflow
    is active.

    The caller is answered at once, with what the last node puts out, or by a **Respond** node.
    A run that takes longer than half a minute is answered with 202 and its id.

    With a *signed token* (`Authorization: Bearer …`) the credential has the key, or its public
    half, and the algorithm; the token must not have ended, and what it says is `claims` on the
    item. With a *signature* the digest is made over the body as it was sent, and compared in
    constant time. Without its credential the workflow cannot be activated.
    """

    type = "triggers.webhook"
    title = "Webhook"
    category = "trigger"
    icon = "webhook"
    synonyms = ("http", "request", "endpoint", "hook", "api", "callback", "listen")
    credentials = (
        CredentialSlot("auth", ("http_basic",), show_if=("auth", ("basic",))),
        CredentialSlot("auth", ("http_header",), show_if=("auth", ("header",))),
        CredentialSlot("auth", ("http_hmac",), show_if=("auth", ("hmac",))),
        CredentialSlot("auth", ("jwt_key",), show_if=("auth", ("jwt",))),
    )
    output_schema = {
        "type": "object",
        "properties": {
            "method": {"type": "string"},
            "path": {"type": "string"},
            "params": {"type": "object"},
            "query": {"type": "object"},
            "headers": {"type": "object"},
            "body": {},
            "claims": {"type": "object"},
        },
    }
    Params = Form
    examples = (
        Example(
            "Orders by POST",
            {"path": "orders", "method": ["POST"], "respond": "last_node"},
            [
                {
                    "method": "POST",
                    "path": "orders",
                    "params": {},
                    "query": {},
                    "headers": {"content-type": "application/json"},
                    "body": {"total": 120},
                }
            ],
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """Methods and path."""
        stored = params.get("method", ["POST"])
        methods = stored if isinstance(stored, str) else names_in(stored)
        return f"{methods} {text_of(params.get('path'))}".strip()

    @classmethod
    def register(cls, params: Form, node_id: str) -> Sequence[Registration]:
        """One address for all methods."""
        headers = checked_headers(params.response_headers, field="response_headers")
        options: JsonObject = {
            "delivery_header": params.delivery_header,
            "response_data": params.response_data,
            "response_headers": [{"name": name, "value": headers[name]} for name in headers],
        }
        if params.allowed:
            options["allowed"] = [*checked_networks(params.allowed, field="allowed")]
        if params.auth == "jwt":
            options |= {"issuer": params.issuer, "audience": params.audience}
        if params.auth == "hmac":
            options |= {
                "header": params.signature_header,
                "prefix": params.signature_prefix,
                "digest": params.signature_digest,
                "encoding": params.signature_encoding,
                "timestamp_header": params.timestamp_header,
            }
        return [
            WebhookRegistration(
                path=params.path.strip("/"),
                methods=tuple(dict.fromkeys(params.method)),
                auth=params.auth,
                respond=params.respond,
                response_status=params.response_status,
                raw_body=params.raw_body,
                options=options,
            )
        ]
