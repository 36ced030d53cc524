"""The arguments that a model wrote for a tool: JSON, if it kept to it."""

from __future__ import annotations

from headrace_sdk.errors import HeadraceError
from headrace_sdk.llm import ToolCall
from headrace_sdk.strict_json import loads


def tool_call(call_id: str, name: str, written: str) -> ToolCall:
    """The call; without arguments, but with what was written, where that is not an object."""
    try:
        value = loads(written.encode(errors="replace") or b"{}")
    except HeadraceError:
        return ToolCall(call_id, name, None, written)
    return ToolCall(call_id, name, value if isinstance(value, dict) else None, written)
