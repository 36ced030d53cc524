"""How a tool server is written: a class whose methods are tools, each with the right it needs."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final, TypeVar, cast

import mcp_types
from mcp.server import Server
from mcp.server.context import ServerRequestContext
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.tools.base import Tool
from pydantic import ValidationError

from headrace.accounts.permissions import require
from headrace.accounts.types import Actor
from headrace.egress.ports import Caller
from headrace.tenants.threads import in_thread
from headrace_sdk.errors import HeadraceError
from headrace_sdk.secret import Credential

logger = logging.getLogger(__name__)

F = TypeVar("F", bound=Callable[..., Any])
_OFFER: Final = "__tool_offer__"


@dataclass(frozen=True, slots=True)
class Offer:
    """Which right a tool needs (`accounts.permissions`), and whether it only reads."""

    verb: str
    reads: bool
    destroys: bool = False


def tool(verb: str, *, reads: bool = False, destroys: bool = False) -> Callable[[F], F]:
    """Makes a method a tool. Its docstring and its parameters are what models read of it."""

    def mark(method: F) -> F:
        setattr(method, _OFFER, Offer(verb, reads, destroys))
        return method

    return mark


@dataclass(slots=True)
class Desk:
    """What a server is given for one conversation. `ends` is left when the conversation is over."""

    caller: Caller
    credential: Credential | None = None
    ends: AsyncExitStack = field(default_factory=AsyncExitStack)
    actor: Actor | None = None

    @property
    def by(self) -> Actor:
        """Who calls the tool that is at work, as it stood when the call came in."""
        if self.actor is None:
            message = "Nobody has called a tool yet."
            raise RuntimeError(message)
        return self.actor


class ToolServer:
    """One of our servers, for one caller."""

    title: ClassVar[str]
    instructions: ClassVar[str]

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._offers = dict(self._found())

    @property
    def listed(self) -> list[mcp_types.Tool]:
        """All tools, in the order they are written in."""
        return [
            mcp_types.Tool(
                name=one.name,
                description=one.description,
                input_schema=one.parameters,
                output_schema=one.output_schema,
                annotations=one.annotations,
            )
            for one, _ in self._offers.values()
        ]

    async def called(self, name: str, arguments: dict[str, Any]) -> mcp_types.CallToolResult:
        """What a tool gives. The caller's rights are looked up for each call anew.

        What goes wrong is a result, too: models read it and try something else.
        """
        found = self._offers.get(name)
        if found is None:
            return failed(f"There is no tool {name[:80]!r}; there is {', '.join(self._offers)}.")
        offered, offer = found
        try:
            self.desk.actor = await in_thread(self.desk.caller.find)
            require(self.desk.actor, offer.verb)
            result = await offered.run(arguments, cast("Any", None), convert_result=True)
        except HeadraceError as error:
            return failed(error.message)
        except ToolError as error:
            return failed(_told(error, name))
        return cast("mcp_types.CallToolResult", result)

    def speaking(self) -> Server[Any]:
        """The same, as the library serves it to a stream."""

        async def on_list(
            ctx: ServerRequestContext[Any], params: mcp_types.PaginatedRequestParams | None
        ) -> mcp_types.ListToolsResult:
            del ctx, params
            return mcp_types.ListToolsResult(tools=self.listed)

        async def on_call(
            ctx: ServerRequestContext[Any], params: mcp_types.CallToolRequestParams
        ) -> mcp_types.CallToolResult:
            del ctx
            return await self.called(params.name, params.arguments or {})

        return Server(
            self.title,
            version="1",
            instructions=self.instructions,
            on_list_tools=on_list,
            on_call_tool=on_call,
        )

    def _found(self) -> Iterator[tuple[str, tuple[Tool, Offer]]]:
        for name, method in vars(type(self)).items():
            offer: Offer | None = getattr(method, _OFFER, None)
            if offer is not None:
                described = " ".join((method.__doc__ or "").split())
                annotations = mcp_types.ToolAnnotations(
                    read_only_hint=offer.reads, destructive_hint=offer.destroys
                )
                made = Tool.from_function(
                    getattr(self, name), description=described, annotations=annotations
                )
                yield name, (made, offer)


def failed(text: str) -> mcp_types.CallToolResult:
    """The tool did not do it, and why."""
    said = mcp_types.TextContent(type="text", text=text)
    return mcp_types.CallToolResult(content=[said], is_error=True)


def _told(error: ToolError, name: str) -> str:
    """Our own words about what we refuse; of a fault of ours nothing but that there was one."""
    cause = error.__cause__
    if isinstance(cause, HeadraceError):
        return cause.message
    if isinstance(cause, ValidationError):
        faults = cause.errors(include_url=False, include_context=False, include_input=False)
        return " ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}." for one in faults)
    logger.error("The tool %s failed.", name, exc_info=cause)
    return "The tool failed inside. The error is logged; the operator can look it up."
