"""The ways to the servers from outside: Streamable HTTP with a key, and standard input and output."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import mcp
import pytest
from asgiref.sync import sync_to_async
from mcp.client.stdio import StdioServerParameters, stdio_client

from headrace.accounts.actions import create_api_key, delete_api_key
from headrace.toolservers import space
from tests.support.engine import database_url
from tests.support.hosted import visiting
from tests.support.mcp_visits import connected

pytestmark = pytest.mark.usefixtures("committed", "in_alpha")

ROOT = Path(__file__).parents[3]
FILES = ["list_files", "read_file", "write_file", "move_file", "delete_file"]


@sync_to_async
def key_of(owner, *scopes):
    return create_api_key(owner, "assistant", scopes=scopes or None)


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_files_are_reached_by_http_with_a_key(alpha, owner, mode):
    row, key = await key_of(owner)
    async with (
        visiting(alpha) as visitor,
        connected(visitor, key, mode, at="/filesystem") as client,
    ):
        listed = [one.name for one in (await client.list_tools()).tools]
        await client.call_tool("write_file", {"path": "a.txt", "content": "hi"})
        read = await client.call_tool("read_file", {"path": "a.txt"})
        unknown = await client.call_tool("format_disk", {})
        await sync_to_async(delete_api_key)(owner, row.id)
        after = await visitor.http.post("/mcp/filesystem", headers={"X-Api-Key": key}, json={})

    assert listed == FILES
    assert read.structured_content["updated_by"] == "assistant"
    assert unknown.is_error
    assert after.status_code == 401


async def test_a_key_does_what_its_scopes_allow_and_no_more(alpha, owner):
    _, key = await key_of(owner, "file.view")
    async with visiting(alpha) as visitor:
        async with connected(visitor, key, at="/filesystem") as client:
            listed = await client.call_tool("list_files", {})
            written = await client.call_tool("write_file", {"path": "a", "content": "x"})
        sent = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
        headers = {"X-Api-Key": key}
        others = [
            (await visitor.http.post(f"/mcp{place}", headers=headers, json=sent)).status_code
            for place in ("/scheduler", "/postgresql", "", "/nothing", "/filesystem/../scheduler")
        ]
        anonymous = await visitor.http.post("/mcp/filesystem", json=sent)

    assert (listed.is_error, written.is_error) == (False, True)
    assert others == [403, 403, 403, 404, 403]
    assert anonymous.status_code == 401


async def test_a_database_is_reached_by_http_with_its_credential_in_the_address(
    alpha, owner, login
):
    _, key = await key_of(owner)
    async with visiting(alpha) as visitor:
        async with connected(visitor, key, at=f"/postgresql/{login.id}") as client:
            result = await client.call_tool("query", {"sql": "select count(*) as n from books"})
        sent = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "query"}}
        headers = {"X-Api-Key": key}
        bare = await visitor.http.post("/mcp/postgresql", headers=headers, json=sent)

    assert result.structured_content["rows"] == [{"n": 1500}]
    assert bare.status_code == 404


async def test_a_client_that_starts_programs_uses_the_files_by_stdio(owner, tmp_path):
    _, key = await key_of(owner)
    file = tmp_path / "key"
    file.write_text(key)
    words = ["mcp_server", "filesystem", "--tenant", "alpha", "--key-file", str(file)]
    environment = {**os.environ, "DATABASE_URL": await sync_to_async(database_url)()}
    environment["MULTI_TENANT"] = "true"
    started = StdioServerParameters(
        command=sys.executable, args=[str(ROOT / "manage.py"), *words], env=environment
    )
    async with mcp.Client(stdio_client(started)) as client:
        listed = [one.name for one in (await client.list_tools()).tools]
        await client.call_tool("write_file", {"path": "by/stdio.txt", "content": "By stdio"})
        read = await client.call_tool("read_file", {"path": "by/stdio.txt"})

    # The program keeps contents in a folder of its own, so that only the row is seen here.
    _, files = await sync_to_async(space.listed)(owner, "by")
    assert listed == FILES
    assert read.structured_content["text"] == "By stdio"
    assert [one.path for one in files] == ["by/stdio.txt"]


def test_the_program_ends_without_a_key(tmp_path):
    file = tmp_path / "key"
    file.write_text("hr_nothing")
    words = ["mcp_server", "filesystem", "--tenant", "alpha", "--key-file", str(file)]
    environment = {**os.environ, "DATABASE_URL": database_url(), "MULTI_TENANT": "true"}
    ended = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *words],
        env=environment, input=b"", capture_output=True, check=False, timeout=60,
    )  # fmt: skip

    assert ended.returncode == 1
    assert b"API key is not valid" in ended.stderr
