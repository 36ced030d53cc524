"""The Filesystem server: paths of one workspace, and none that lead out of it."""

from __future__ import annotations

import base64
import json

import pytest
from asgiref.sync import sync_to_async

from headrace.accounts.types import Role
from headrace.audit.models import Entry
from headrace.files.models import File
from headrace.tenants.context import tenant
from headrace.toolservers import space
from tests.support.clients import actor
from tests.support.mcp_server import PNG
from tests.support.tooled import using

pytestmark = pytest.mark.usefixtures("committed", "in_alpha")

WAYS_OUT = (
    *("../beta/secret", "notes/../../secret", "/etc/passwd", "./notes", "notes//today", "C:\\x"),
    *(
        "notes\\today",
        "notes/\0",
        "a\u202etxt.exe",
        "\ud800",
        "x" * 256,
        "a/" * 40 + "b",
        " ",
        "..",
    ),
    *("file:///etc/passwd", "~/x/../..", "a/./b", "x" * 1_001),
)


async def test_a_file_is_written_read_moved_listed_and_deleted(owner):
    async with using("filesystem", owner) as tools:
        written = await tools.gives("write_file", path="notes/today.md", content="Grüße")
        await tools.gives("move_file", path="notes/today.md", to="notes/old/day.md")
        listed = [await tools.gives("list_files", folder=one) for one in ("", "notes")]
        read = await tools.gives("read_file", path="notes/old/day.md", offset=1, limit=2)
        await tools.gives("delete_file", path="notes/old/day.md")
        left = await tools.gives("list_files")

    assert (written["size"], written["mime"]) == (7, "text/markdown")
    assert [one["folders"] for one in listed] == [["notes"], ["notes/old"]]
    assert (read["text"], read["next_offset"]) == ("rü", 3)
    assert left == {"folders": [], "files": []}


async def test_what_is_no_text_is_given_whole(owner):
    async with using("filesystem", owner) as tools:
        content = base64.b64encode(PNG).decode()
        await tools.gives("write_file", path="dot.png", content=content, encoding="base64")
        (image,) = (await tools.client.call_tool("read_file", {"path": "dot.png"})).content

    assert (image.type, image.mime_type, base64.b64decode(image.data)) == (
        "image",
        "image/png",
        PNG,
    )


@pytest.mark.parametrize("tool", ["read_file", "write_file", "delete_file", "move_file"])
async def test_no_path_leads_out_of_the_workspace(owner, tool):
    given = {"write_file": {"content": "x"}, "move_file": {"to": "../x"}}.get(tool, {})
    async with using("filesystem", owner) as tools:
        await tools.gives("write_file", path="a", content="x")
        said = [await tools.refuses(tool, path=path, **given) for path in WAYS_OUT[:5]]
        if tool == "move_file":
            said.append(await tools.refuses(tool, path="a", to="../a"))

    assert not [one for one in said if "There is no file" in one]


@pytest.mark.parametrize("path", WAYS_OUT)
def test_a_path_that_is_not_plain_is_refused(owner, path):
    with pytest.raises(space.UserError) as refused:
        space.write(owner, path, b"x", replace=True)

    assert refused.value.code == "invalid_path"


def test_two_spellings_of_one_name_are_one_file(owner):
    space.write(owner, "cafe\u0301.txt", b"1", replace=False)

    assert space.read(owner, "caf\u00e9.txt")[1] == b"1"


async def test_a_file_is_replaced_only_if_that_is_said_and_its_content_goes(owner):
    async with using("filesystem", owner) as tools:
        await tools.gives("write_file", path="a.txt", content="one")
        said = await tools.refuses("write_file", path="a.txt", content="two")
        await tools.gives("write_file", path="a.txt", content="two", replace=True)
        read = await tools.gives("read_file", path="a.txt")

    assert "already" in said
    assert read["text"] == "two"
    assert await sync_to_async(File.objects.filter(is_loose=True).count)() == 1


def test_a_name_is_a_file_or_a_folder(owner):
    space.write(owner, "a/b", b"x", replace=False)

    for path in ("a", "a/b/c"):
        with pytest.raises(space.UserError):
            space.write(owner, path, b"x", replace=True)


def test_a_workspace_has_so_much_room(owner, monkeypatch):
    monkeypatch.setattr(space, "MAX_BYTES", 10)
    space.write(owner, "a", b"123456", replace=False)

    space.write(owner, "a", b"1234567890", replace=True)
    with pytest.raises(space.UserError) as full:
        space.write(owner, "b", b"1", replace=False)
    monkeypatch.setattr(space, "MAX_FILES", 1)
    monkeypatch.setattr(space, "MAX_BYTES", 100)
    with pytest.raises(space.UserError) as crowded:
        space.write(owner, "b", b"1", replace=False)
    monkeypatch.setattr(space, "MAX_FILE", 3)
    with pytest.raises(space.UserError) as large:
        space.write(owner, "a", b"1234", replace=True)

    codes = [one.value.code for one in (full, crowded, large)]
    assert codes == ["space_full", "space_full", "file_too_large"]


def test_one_workspace_sees_nothing_of_another(owner, beta):
    space.write(owner, "secret.txt", b"alpha's", replace=False)

    with tenant(beta):
        stranger = actor(beta)
        assert space.listed(stranger, "") == ([], [])
        with pytest.raises(space.UserError):
            space.read(stranger, "secret.txt")


async def test_a_viewer_reads_and_changes_nothing(owner, alpha):
    viewer = await sync_to_async(actor)(alpha, Role.VIEWER)
    await sync_to_async(space.write)(owner, "a.txt", b"x", replace=False)
    async with using("filesystem", viewer) as tools:
        read = await tools.gives("read_file", path="a.txt")
        said = [
            await tools.refuses("write_file", path="b.txt", content="x"),
            await tools.refuses("delete_file", path="a.txt"),
            await tools.refuses("move_file", path="a.txt", to="b.txt"),
        ]

    assert read["text"] == "x"
    assert all("file.create" in one for one in said)


def test_what_was_changed_is_in_the_audit_record(owner):
    space.write(owner, "a.txt", b"x", replace=False)
    space.move(owner, "a.txt", "b.txt")
    space.delete(owner, "b.txt")

    noted = Entry.objects.filter(object_type="space_file").order_by("seq")
    assert [(one.action, json.loads(one.facts)["path"]) for one in noted] == [
        ("space_file.written", "a.txt"),
        ("space_file.moved", "b.txt"),
        ("space_file.deleted", "b.txt"),
    ]
