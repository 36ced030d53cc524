"""Dotted paths into JSON: `order.lines[0].sku`, `headers["content-type"]`."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import Final, TypeAlias

from headrace_sdk.errors import UserError
from headrace_sdk.items import JsonObject, JsonValue

Path: TypeAlias = tuple[str | int, ...]


class Missing:
    """The type of `MISSING`."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "MISSING"


MISSING: Final = Missing()
"""What `read` gives where there is nothing; `None` is JSON's null."""

_STEP: Final = re.compile(
    r"""(?P<dot>^|\.)(?P<name>[^.\[\]]+) | \[(?P<index>-?\d{1,9})\] | \["(?P<quoted>[^"]+)"\]""",
    re.VERBOSE,
)


@lru_cache(maxsize=4096)
def parse(text: str) -> Path:
    """The steps of a path; the empty path is the whole value.

    Raises:
        UserError: it is not a path; `invalid_path`.
    """
    steps: list[str | int] = []
    position = 0
    while position < len(text):
        step = _STEP.match(text, position)
        if step is None or (step["name"] and bool(step["dot"]) == (position == 0)):
            message = (
                f"{text[:80]!r} is not a field path. Write names joined by dots, "
                'as in order.lines[0].sku or headers["content-type"].'
            )
            raise UserError(message, code="invalid_path")
        index = step["index"]
        steps.append(int(index) if index is not None else step["name"] or step["quoted"])
        position = step.end()
    return tuple(steps)


def read(value: JsonValue, path: Path) -> JsonValue | Missing:
    """What stands at a path, or `MISSING`."""
    for step in path:
        if isinstance(value, dict) and isinstance(step, str):
            if step not in value:
                return MISSING
            value = value[step]
        elif isinstance(value, list) and isinstance(step, int):
            if not _has(value, step):
                return MISSING
            value = value[step]
        else:
            return MISSING
    return value


class Edit:
    """Changes to one object that leave the original as it was.

    Only the containers along changed paths are copied, each once; all else is shared.
    """

    __slots__ = ("_own", "root")

    def __init__(self, original: JsonObject) -> None:
        self.root: JsonObject = dict(original)
        # By id; holding them keeps an id from being given to a foreign object.
        self._own: dict[int, object] = {id(self.root): self.root}

    def set(self, path: Path, value: JsonValue) -> None:
        """Put a value at a path; missing objects on the way are made, other values replaced.

        Raises:
            UserError: an index beyond the end of a list, or an index where no list is.
        """
        if len(path) == 1 and isinstance(path[0], str):
            self.root[path[0]] = value
            return
        if not path:
            message = "Name the field to set."
            raise UserError(message, code="invalid_path")
        self._put(self._container(path), path[-1], value)

    def remove(self, path: Path) -> None:
        """Take out what stands at a path; nothing happens where nothing stands."""
        if not path or read(self.root, path) is MISSING:
            return
        container = self._container(path)
        del container[path[-1]]  # type: ignore[arg-type]

    def _container(self, path: Path) -> JsonObject | list[JsonValue]:
        """The object or list that holds a path's last step, safe to change."""
        here: JsonObject | list[JsonValue] = self.root
        for step, following in pairwise(path):
            child = read(here, (step,))
            if not isinstance(child, list if isinstance(following, int) else dict):
                if isinstance(following, int):
                    raise _no_list(path)
                child = {}
            here = self._owned(here, step, child)
        return here

    def _owned(
        self, parent: JsonObject | list[JsonValue], step: str | int, child: JsonValue | Missing
    ) -> JsonObject | list[JsonValue]:
        if id(child) in self._own:
            return child  # type: ignore[return-value]
        copy = dict(child) if isinstance(child, dict) else list(child)  # type: ignore[arg-type]
        self._own[id(copy)] = copy
        self._put(parent, step, copy)
        return copy

    def _put(self, parent: JsonObject | list[JsonValue], step: str | int, value: JsonValue) -> None:
        if isinstance(parent, dict) and isinstance(step, str):
            parent[step] = value
        elif isinstance(parent, list) and step == len(parent):
            parent.append(value)
        elif isinstance(parent, list) and isinstance(step, int) and _has(parent, step):
            parent[step] = value
        else:
            raise _no_list((step,))


def _has(values: list[JsonValue], index: int) -> bool:
    return -len(values) <= index < len(values)


def _no_list(path: Path) -> UserError:
    message = f"There is no list with a place {path[-1]} to set; indexes count from 0."
    return UserError(message, code="invalid_path")
