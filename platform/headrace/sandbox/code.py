"""What goes into a job of code and what its answer means: items here, JSON there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Literal

from headrace.sandbox.crossing import given_item, read, unreadable, written
from headrace.sandbox.errors import CodeStopped
from headrace_sdk.errors import NodeError
from headrace_sdk.items import FileRef, Item, JsonObject, Pair

Level = Literal["debug", "info", "warning", "error"]
LEVELS: Final[dict[str, Level]] = {level: level for level in ("debug", "info", "warning", "error")}
Print = Callable[[str, Level], None]


def body_of(
    source: str,
    items: Sequence[Item],
    *,
    per_item: bool,
    variables: JsonObject,
    seed: int,
    zones: Mapping[str, str] | None = None,
) -> bytes:
    """The job as `guest/code.js` and `guest/cpython/inside.py` read it."""
    job = {
        "source": source,
        "perItem": per_item,
        "items": [given_item(item) for item in items],
        "variables": variables,
        "zones": zones or {},
        "seed": seed & 0xFFFFFFFF,
        "chance": [seed >> shift & 0xFFFFFFFF for shift in (0, 32, 64, 96)],
    }
    return written(job)


def items_of(body: bytes, given: Sequence[Item], say: Print) -> list[Item]:
    """The items of an answer; what was printed goes to `say`, also when it failed.

    Raises:
        NodeError: the code failed, or the answer is none that we know.
    """
    answer = _parsed(body)
    for level, text in answer.get("lines", ()):
        say(str(text), LEVELS.get(level, "info"))
    error = answer.get("error")
    if error is not None:
        raise _failure(error, len(given))
    files = {ref.id: ref for item in given for ref in (item.binary or {}).values()}
    return [_made(entry, given, files) for entry in answer["items"]]


def _parsed(body: bytes) -> dict[str, Any]:
    answer = read(body)
    if not ("error" in answer or "items" in answer):
        raise unreadable()
    return answer


def _failure(error: Any, count: int) -> NodeError:
    fault = error if isinstance(error, dict) else {}
    item, line = fault.get("item"), fault.get("line")
    return CodeStopped(
        str(fault.get("message", "The code failed."))[:4_000],
        code=str(fault.get("code", "code_failed")),
        item=item if isinstance(item, int) and 0 <= item < count else None,
        facts={"line": line} if isinstance(line, int) and line > 0 else None,
    )


def _made(entry: Any, given: Sequence[Item], files: dict[str, FileRef]) -> Item:
    if not isinstance(entry, dict) or not isinstance(entry.get("json"), dict):
        raise unreadable()
    origins = entry.get("from") or ()
    if not all(type(origin) is int and 0 <= origin < len(given) for origin in origins):
        message = "`pairedItem` is the number of an item that was given, counted from 0."
        raise CodeStopped(message, code="code_result_invalid")
    paired = tuple(Pair(0, origin) for origin in origins)
    return Item(entry["json"], _files(entry.get("binary"), files) or None, paired)


def _files(named: Any, files: dict[str, FileRef]) -> dict[str, FileRef]:
    """Code passes files on by their ids; it cannot make references of its own."""
    if not isinstance(named, dict):
        return {}
    kept = {}
    for name, ref in named.items():
        known = files.get(str(ref.get("id"))) if isinstance(ref, dict) else None
        if known is None:
            message = f'The file "{name}" is none of the files that were given to the code.'
            raise CodeStopped(message, code="code_result_invalid")
        kept[name] = known
    return kept
