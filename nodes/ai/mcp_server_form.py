"""Which MCP server, and within which limits: fields and lists that its nodes share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from headrace_sdk import (
    Choice,
    Credential,
    CredentialSlot,
    JsonValue,
    Lookup,
    Params,
    UserError,
    fields,
)
from headrace_sdk.fields import show_if
from headrace_sdk.summaries import text_of
from nodes.ai.mcp_approval import Tool
from nodes.ai.mcp_conversation import Server, converse, tools_of

KB: Final = 1_024
LOOKUP_S: Final = 18.0
LOOKUP_BYTES: Final = 4 * KB * KB
ON_REQUESTS: Final = (
    *("http_basic", "http_bearer", "http_header", "http_query"),
    *("oauth2", "oauth2_client"),
)
BUILT_IN: Final = {
    "browser": "Playwright: a web browser",
    "filesystem": "Filesystem: the files of this workspace",
    "postgresql": "PostgreSQL: a database, to be read",
    "scheduler": "Scheduler: when workflows start",
}
BuiltIn = Literal["browser", "filesystem", "postgresql", "scheduler"]
SLOTS: Final = (
    CredentialSlot("auth", ON_REQUESTS, required=False, show_if=("where", ("address",))),
    CredentialSlot(
        "database", ("postgresql",), required=False, show_if=("built_in", ("postgresql",))
    ),
)


class ServerParams(Params):
    """Where the server is. Forms inherit it, so that it stands first in them."""

    where: Literal["address", "built_in", "program"] = fields.select(
        "Server",
        "address",
        labels={
            "address": "By its address",
            "built_in": "Built in",
            "program": "A program that the operator declared",
        },
        expression=False,
    )
    built_in: BuiltIn = fields.select(
        "Built-in server",
        "filesystem",
        labels=BUILT_IN,
        help="It does what whoever publishes the workflow may do, and nothing else. The browser is "
        "there if the operator installed one.",
        show_if=show_if("where", "built_in"),
        expression=False,
    )
    url: str = fields.text(
        "Address of the server",
        "",
        placeholder="https://mcp.example.com/mcp",
        help="Streamable HTTP. The server sees what the arguments hold, and nothing else.",
        show_if=show_if("where", "address"),
        expression=False,
    )
    program: str = fields.text(
        "Program",
        "",
        help="Those of HEADRACE_MCP_SERVERS. It runs for this step alone, and without our secrets.",
        show_if=show_if("where", "program"),
        options_from="list_programs",
        max_length=100,
        expression=False,
    )
    max_kb: float = fields.number(
        "Largest answer",
        1_024,
        minimum=1,
        maximum=65_536,
        unit="kB",
        advanced=True,
        half=True,
        expression=False,
    )
    timeout_s: float = fields.duration("Time limit", 60, minimum=0.1, maximum=600, advanced=True)


def slot_of(where: JsonValue, built_in: JsonValue) -> str:
    """The slot whose credential the server is given; empty for none."""
    if where == "built_in":
        return "database" if built_in == "postgresql" else ""
    return "" if where == "program" else "auth"


def server_of(form: ServerParams, credential: Credential | None, index: int = 0) -> Server:
    """The server of a form.

    Raises:
        UserError: none is named.
    """
    max_bytes = round(form.max_kb * KB)
    if form.where == "built_in":
        name = form.built_in
        return Server("", credential, form.timeout_s, max_bytes, index, built_in=name)
    if form.where == "program":
        if not form.program:
            message = "Choose a program."
            raise UserError(message, field="program", item=index)
        return Server("", None, form.timeout_s, max_bytes, index, form.program)
    if not form.url.strip():
        message = "Name the address of the MCP server."
        raise UserError(message, field="url", item=index)
    return Server(form.url.strip(), credential, form.timeout_s, max_bytes, index)


async def programs_of(lookup: Lookup) -> Sequence[Choice]:
    """The programs of this installation."""
    return [Choice(name, name) for name in lookup.programs.names]


async def offered(lookup: Lookup) -> list[Tool]:
    """The tools of the server that is filled in so far; none while there is no server."""
    given = lookup.params
    where, built_in = given.get("where", "address"), text_of(given.get("built_in")) or "filesystem"
    url, program = text_of(given.get("url")).strip(), text_of(given.get("program"))
    slot = slot_of(where, built_in)
    is_named = {"program": bool(program), "built_in": True}.get(str(where), bool(url))
    credential = await lookup.credential(slot) if slot and is_named else None
    if not is_named or (slot == "database" and credential is None):
        return []
    server = Server(
        url,
        credential,
        LOOKUP_S,
        LOOKUP_BYTES,
        program=program if where == "program" else "",
        built_in=built_in if where == "built_in" else "",
    )
    return [Tool.of(one) for one in await converse(lookup, server, tools_of)]
