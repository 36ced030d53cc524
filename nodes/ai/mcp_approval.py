"""Tools of MCP servers: what was approved of one, what it asks for, how a call is filled in."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from headrace_sdk import Assignment, Choice, JsonObject, JsonValue, UserError
from headrace_sdk.conversion import convert
from headrace_sdk.forms import ValueType
from headrace_sdk.schema_check import fault_of
from headrace_sdk.strict_json import dumps

if TYPE_CHECKING:
    import mcp

DIGITS: Final = 24
"""Of SHA-256 in hexadecimal: 96 bits, short enough to be seen and compared."""
_TYPES: Final[dict[str, ValueType]] = {
    "string": "text",
    "integer": "number",
    "number": "number",
    "boolean": "boolean",
    "object": "object",
    "array": "array",
}


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool as its server describes it now."""

    name: str
    title: str
    description: str
    schema: JsonObject

    @classmethod
    def of(cls, given: mcp.Tool) -> Tool:
        """From the library's form."""
        title = given.title or given.name
        return cls(given.name, title, given.description or "", given.input_schema)

    @property
    def approved(self) -> str:
        """Its name with a digest of all that a model or a person reads of it: `name@digest`.

        A server that changes a description or a schema afterwards ("rug pull") no longer fits.
        """
        return f"{self.name}@{_digest(self.shown)}"

    @property
    def shown(self) -> JsonValue:
        """All of it; the order of an object's names is no change."""
        return [self.name, self.title, self.description, _sorted(self.schema)]


def approved_one(tools: Sequence[Tool], wanted: str) -> Tool:
    """The tool that was chosen, unchanged since then.

    Raises:
        UserError: there is none by that name, or it is not the one that was approved.
    """
    name = wanted.rpartition("@")[0] or wanted
    tool = next((one for one in tools if one.name == name), None)
    if tool is None:
        those = ", ".join(one.name for one in tools[:20]) or "none"
        message = f"The server has no tool {name[:80]!r}; it has {those}."
        raise UserError(message, field="tool", code="tool_unknown")
    if tool.approved != wanted:
        message = (
            f"The tool {name!r} is not the one that was approved: its description or its schema "
            "has changed. Read what it does now, then choose it again from the list."
        )
        raise UserError(message, field="tool", code="tool_not_approved")
    return tool


def only(tools: Sequence[Tool], names: Sequence[str]) -> list[Tool]:
    """Those with these names, all if none is given, in the order of their names."""
    found = [one for one in tools if not names or one.name in names]
    return sorted(found, key=lambda one: one.name)


def choice_of_set(tools: Sequence[Tool]) -> Choice:
    """The tools together as they are now; choosing it approves all of them."""
    named = ", ".join(one.name for one in tools)
    return Choice(_approved_together(tools), f"As they are now: {named[:300]}")


def approved_set(tools: Sequence[Tool], names: Sequence[str], wanted: str) -> list[Tool]:
    """The tools that were approved together, unchanged since then.

    Raises:
        UserError: they are not those any more.
    """
    found = only(tools, names)
    if not found or _approved_together(found) != wanted:
        message = (
            "The server's tools are not those that were approved: a description, a schema or the "
            "list has changed. Read what they do now, then choose under Approved again."
        )
        raise UserError(message, field="approved", code="tool_not_approved")
    return found


def _approved_together(tools: Sequence[Tool]) -> str:
    count = f"{len(tools)} tool{'' if len(tools) == 1 else 's'}"
    return f"{count}@{_digest([one.shown for one in tools])}"


def _digest(shown: JsonValue) -> str:
    return hashlib.sha256(dumps(shown)).hexdigest()[:DIGITS]


def choice(tool: Tool) -> Choice:
    """The tool as a list offers it; choosing it approves it as it is."""
    about = " ".join(tool.description.split())
    shown = f"{tool.title} — {about[:120]}" if about else tool.title
    return Choice(tool.approved, shown)


def argument_rows(tool: Tool) -> list[Choice]:
    """What it asks for, as rows of a form."""
    required = tool.schema.get("required")
    needed = required if isinstance(required, list) else []
    return [
        Choice(name, name, _type_of(one), required=name in needed, help=_help(one))
        for name, one in _properties(tool.schema).items()
    ]


def arguments_of(tool: Tool, given: Sequence[Assignment], whole: Any) -> JsonObject:
    """The arguments of a call: the rows over the object, each of the type that it should have.

    Raises:
        UserError: they do not fit the tool's schema.
    """
    known = _properties(tool.schema)
    made: JsonObject = dict(whole) if isinstance(whole, dict) else {}
    for one in given:
        if one.value is None:
            continue
        wanted = one.type if one.type != "auto" else _type_of(known.get(one.name, {}))
        try:
            made[one.name] = convert(one.value, wanted)
        except UserError as error:
            message = f"{one.name}: {error.message}"
            raise UserError(message, field="arguments", code=error.code) from None
    fault = fault_of(made, tool.schema)
    if fault is not None:
        message = f"The arguments do not fit the tool {tool.name!r}: {fault}"
        raise UserError(message, field="arguments", code="arguments_do_not_fit")
    return made


def _properties(schema: JsonObject) -> dict[str, JsonObject]:
    given = schema.get("properties")
    named = given if isinstance(given, dict) else {}
    return {name: one for name, one in named.items() if isinstance(one, dict)}


def _type_of(schema: JsonObject) -> ValueType:
    kind = schema.get("type")
    if isinstance(kind, list):
        kind = next((one for one in kind if one != "null"), None)
    return _TYPES.get(kind, "auto") if isinstance(kind, str) else "auto"


def _help(schema: JsonObject) -> str:
    said = schema.get("description")
    choices = schema.get("enum")
    those = f"One of {', '.join(map(str, choices))}." if isinstance(choices, list) else ""
    return " ".join(part for part in (said if isinstance(said, str) else "", those) if part)[:500]


def _sorted(value: JsonValue) -> JsonValue:
    """Objects by their names: their order is no change."""
    if isinstance(value, dict):
        return {name: _sorted(value[name]) for name in sorted(value)}
    return [_sorted(one) for one in value] if isinstance(value, list) else value
