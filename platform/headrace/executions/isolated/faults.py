"""Errors on their way between a node's process and the worker, with what retries must know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from headrace_sdk.errors import HeadraceError, NodeError, SecretError, UpstreamError, UserError
from headrace_sdk.items import JsonObject


def to_json(error: HeadraceError) -> JsonObject:
    """What a person and the engine may know of it; `facts` stay behind."""
    told: JsonObject = {"code": error.code, "message": error.message}
    if isinstance(error, NodeError):
        told["item"] = error.item
    if isinstance(error, UserError):
        told |= {"as": "user", "field": error.field}
    elif isinstance(error, SecretError):
        told["as"] = "secret"
    elif isinstance(error, UpstreamError):
        told |= {
            "as": "upstream",
            "sent": error.sent,
            "retryable": error.is_retryable,
            "retry_after_s": error.retry_after_s,
            "status": error.status,
        }
    return told


def from_json(told: Mapping[str, Any]) -> NodeError:
    """The same error again. Without a message it was an unexpected one of the given `kind`."""
    message = told.get("message") or f"The node failed with an unexpected {told.get('kind')}."
    code, item = told["code"], told.get("item")
    match told.get("as"):
        case "user":
            return UserError(message, field=told.get("field"), code=code, item=item)
        case "secret":
            return SecretError(message, code=code, item=item)
        case "upstream":
            return UpstreamError(
                message,
                sent=told["sent"],
                retryable=told["retryable"],
                retry_after_s=told["retry_after_s"],
                status=told["status"],
                code=code,
                item=item,
            )
        case _:
            return NodeError(message, code=code, item=item)
