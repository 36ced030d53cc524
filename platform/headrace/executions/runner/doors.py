"""The worker's side of a plugin's process: opens the doors of the context that it may ask for.

Whatever is not named here does not exist for that process. What was declared is checked where the
context was made, so the same refusals hold on both sides.
"""

from __future__ import annotations

import base64
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, TypeAlias

from headrace.executions.isolated import faults
from headrace.executions.isolated.outside import NoSuchDoor, outside_doors
from headrace.executions.runner.context import RunContext
from headrace.executions.runner.tables import TableDoors
from headrace_sdk.items import FileRef, Item, JsonValue

Given: TypeAlias = Mapping[str, Any]

STATE_ASKED: Final = frozenset({"get", "incr", "append", "compare_set"})
STATE_TOLD: Final = frozenset({"set", "delete"})


class Doors:
    """Of one attempt."""

    def __init__(self, context: RunContext) -> None:
        self._context = context
        self._asked: Final[Mapping[str, Callable[[Given], Awaitable[JsonValue]]]] = {
            **outside_doors(context),
            "files.put": self._put,
            "files.read": self._read,
            "outcomes.begin": self._begin,
        }
        self._tables = TableDoors(context)

    async def ask(self, door: str, given: Given) -> JsonValue:
        """The answer to a question.

        Raises:
            NodeError: refused, or failed as it would have in the worker.
        """
        area, _, verb = door.partition(".")
        if area == "state" and verb in STATE_ASKED:
            answer: JsonValue = await getattr(self._context.state, verb)(**given)
            return answer
        if area == "tables" and verb in self._tables.verbs:
            return await self._tables.ask(verb, given)
        if door not in self._asked:
            raise NoSuchDoor(door)
        return await self._asked[door](given)

    def tell(self, door: str, given: Given) -> None:
        """Take in what has no answer.

        Raises:
            NodeError: it cannot be done; the attempt fails by it.
        """
        area, _, verb = door.partition(".")
        match area, verb:
            case "state", _ if verb in STATE_TOLD:
                getattr(self._context.state, verb)(**given)
            case "outcomes", "done":
                outputs = {
                    port: [Item.from_json(one) for one in items]
                    for port, items in given["outputs"].items()
                }
                self._context.outcomes.done(int(given["item"]), outputs)
            case "outcomes", "failed":
                self._context.outcomes.failed(int(given["item"]), faults.from_json(given["error"]))
            case _:
                raise NoSuchDoor(door)

    async def _put(self, given: Given) -> JsonValue:
        content = base64.b64decode(given["content"])
        name, mime = str(given["name"]), str(given["mime"])
        file: FileRef = await self._context.files.put(content, name=name, mime=mime)
        return file.to_json()

    async def _read(self, given: Given) -> JsonValue:
        file = FileRef(str(given["id"]), "", "", 0, "")
        return base64.b64encode(await self._context.files.read(file)).decode()

    async def _begin(self, given: Given) -> JsonValue:
        await self._context.outcomes.begin(int(given["item"]))
        return None
