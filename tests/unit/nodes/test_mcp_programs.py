"""MCP servers that are programs: started under another account, spoken to, and killed."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from headrace.egress import programs
from headrace.egress.programs import OperatorPrograms
from headrace_sdk import UpstreamError, UserError
from headrace_sdk.testing import MemoryContext, run_node_async
from nodes.ai.mcp_client import McpClient
from tests.support import mcp_server
from tests.support.running import until
from tests.unit.nodes.test_mcp_client import Filling

as_root = pytest.mark.skipif(os.getuid() != 0, reason="only root can give away its account")
SERVER = (sys.executable, "-I", mcp_server.__file__, "stdio")
NOBODY = 65_534


async def safe() -> None:
    """There is no lease to lose."""


def declared(account=0, **commands):
    # The interpreter of the tests may stand where nobody else can read it.
    return OperatorPrograms(commands or {"test": SERVER}, safe, account)


async def chosen(tool, given):
    filling = Filling({"where": "program", "program": "test"}, None)
    filling.programs = given
    found = await McpClient.list_tools(filling)
    return next(one.value for one in found if one.value.startswith(f"{tool}@"))


async def call(tool, arguments=None, given=None, **params):
    given = given or declared()
    form = {
        "where": "program",
        "program": "test",
        "tool": tool if "@" in tool else await chosen(tool, given),
        "arguments_json": arguments or {},
        **params,
    }
    return (await run_node_async(McpClient, form, context=MemoryContext(programs=given))).json()


async def lines(*script, wanted, account=NOBODY):
    """What a script of the shell says first."""
    given = declared(account, shell=("/bin/sh", "-c", "; ".join(script)))
    async with given.started("shell", max_bytes=1_000) as program:
        return [await program.receive() for _ in range(wanted)]


@as_root
async def test_a_declared_program_is_a_server_like_any_other():
    assert await call("add", {"a": 20}) == [{"value": 21}]


class Mute:
    """A program that greets, names its tools, and never answers a call."""

    names = ("test",)

    def __init__(self, *, greets=True):
        self.greets = greets

    @asynccontextmanager
    async def started(self, name, *, max_bytes):
        self.said = asyncio.Queue()
        yield self

    async def send(self, line):
        asked = json.loads(line)
        told = {
            "initialize": {
                "protocolVersion": "2025-06-18",
                "capabilities": {"tools": {}},
                "serverInfo": {"name": "mute", "version": "1"},
            },
            "tools/list": {"tools": [{"name": "add", "inputSchema": {"type": "object"}}]},
        }.get(asked["method"])
        if self.greets and asked["method"] == "server/discover":
            error = {"code": -32601, "message": "what?"}
            await self.said.put({"jsonrpc": "2.0", "id": asked["id"], "error": error})
        elif self.greets and told is not None:
            await self.said.put({"jsonrpc": "2.0", "id": asked["id"], "result": told})

    async def receive(self):
        return json.dumps(await self.said.get()).encode()


@pytest.mark.parametrize(("greets", "sent"), [(True, "maybe"), (False, "no")])
async def test_a_program_that_is_late_may_have_done_it_only_if_it_was_asked_to(greets, sent):
    tool = await chosen("add", Mute())
    with pytest.raises(UpstreamError) as raised:
        await call(tool, given=Mute(greets=greets), timeout_s=1)

    assert (raised.value.code, raised.value.sent) == ("timeout", sent)


@as_root
async def test_a_line_over_the_limit_is_refused():
    with pytest.raises(UpstreamError) as raised:
        await lines("head -c 4000 /dev/zero | tr '\\0' x", "echo", wanted=1)

    assert raised.value.code == "answer_too_large"


@as_root
@pytest.mark.parametrize("command", [("/nowhere/at-all",), ("/bin/true",)])
async def test_a_program_that_does_not_speak_was_asked_nothing(command):
    with pytest.raises(UpstreamError) as raised:
        await call("add@1", given=declared(test=command), timeout_s=20)

    assert raised.value.sent == "no"


@as_root
async def test_a_program_is_nobody_with_nothing_of_our_environment(monkeypatch):
    monkeypatch.setenv("HEADRACE_VAULT_KEY", "canary")

    account, groups, word, parent, rights = await lines(
        "id -u",
        "id -G",
        'echo "word:$HEADRACE_VAULT_KEY"',
        "cat /proc/$PPID/environ >/dev/null 2>&1 && echo read || echo refused",
        "grep NoNewPrivs /proc/self/status",
        wanted=5,
    )

    assert (account, groups, word, parent) == (b"65534", b"65534", b"word:", b"refused")
    assert rights.split() == [b"NoNewPrivs:", b"1"]


@as_root
async def test_a_program_its_children_and_its_folder_are_gone_afterwards():
    folder, *pids = await lines("pwd", "sleep 3600 & echo $!", "echo $$", "read never", wanted=3)

    assert not Path(folder.decode()).exists()
    # A kill is sent at once; a busy machine may take a moment to carry it out.
    until(lambda: not any(map(_lives, map(bytes.decode, pids))), "the program and its child died")


def _lives(pid):
    try:
        return " Z " not in Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False


async def test_only_declared_names_can_be_chosen():
    with pytest.raises(UserError) as raised:
        await call("add@1", given=declared(other=SERVER))

    assert raised.value.code == "no_such_program"
    assert "other" in raised.value.message


async def test_an_ordinary_account_starts_none(monkeypatch):
    monkeypatch.setattr(programs.os, "getuid", lambda: 1_000)
    with pytest.raises(UpstreamError) as raised:
        await call("add@1")

    assert (raised.value.code, raised.value.sent) == ("no_account", "no")
