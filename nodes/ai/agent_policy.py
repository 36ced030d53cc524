"""Which tools an agent may use by itself, and how a person is asked about the others."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from headrace_sdk import Item, JsonObject, JsonValue, Suspension
from headrace_sdk.attached import Attached, AttachedTool, ToolOutput

Ask = Literal["never", "writes", "always"]
LONGEST_TITLE: Final = 200
MOST_FACTS: Final = 6
LONGEST_FACT: Final = 200
"""What a card of an approval has room for."""


@dataclass(frozen=True, slots=True)
class Policy:
    """`ask` holds for every tool but those named; `assignees` decide, within `expires_s`.

    `agent` is the name of the node that asks.
    """

    ask: Ask = "writes"
    always: Sequence[str] = ()
    never: Sequence[str] = ()
    assignees: Sequence[str] = ()
    expires_s: float = 0
    agent: str = ""

    def asks(self, tool: AttachedTool) -> bool:
        """Must a person agree before this tool is called?"""
        if _is_named(tool, self.always):
            return True
        if _is_named(tool, self.never):
            return False
        return self.ask == "always" or (self.ask == "writes" and tool.effect == "write")

    def _why(self, tool: AttachedTool) -> str:
        if _is_named(tool, self.always):
            return "This tool is never called without a person's consent."
        if self.ask == "always":
            return "This agent calls no tool without a person's consent."
        return "This tool changes something outside of the run."

    async def refusal(
        self, attached: Attached, tool: AttachedTool, arguments: JsonObject, call: str
    ) -> ToolOutput | None:
        """What the model is told where nobody agreed; `None` where it may be called."""
        if not self.asks(tool):
            return None
        title = f"May the agent call {tool.node}?"[:LONGEST_TITLE]
        note: JsonObject = {
            "title": title,
            "node_name": self.agent,
            "why": self._why(tool),
            **_card(arguments),
            "assignees": [one.strip().lower() for one in self.assignees if one.strip()],
            "needs_reason": False,
        }
        asked = Suspension("approval", note=note, shown=(Item(arguments),))
        wake = await attached.wait(asked, call=f"{call}.ask", within_s=self.expires_s or None)
        told = wake.data if isinstance(wake.data, dict) else {}
        if wake.kind == "time":
            return ToolOutput.error("Nobody agreed to this call in time. It was not made.")
        if told.get("decision") == "approved":
            return None
        reason = str(told.get("reason") or "").strip()
        because = f" The reason: {reason}" if reason else ""
        return ToolOutput.error(f"A person refused this call. It was not made.{because}")


def _card(arguments: JsonObject) -> JsonObject:
    """Each argument as a fact; what does not fit the facts stands in the message, as JSON."""
    texts = {name: _shown(value) for name, value in arguments.items()}
    fits = len(texts) <= MOST_FACTS and all(len(text) <= LONGEST_FACT for text in texts.values())
    facts: list[JsonValue] = [
        {"label": name, "value": _cut(text), "mark": "none"}
        for name, text in list(texts.items())[:MOST_FACTS]
    ]
    message = "" if fits else json.dumps(arguments, indent=2, ensure_ascii=False)
    return {"facts": facts, "message": message}


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_FACT else f"{text[: LONGEST_FACT - 1]}…"


def _shown(value: JsonValue) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _is_named(tool: AttachedTool, names: Sequence[str]) -> bool:
    wanted = {name.strip().casefold() for name in names}
    return tool.name.casefold() in wanted or tool.node.casefold() in wanted
