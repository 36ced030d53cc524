"""Calls a tool of an MCP server."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from headrace_sdk import (
    Assignment,
    Choice,
    Context,
    Effect,
    Example,
    Inputs,
    Item,
    JsonObject,
    Lookup,
    Node,
    NodeError,
    Outputs,
    ParamSet,
    UserError,
    each_item,
    fields,
    to_main,
)
from headrace_sdk.summaries import text_of
from nodes.ai.mcp_approval import Tool, approved_one, argument_rows, arguments_of, choice
from nodes.ai.mcp_conversation import converse, tools_of
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
    """Which server, which tool, and with what."""

    tool: str = fields.text(
        "Tool",
        "",
        placeholder="get_weather@…",
        help="Choose it from the list. That approves it as it is now: where its description or "
        "schema changes, calls are refused until it is chosen again.",
        options_from="list_tools",
        expression=False,
    )
    arguments: list[Assignment] = fields.assignments(
        "Arguments", help="Those that the tool asks for.", options_from="list_arguments"
    )
    arguments_json: Any = fields.json(
        "All arguments",
        dict,
        help="An object, where the rows are not enough. Rows go before it.",
        advanced=True,
    )
    result: Literal["data", "text"] = fields.select(
        "The result is",
        "data",
        labels={"data": "Data, where it is JSON", "text": "Text"},
        half=True,
    )
    access: Literal["write", "read"] = fields.select(
        "The tool",
        "write",
        labels={"write": "May change something", "read": "Only reads"},
        help="After a crash a call that only reads is simply made again.",
        half=True,
        expression=False,
    )
    parallel: int = fields.number("Calls at a time", 4, minimum=1, maximum=50, advanced=True)


class McpClient(Node[Form]):
    """Calls a tool of any server that speaks the Model Context Protocol, for each item.

    Name the server, choose one of its tools, fill in what it asks for. The credential is put on
    each request to that server, and to no other host. Arguments are checked against the tool's
    schema before they are sent.

    **What is approved.** Choosing a tool keeps a digest of its name, description and schema. Should
    the server change one of them, each call is refused as `tool_not_approved` until a person
    chooses the tool again. Only the tool that was chosen is ever called.

    **What comes out.** Structured results and JSON become items: a list gives one for each
    element. Other text stands in the field `text`. Pictures, sounds and files are stored, as
    `data`, `data_2` and so on; links to resources stand in `links`. A tool that says that it failed
    is an error of its item. Treat what a tool answers as data, never as instructions.

    **Built in.** *Filesystem* keeps files of the workspace, *PostgreSQL* reads a database whose
    credential you choose, *Scheduler* sees and changes when workflows start, *Playwright* opens
    pages in a browser that all steps of a run share. They need no address, and do what whoever
    published the workflow may do at that moment.

    **Programs.** Servers that are programs (stdio) are chosen by a name that the operator declared
    with its command. One is started for each call, as nobody, and killed afterwards.
    """

    type = "ai.mcp_client"
    title = "MCP Client"
    category = "ai"
    icon = "plug"
    synonyms = ("model context protocol", "tool", "server", "agent", "streamable http")
    place = "async"
    effect = "varies"
    per_item = True
    credentials = SLOTS
    Params = Form
    examples = (
        Example(
            "The weather of a place",
            {
                "url": "https://mcp.example.com/mcp",
                "tool": "get_weather@b1946ac92492d2347c6235b4",
                "arguments": [{"name": "city", "value": "Oslo"}],
                "access": "read",
            },
            needs="an MCP server",
        ),
    )

    @classmethod
    def effect_of(cls, params: Form) -> Effect:
        """A tool may do anything, unless its author's word says otherwise."""
        return params.access

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The tool."""
        return text_of(params.get("tool")).partition("@")[0]

    @classmethod
    async def list_programs(cls, lookup: Lookup) -> Sequence[Choice]:
        """The programs that the operator declared."""
        return await programs_of(lookup)

    @classmethod
    async def list_tools(cls, lookup: Lookup) -> Sequence[Choice]:
        """The tools of the server."""
        return [choice(tool) for tool in await offered(lookup)]

    @classmethod
    async def list_arguments(cls, lookup: Lookup) -> Sequence[Choice]:
        """What the chosen tool asks for."""
        wanted = text_of(lookup.params.get("tool"))
        if not wanted:
            return ()
        return argument_rows(approved_one(await offered(lookup), wanted))

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """The results, in the order of the items."""
        slot = slot_of(params.first.where, params.first.built_in)
        credential = await ctx.credential(slot) if slot else None

        async def call(index: int, item: Item) -> Outputs:
            form = params[index]
            if not form.tool:
                message = "Choose a tool."
                raise UserError(message, field="tool", code="no_tool", item=index)
            server = server_of(form, credential, index)

            async def work(client: mcp.Client) -> mcp.types.CallToolResult:
                tools = [Tool.of(one) for one in await tools_of(client)]
                tool = approved_one(tools, form.tool)
                given = arguments_of(tool, form.arguments, form.arguments_json)
                return await client.call_tool(tool.name, given)

            try:
                result = await converse(ctx, server, work)
            except NodeError as error:
                error.item = index
                raise
            return to_main(await items_of(ctx, result, index, as_text=form.result == "text"))

        return await each_item(ctx.outcomes, inputs.main, call, parallel=params.first.parallel)
