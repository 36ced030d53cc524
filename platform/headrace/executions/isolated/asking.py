"""The way from a node's process to the doors of its worker: questions with a number, and answers.

Questions are awaited; what gives no answer is told and forgotten. Everything is JSON, bytes in
base64, and a credential is named by its slot, so that only opened ones can be sent along.
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from itertools import count
from typing import Any

from headrace.executions.isolated import faults
from headrace_sdk.context import HttpResponse
from headrace_sdk.credentials import Credential, Secret
from headrace_sdk.errors import ContractError, NodeError
from headrace_sdk.items import FileRef, Item, JsonObject, JsonValue, Outputs
from headrace_sdk.state import checked_key, encoded


class Line:
    """Carries questions out; `hear` brings an answer in from the thread that reads."""

    def __init__(self, say: Callable[[JsonObject], None]) -> None:
        self._say = say
        self._numbers = count()
        self._open: dict[int, asyncio.Future[Any]] = {}
        self._loop: asyncio.AbstractEventLoop | None = None

    async def ask(self, door: str, **given: JsonValue) -> Any:
        """The worker's answer.

        Raises:
            NodeError: the worker's.
        """
        self._loop = asyncio.get_running_loop()
        number = next(self._numbers)
        self._open[number] = self._loop.create_future()
        try:
            self._say({"ask": {"number": number, "door": door, "given": given}})
            return await self._open[number]
        finally:
            del self._open[number]

    def tell(self, door: str, **given: JsonValue) -> None:
        """Say something that has no answer."""
        self._say({"tell": {"door": door, "given": given}})

    def hear(self, answer: Mapping[str, Any]) -> None:
        """Hand an answer to whoever waits for it."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._settle, answer)

    def _settle(self, answer: Mapping[str, Any]) -> None:
        waiting = self._open.get(answer["number"])
        if waiting is None or waiting.done():
            return
        if "error" in answer:
            waiting.set_exception(faults.from_json(answer["error"]))
        else:
            waiting.set_result(answer["done"])


class AskedHttp:
    """`ctx.http`: the worker sends, with its guards, key and credential."""

    def __init__(self, line: Line, slots: Mapping[str, str]) -> None:
        self._line = line
        self._slots = slots

    async def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        query: Sequence[tuple[str, str]] = (),
        body: bytes | None = None,
        credential: Credential | None = None,
        **limits: Any,
    ) -> HttpResponse:
        """See `headrace_sdk.context.Http.request`."""
        slot = self._slots.get(credential.id) if credential else None
        if credential is not None and slot is None:
            message = "A request takes a credential that ctx.credential gave."
            raise ContractError(message)
        answer = await self._line.ask(
            "http.request",
            method=method,
            url=url,
            headers=dict(headers or {}),
            query=[list(pair) for pair in query],
            body=None if body is None else base64.b64encode(body).decode(),
            slot=slot,
            limits=limits,
        )
        content = base64.b64decode(answer["body"])
        return HttpResponse(answer["status"], answer["headers"], content, answer["url"])


class AskedState:
    """`ctx.state`."""

    def __init__(self, line: Line) -> None:
        self._line = line

    async def get(self, key: str, default: Any = None, **given: Any) -> Any:
        """See `headrace_sdk.state.State.get`."""
        return await self._line.ask("state.get", key=key, default=default, **given)

    def set(self, key: str, value: JsonValue, **given: Any) -> None:
        """See `headrace_sdk.state.State.set`."""
        encoded(value)
        self._line.tell("state.set", key=checked_key(key), value=value, **given)

    def delete(self, key: str, **given: Any) -> None:
        """See `headrace_sdk.state.State.delete`."""
        self._line.tell("state.delete", key=checked_key(key), **given)

    async def incr(self, key: str, by: float = 1, **given: Any) -> Any:
        """See `headrace_sdk.state.State.incr`."""
        return await self._line.ask("state.incr", key=key, by=by, **given)

    async def append(self, key: str, value: JsonValue, **given: Any) -> Any:
        """See `headrace_sdk.state.State.append`."""
        return await self._line.ask("state.append", key=key, value=value, **given)

    async def compare_set(
        self, key: str, expected: JsonValue, value: JsonValue, **given: Any
    ) -> Any:
        """See `headrace_sdk.state.State.compare_set`."""
        return await self._line.ask(
            "state.compare_set", key=key, expected=expected, value=value, **given
        )


class AskedFiles:
    """`ctx.files`."""

    def __init__(self, line: Line) -> None:
        self._line = line

    async def put(self, content: bytes, *, name: str, mime: str) -> FileRef:
        """See `headrace_sdk.context.Files.put`."""
        sent = base64.b64encode(content).decode()
        made = await self._line.ask("files.put", content=sent, name=name, mime=mime)
        return FileRef(**made)

    async def read(self, file: FileRef) -> bytes:
        """See `headrace_sdk.context.Files.read`."""
        return base64.b64decode(await self._line.ask("files.read", id=file.id))

    async def stream(self, file: FileRef) -> AsyncIterator[bytes]:
        """See `headrace_sdk.context.Files.stream`."""
        yield await self.read(file)


class Collected(dict[str, Sequence[Item]]):
    """Stands for what the worker collects: returned as it is, it becomes the node's outputs."""


class AskedOutcomes:
    """`ctx.outcomes`; `known` are the items that have one already."""

    def __init__(self, line: Line, known: Sequence[int], *, stops: bool) -> None:
        self._line = line
        self._known = set(known)
        self._stops = stops
        self.goes_on = True

    def has(self, item: int) -> bool:
        """See `headrace_sdk.outcomes.Outcomes.has`."""
        return item in self._known

    async def begin(self, item: int) -> None:
        """See `headrace_sdk.outcomes.Outcomes.begin`."""
        await self._line.ask("outcomes.begin", item=item)

    def done(self, item: int, outputs: Outputs) -> None:
        """See `headrace_sdk.outcomes.Outcomes.done`."""
        made: JsonObject = {
            port: [one.to_json() for one in items] for port, items in outputs.items()
        }
        self._line.tell("outcomes.done", item=item, outputs=made)
        self._known.add(item)

    def failed(self, item: int, error: NodeError) -> None:
        """See `headrace_sdk.outcomes.Outcomes.failed`."""
        self._line.tell("outcomes.failed", item=item, error=faults.to_json(error))
        self.goes_on = not self._stops

    def collect(self) -> Outputs:
        """See `headrace_sdk.outcomes.Outcomes.collect`."""
        return Collected()


def opened(told: Mapping[str, Any]) -> Credential:
    """A credential as the worker gave it, with the fields that its type declares."""
    secrets = {name: Secret(text) for name, text in told["secrets"].items()}
    return Credential(
        told["id"], told["type"], told["name"], told["values"], secrets, tuple(told["hosts"])
    )
