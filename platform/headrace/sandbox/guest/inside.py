"""Runs inside the interpreter of a job, whichever it is: what stands around the code.

Convenience, not a wall: whatever the code does to it, it does to itself. It begins when nobody
waits for it, so it loads at once what code mostly needs.
"""

from __future__ import annotations

import ast
import base64
import collections  # noqa: F401
import csv  # noqa: F401
import datetime
import decimal
import hashlib  # noqa: F401
import importlib
import io
import itertools  # noqa: F401
import json
import math  # noqa: F401
import os
import random
import re  # noqa: F401
import statistics  # noqa: F401
import sys
import types
import uuid
from collections.abc import Callable, Iterable, Mapping
from typing import Any

Json = dict[str, Any]

RESULT = 2
NAME = "<code>"
TEXTS = (datetime.date, datetime.time, uuid.UUID)
ITEM_KEYS = {"json", "binary", "pairedItem", "paired", "error"}


class Refused(Exception):
    """The code did what it must not; `code` is one of `headrace_sdk.code`."""

    def __init__(self, code: str, message: str, item: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.item = item


class Item(dict[str, Any]):
    """An item: `item["json"]` or `item.json`, and `binary` if there are files."""

    @property
    def json(self) -> Any:
        """Its data."""
        return self["json"]

    @json.setter
    def json(self, value: Any) -> None:
        self["json"] = value

    @property
    def binary(self) -> Any:
        """Its files by name."""
        return self.get("binary", {})


def compiled(source: str, names: Iterable[str]) -> Callable[..., Any]:
    """The code as a function of these names, so that it may `return`."""
    try:
        tree = ast.parse(source or "pass", NAME)
        made = ast.parse(f"def run({', '.join(names)}): pass", NAME)
        made.body[0].body = tree.body or made.body[0].body  # type: ignore[attr-defined]
        space: Json = {"__name__": "__main__"}
        exec(compile(made, NAME, "exec"), space)  # noqa: S102 - that is what it is for
        return space["run"]  # type: ignore[no-any-return]
    except SyntaxError as error:
        place = f" (line {error.lineno})" if error.lineno else ""
        raise Refused("code_syntax", f"SyntaxError: {error.msg}{place}") from None
    except ValueError as error:
        raise Refused("code_syntax", f"SyntaxError: {error}") from None


def made_item(value: Any, lineage: Mapping[int, int], at: int | None = None) -> Json:
    """A returned value as JSON that the host reads."""
    if not isinstance(value, dict):
        message = f"An item is a dict, not {value!r:.80}. Return dicts such as {{'name': 'Ada'}}."
        raise Refused("code_result_invalid", message, at)
    origin = lineage.get(id(value), lineage.get(id(value.get("json"))))
    is_item = isinstance(value.get("json"), dict) and value.keys() <= ITEM_KEYS
    said = value.get("pairedItem") if is_item else None
    if said is not None and id(value) not in lineage:
        entries = said if isinstance(said, list) else [said]
        origins = [one.get("item") if isinstance(one, dict) else one for one in entries]
    else:
        origins = [] if origin is None else [origin]
    if not is_item:
        return {"json": value, "from": origins}
    return {"json": value["json"], "binary": value.get("binary"), "from": origins}


def for_all(job: Json, items: list[Item], variables: Json) -> list[Json]:
    """Once over all items."""
    values = {"items": items, **variables}
    lineage = {id(part): at for at, item in enumerate(items) for part in (item, item["json"])}
    made = compiled(job["source"], values)(**values)
    if made is None:
        message = "The code returned nothing. End it with `return items`, or `return []` for none."
        raise Refused("code_result_invalid", message)
    if isinstance(made, (types.GeneratorType, tuple, map, filter)):
        made = list(made)
    made = made if isinstance(made, list) else [made]
    return [made_item(value, lineage) for value in made]


def for_each(job: Json, items: list[Item], variables: Json) -> list[Json]:
    """Once for each item."""
    run = compiled(job["source"], ["item", "index", *variables])
    made = []
    for index, item in enumerate(items):
        try:
            value = run(item=item, index=index, **variables)
            if value is not None:
                made.append({**made_item(value, {}, index), "from": [index]})
        except BaseException as error:
            error.__dict__["at"] = index
            raise
    return made


def as_json(value: Any) -> Any:
    """What JSON has no words for."""
    if isinstance(value, TEXTS):
        return str(value) if isinstance(value, uuid.UUID) else value.isoformat()
    if isinstance(value, decimal.Decimal):
        return float(value)
    if isinstance(value, (set, frozenset, map, filter, types.GeneratorType)):
        return list(value)
    raise TypeError(f"{type(value).__name__} is no JSON")


def answered(items: list[Json]) -> str:
    """The answer as text."""
    try:
        return json.dumps({"items": items}, default=as_json, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        message = f"The result cannot be written as JSON: {error}."
        raise Refused("code_result_invalid", message) from None


def line_of(error: BaseException) -> int | None:
    """Where in the code it happened."""
    found, place = None, error.__traceback__
    while place is not None:
        if place.tb_frame.f_code.co_filename == NAME:
            found = place.tb_lineno
        place = place.tb_next
    return found


def told(error: BaseException) -> Json:
    """An error as the host reads it."""
    line, at = line_of(error), getattr(error, "at", None)
    if isinstance(error, Refused):
        item = error.item if error.item is not None else at
        return {"code": error.code, "message": str(error), "line": line, "item": item}
    place = f" (line {line})" if line else ""
    code, message = "code_failed", f"{type(error).__name__}: {error}".removesuffix(": ") + place
    if isinstance(error, MemoryError):
        code = "code_memory"
        message = f"The code ran out of memory{place}. Give it fewer items, or keep less at once."
    elif isinstance(error, RecursionError):
        code = "code_too_deep"
    return {"code": code, "message": message, "line": line, "item": at}


def bring_zones(files: Mapping[str, str]) -> None:
    """Let zoneinfo find the zones that came with the job: there are no files to look in."""
    # Loading it costs, and most code does without.
    common: Any = importlib.import_module("zoneinfo._common")

    def load(key: str) -> io.BytesIO:
        if key not in files:
            message = f"The time zone {key} is not at hand. Write its name out in the code."
            raise common.ZoneInfoNotFoundError(message)
        return io.BytesIO(base64.b64decode(files[key]))

    common.load_tzdata = load


def answer_to(job: Json) -> str:
    """The answer to one job, as text."""
    if job.get("zones"):
        bring_zones(job["zones"])
    random.seed(job["seed"])
    items = [Item(item) for item in job["items"]]
    try:
        run = for_each if job["perItem"] else for_all
        return answered(run(job, items, job["variables"]))
    except BaseException as error:  # noqa: BLE001 - also SystemExit is an answer
        return json.dumps({"error": told(error)})


def main() -> None:
    """One job, from the standard input."""
    job = json.loads(sys.stdin.buffer.read())
    printed = io.TextIOWrapper(sys.stdout.buffer, "utf-8", "replace", line_buffering=True)
    sys.stdout = sys.stderr = printed
    answer = answer_to(job)
    printed.flush()
    left = memoryview(answer.encode(errors="replace"))
    while left:
        left = left[os.write(RESULT, left) :]
    os._exit(0)
