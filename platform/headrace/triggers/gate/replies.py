"""Turns what a worker says about an execution into the answer to its webhook."""

from __future__ import annotations

import base64
from typing import Any, Final

import orjson

from headrace.files import queries as files
from headrace.tenants.threads import in_thread
from headrace.triggers.gate.http import Answer, json_answer, problem
from headrace.triggers.gate.lookup import Registered

RESPONSE_DATA: Final = "response_data"


async def answer_for(trigger: Registered, told: dict[str, Any]) -> Answer:
    """The answer for an execution that ended or replied.

    `told` is `{"execution", "status", "reply"?, "items"?, "error"?}`.
    """
    if told.get("reply"):
        return await _custom(told["reply"])
    if told["status"] != "completed":
        return _failed(told)
    options = trigger.registration.options
    items = told.get("items") or []
    data = options.get(RESPONSE_DATA, "first_item")
    if data == "none":
        return Answer(trigger.registration.response_status)
    body = [item["json"] for item in items] if data == "all_items" else _first(items)
    answer = json_answer(trigger.registration.response_status, body)
    answer.headers |= _headers(options)
    return answer


def accepted(trigger: Registered, execution_id: object) -> Answer:
    """The answer at acceptance, and where the result does not come in time."""
    answer = json_answer(202, {"execution": str(execution_id)})
    if trigger.registration.respond == "immediately":
        answer.status = trigger.registration.response_status
        answer.headers |= _headers(trigger.registration.options)
    return answer


def _headers(options: dict[str, Any]) -> dict[str, str]:
    rows = options.get("response_headers") or []
    return {str(row["name"]): str(row["value"]) for row in rows}


def _first(items: list[dict[str, Any]]) -> Any:
    return items[0]["json"] if items else {}


def _failed(told: dict[str, Any]) -> Answer:
    """The caller learns that it failed and which execution to look at, not what is inside."""
    answer = problem(
        500, "workflow_failed", f"The workflow ended as {told['status']} without an answer."
    )
    answer.headers["X-Execution-Id"] = str(told["execution"])
    return answer


async def _custom(reply: dict[str, Any]) -> Answer:
    headers = {str(name): str(value) for name, value in (reply.get("headers") or {}).items()}
    kind = next((v for n, v in headers.items() if n.lower() == "content-type"), None)
    if reply["kind"] == "file":
        content = await in_thread(files.read, reply["body"]["id"])
        return Answer(reply["status"], content, kind or reply["body"]["mime"], headers)
    if reply["kind"] == "bytes":
        content = base64.b64decode(reply["body"])
        return Answer(reply["status"], content, kind or "application/octet-stream", headers)
    if reply["kind"] == "text":
        text = str(reply["body"]).encode()
        return Answer(reply["status"], text, kind or "text/plain; charset=utf-8", headers)
    if reply["body"] is None:
        return Answer(reply["status"], b"", kind or "application/json", headers)
    body = orjson.dumps(reply["body"])
    return Answer(reply["status"], body, kind or "application/json", headers)
