"""What an execution says to whoever speaks with it: a text, and the sources that it rests on."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from headrace_sdk.items import JsonObject, JsonValue
from headrace_sdk.texts import as_text

FAILED: Final = "That did not work. Please try again."
MOST_SOURCES: Final = 20
LONGEST_SOURCE: Final = 1_000
"""Characters of a passage that are kept with an answer."""

_TEXTS: Final = ("text", "reply", "answer", "output", "message")
_SOURCES: Final = ("sources", "citations", "passages")
_TITLES: Final = ("citation", "source", "title", "document", "name", "url")


@dataclass(frozen=True, slots=True)
class Reply:
    """`sources` are `{"title", "text", "url"}` in the order in which an answer numbers them."""

    text: str
    sources: tuple[JsonObject, ...] = ()


def reply_of(told: Mapping[str, Any]) -> Reply:
    """That of a Respond node, or of the first item of the last node."""
    reply = told.get("reply")
    if reply and reply["kind"] == "bytes":
        return Reply(base64.b64decode(reply["body"]).decode("utf-8", "replace"))
    if reply and reply["kind"] != "file":
        return _of_value(reply["body"])
    if reply or told["status"] != "completed":
        return Reply(FAILED)
    items = told.get("items") or []
    return _of_value(items[0]["json"]) if items else Reply("")


def _of_value(value: Any) -> Reply:
    if not isinstance(value, dict):
        return Reply(as_text(value))
    found = next((value[name] for name in _TEXTS if isinstance(value.get(name), str)), None)
    text = as_text(cast("JsonValue", value)) if found is None else found
    return Reply(text, tuple(_sources(value)) if found is not None else ())


def _sources(value: JsonObject) -> Iterator[JsonObject]:
    """What the item itself names, else what its agent found."""
    agent = value.get("agent")
    for holder in (value, agent if isinstance(agent, dict) else {}):
        for name in _SOURCES:
            given = holder.get(name)
            if isinstance(given, list) and given:
                yield from _shaped(given[:MOST_SOURCES])
                return


def _shaped(given: Iterable[JsonValue]) -> Iterator[JsonObject]:
    for one in given:
        found = one if isinstance(one, dict) else {"title": as_text(one)}
        title = next((found[name] for name in _TITLES if isinstance(found.get(name), str)), "")
        text, url = found.get("text"), found.get("url")
        yield {
            "title": str(title)[:200],
            "text": text[:LONGEST_SOURCE] if isinstance(text, str) else "",
            "url": url if isinstance(url, str) and url.startswith(("https://", "http://")) else "",
        }
