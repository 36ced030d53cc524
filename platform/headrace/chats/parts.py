"""What a conversation shows of a run while it goes on: the words of its models, and their tools.

The pages of the editor fold the same facts of the same channels by themselves; this is for readers
that have no socket. Nothing here is for members only: no arguments, no results, no reasons.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from headrace.executions import log
from headrace_sdk.items import JsonObject, JsonValue

CALL_STATUS: Final = {
    log.CALL_STARTED: "running",
    log.CALL_COMPLETED: "completed",
    log.CALL_FAILED: "failed",
    log.CALL_SUSPENDED: "waiting",
}
SHOWN_KINDS: Final = frozenset({"tool", "retriever"})
"""What an agent calls that people would call a tool; models speak by their text."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing to show.

    `text` is all that a step has streamed, in place of what it had. `call` is the new state of a
    call, `{"call", "name", "status"}`; status is running, completed, failed or waiting.
    """

    kind: Literal["text", "call"]
    value: JsonValue


def parts_of(message: Mapping[str, Any]) -> Iterator[Part]:
    """Of a message of an execution's group; none where it says nothing of that kind."""
    facts = message.get("facts") or ()
    if message["type"] == "ephemeral":
        yield from (Part("text", str(one["text"])) for one in facts if one["kind"] == "stream")
    elif message["type"] == "facts":
        yield from (Part("call", _call(one)) for one in facts if _is_shown(one))


def _is_shown(fact: Mapping[str, Any]) -> bool:
    return fact["type"] in CALL_STATUS and fact["data"].get("kind") in SHOWN_KINDS


def _call(fact: Mapping[str, Any]) -> JsonObject:
    data = fact["data"]
    again = fact["type"] == log.CALL_FAILED and data.get("will_retry")
    return {
        "call": f"{fact['node']}/{fact['run']}/{data['call']}",
        "name": data["name"],
        "status": "running" if again else CALL_STATUS[fact["type"]],
    }
