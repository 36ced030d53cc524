"""What a caller of a tool is told of the run that it began."""

from __future__ import annotations

import base64
from typing import Any, Final
from uuid import UUID

import orjson

from headrace.files import queries as files
from headrace.tenants.threads import in_thread
from headrace.triggers.gate.acceptance import Told
from headrace.triggers.gate.lookup import Registered
from headrace.triggers.gate.replies import RESPONSE_DATA
from headrace_sdk.items import JsonObject, JsonValue

MAX_FILE: Final = 4 * 1024 * 1024
"""Bytes of a file in a result; larger ones are only named."""


async def result_of(trigger: Registered, told: Told) -> JsonObject:
    """The result of a run that ended or replied; `told` as in `replies.answer_for`."""
    if told.get("reply"):
        return await _replied(told["reply"])
    if told["status"] != "completed":
        # What is inside of the run is for members, not for callers.
        text = f"The workflow ended as {told['status']} (execution {told['execution']})."
        return failed(text)
    items = [item["json"] for item in told.get("items") or []]
    if trigger.registration.options.get(RESPONSE_DATA) == "all_items":
        return structured({"items": items})
    return structured(items[0] if items else {})


def still_running(execution_id: UUID) -> JsonObject:
    """The run goes on, and its result is not waited for any longer."""
    told: JsonObject = {"execution": str(execution_id), "status": "running"}
    return {**_text("The workflow is still running."), "structuredContent": told}


def failed(text: str) -> JsonObject:
    """The tool did not do it; models read why."""
    return {**_text(text), "isError": True}


def structured(value: JsonObject) -> JsonObject:
    """An object, and the same as a text for clients that know no structured results."""
    return {**_text(orjson.dumps(value).decode()), "structuredContent": value}


async def _replied(reply: dict[str, Any]) -> JsonObject:
    body = reply["body"]
    match reply["kind"]:
        case "file":
            result = await _file(body)
        case "bytes":
            result = _blob("reply", "application/octet-stream", body)
        case "text":
            result = _text(str(body))
        case _ if isinstance(body, dict):
            result = structured(body)
        case _:
            result = _text(orjson.dumps(body).decode())
    return {**result, "isError": True} if reply["status"] >= 400 else result


async def _file(file: dict[str, Any]) -> JsonObject:
    mime, name = str(file["mime"]), str(file["name"])
    if file["size"] > MAX_FILE:
        return _text(f"{name}, {file['size']} bytes, is too large to be sent here.")
    encoded = base64.b64encode(await in_thread(files.read, file["id"])).decode()
    if mime.startswith("image/"):
        return _content({"type": "image", "data": encoded, "mimeType": mime})
    return _blob(name, mime, encoded)


def _blob(name: str, mime: str, encoded: str) -> JsonObject:
    resource: JsonObject = {"uri": f"headrace:{name}", "mimeType": mime, "blob": encoded}
    return _content({"type": "resource", "resource": resource})


def _text(text: str) -> JsonObject:
    return _content({"type": "text", "text": text})


def _content(block: JsonObject) -> JsonObject:
    blocks: list[JsonValue] = [block]
    return {"content": blocks}
