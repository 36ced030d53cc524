"""Lantern's language models: one request, answered by a line of JSON for each piece."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from headrace_plugin_lantern.account import address
from headrace_sdk import HeadraceError, JsonObject
from headrace_sdk.llm import (
    Answer,
    Message,
    Part,
    Prompt,
    Stop,
    Text,
    ToolCall,
    ToolResult,
    Usage,
)
from headrace_sdk.llm_provider import (
    Counted,
    Ended,
    LlmProvider,
    ModelRefused,
    ProviderAccess,
    Said,
    StreamEvent,
)
from headrace_sdk.strict_json import dumps, loads

STOPS: dict[str, Stop] = {"end": "end", "tools": "tools", "length": "length"}


class LanternModels(LlmProvider):
    """The models of a company's own Lantern."""

    id = "lantern"
    title = "Lantern"
    documentation = "Models that run in the company's own house."
    credential_type = "lantern"

    @classmethod
    async def write(cls, access: ProviderAccess, prompt: Prompt) -> AsyncIterator[StreamEvent]:
        """The answer as it comes.

        Raises:
            ModelRefused: Lantern refused, or broke off.
        """
        made = Made()
        lines = access.http.lines(
            "POST",
            address(access.credential, "/v1/answers"),
            headers={"content-type": "application/json"},
            body=dumps(request(access.model, prompt)),
        )
        async for line in lines:
            for told in made.take(line):
                yield told
        if made.stop is None:
            message = "Lantern stopped in the middle of its answer."
            raise ModelRefused(message, status=502)
        yield Ended(Answer(made.parts, made.stop, made.usage, access.model, cls.id))


def request(model: str, prompt: Prompt) -> JsonObject:
    """The body of a request."""
    return {
        "model": model,
        "system": prompt.system,
        "turns": [turn for message in prompt.messages for turn in turns(message)],
        "tools": [
            {"name": one.name, "about": one.description, "takes": one.parameters}
            for one in prompt.tools
        ],
        "shape": prompt.schema,
        "longest": prompt.max_tokens,
    }


def turns(message: Message) -> list[JsonObject]:
    """The parts of a message that Lantern knows; it sees no pictures."""
    found: list[JsonObject] = []
    for part in message.parts:
        match part:
            case Text():
                found.append({"role": message.role, "text": part.text})
            case ToolCall():
                found.append({"role": "call", "id": part.id, "tool": part.name, "with": part.raw})
            case ToolResult():
                found.append({"role": "result", "id": part.call, "text": part.text})
            case _:
                continue
    return found


@dataclass
class Made:
    """The answer so far."""

    parts: list[Part] = field(default_factory=list)
    usage: Usage = field(default_factory=Usage)
    stop: Stop | None = None

    def take(self, line: str) -> list[StreamEvent]:
        """What one line says.

        Raises:
            ModelRefused: Lantern failed in the middle of its answer.
        """
        told = loads(line.encode()) if line.strip() else {}
        if not isinstance(told, dict):
            return []
        if "failed" in told:
            raise ModelRefused(str(told["failed"]), status=503)
        if isinstance(text := told.get("text"), str):
            self.parts.append(Text(text))
            return [Said(text)]
        if isinstance(call := told.get("call"), dict):
            self.parts.append(tool_call(call))
        if isinstance(used := told.get("used"), list):
            self.usage = Usage(*(int(str(one)) for one in used[:2]))
            return [Counted(self.usage)]
        if "end" in told:
            self.stop = STOPS.get(str(told["end"]), "end")
        return []


def tool_call(call: JsonObject) -> ToolCall:
    """A tool that the model wants called; what it wrote may be no JSON at all."""
    written = str(call.get("with", "{}"))
    try:
        arguments = loads(written.encode())
    except HeadraceError:
        arguments = None
    given = arguments if isinstance(arguments, dict) else None
    return ToolCall(str(call.get("id")), str(call.get("tool")), given, written)
