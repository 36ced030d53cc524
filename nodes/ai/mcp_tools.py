"""Lends the tools of an MCP server to an agent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from headrace_sdk import (
    Capability,
    Choice,
    Context,
    Example,
    JsonObject,
    Lookup,
    Port,
    UpstreamError,
    UserError,
    fields,
)
from headrace_sdk.attached import Provided, ToolEffect, ToolOutput
from headrace_sdk.llm import Tool as LlmTool
from headrace_sdk.summaries import text_of
from nodes.ai.mcp_approval import Tool, approved_set, arguments_of, choice_of_set, only
from nodes.ai.mcp_conversation import Server, converse, tools_of
from nodes.ai.mcp_results import items_of
from nodes.ai.mcp_server_form import (
    SLOTS,
    ServerParams,
    offered,
    programs_of,
    server_of,
    slot_of,
)

if TYPE_CHECKING:
    import mcp


class Form(ServerParams):
    """Which server, and which of its tools."""

    tools: list[str] = fields.tags(
        "Only these tools",
        help="Names, as the server calls them. Empty: all that it has.",
        at_most=200,
        expression=False,
    )
    approved: str = fields.text(
        "Approved",
        "",
        placeholder="Choose to approve them as they are now",
        help="A digest of names, descriptions and schemas. Where one changes, or a tool comes or "
        "goes, the agent is refused all of them until you choose again.",
        options_from="list_approvals",
        max_length=100,
        expression=False,
    )
    access: Literal["write", "read"] = fields.select(
        "The tools",
        "write",
        labels={"write": "May change something", "read": "Only read"},
        help="Agents ask for leave before what may change something, where they are told to.",
        half=True,
        expression=False,
    )


class McpTools(Capability[Form]):
    """Lends an agent the tools of a server that speaks the Model Context Protocol.

    Tie it to the agent's tools. Each allowed tool becomes one that the model may call, with the
    description and the schema that the server gives. You approve them as they are: choose under
    *Approved*; as soon as the server says something else, none is lent any more.

    Calls go out as in *MCP Client*: by the guarded way, with the credential of this node, within
    its limits. What a tool answers is shown to the model as the word of a stranger.
    """

    type = "ai.mcp_tools"
    title = "MCP Tools"
    category = "ai"
    icon = "plug"
    synonyms = ("model context protocol", "toolbox", "server", "agent", "tools")
    outputs = (Port("tool", "Tools", kind="tool"),)
    credentials = SLOTS
    Params = Form
    examples = (
        Example(
            "Two tools of a server",
            {
                "url": "https://mcp.example.com/mcp",
                "tools": ["get_weather", "find_place"],
                "approved": "2 tools@b1946ac92492d2347c6235b4",
                "access": "read",
            },
            needs="an MCP server",
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """How many were approved."""
        return text_of(params.get("approved")).partition("@")[0]

    @classmethod
    async def list_programs(cls, lookup: Lookup) -> Sequence[Choice]:
        """The programs that the operator declared."""
        return await programs_of(lookup)

    @classmethod
    async def list_approvals(cls, lookup: Lookup) -> Sequence[Choice]:
        """The one choice: the tools as they are now."""
        names = lookup.params.get("tools")
        wanted = [str(one) for one in names] if isinstance(names, list) else []
        found = only(await offered(lookup), wanted)
        return [choice_of_set(found)] if found else ()

    async def provide(self, ctx: Context, params: Form) -> Provided:
        """The tools, provided that they are the approved ones."""
        slot = slot_of(params.where, params.built_in)
        server = server_of(params, await ctx.credential(slot) if slot else None)
        if not params.approved:
            message = "Choose under Approved, so that the agent may have the tools as they are."
            raise UserError(message, field="approved", code="tool_not_approved")
        tools = [Tool.of(one) for one in await converse(ctx, server, tools_of)]
        return Lent(ctx, server, approved_set(tools, params.tools, params.approved), params.access)


@dataclass(frozen=True, slots=True)
class Lent:
    """Implements `headrace_sdk.attached.Toolbox`."""

    ctx: Context
    server: Server
    known: Sequence[Tool]
    access: ToolEffect

    @property
    def tools(self) -> Sequence[LlmTool]:
        """See `Toolbox.tools`."""
        return [LlmTool(one.name, one.description, one.schema) for one in self.known]

    def effect_of(self, name: str) -> ToolEffect:
        """See `Toolbox.effect_of`."""
        del name
        return self.access

    async def call(self, name: str, arguments: JsonObject) -> ToolOutput:
        """See `Toolbox.call`. The tools are asked for again: they may have changed since."""

        async def work(client: mcp.Client) -> mcp.types.CallToolResult:
            now = [Tool.of(one) for one in await tools_of(client)]
            known = next(one for one in self.known if one.name == name)
            if known not in now:
                message = f"The tool {name!r} has changed while the agent worked with it."
                raise UserError(message, code="tool_not_approved")
            return await client.call_tool(name, arguments_of(known, (), arguments))

        try:
            result = await converse(self.ctx, self.server, work)
            return ToolOutput.of(await items_of(self.ctx, result, 0, as_text=False))
        except UpstreamError as error:
            if error.code != "tool_failed":
                raise
            return ToolOutput.error(error.message)
