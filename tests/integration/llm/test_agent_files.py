"""An agent that is lent the built-in file server: what the model is sent, and which file is written."""

from __future__ import annotations

import pytest
from asgiref.sync import async_to_sync

from headrace.approvals import actions as approvals
from headrace.executions import queries
from headrace.toolservers import space
from headrace.toolservers.serving import OwnServers
from tests.support.agents import agent, told_of, wants, with_tools
from tests.support.approvals import waiting
from tests.support.engine import begin, ended, working
from tests.support.model_servers import FORMATS
from tests.support.workflows import node

pytestmark = pytest.mark.usefixtures("committed", "in_alpha")

FILE = {"path": "notes/today.md", "content": "Grüße an Zoë\n"}
TOLD = b'<tool_output tool=\\"write_file\\">'


@pytest.fixture
def files(api):
    """Makes the node that lends tools of the server, approved in the form by a member."""

    def made(*tools, access="write"):
        params = {"where": "built_in", "built_in": "filesystem", "tools": list(tools)}
        answer = api().post("nodes/ai.mcp_tools/options/approved/", {"params": params})
        assert answer.status_code == 200, answer.json()
        (approved,) = [one["value"] for one in answer.json()["options"]]
        return node("files", "ai.mcp_tools", {**params, "approved": approved, "access": access})

    return made


def ran(owner, flow):
    with working():
        execution = begin(owner, flow, {"id": 1})
        return ended(execution), execution


@pytest.mark.parametrize("wire", FORMATS)
def test_the_file_that_the_model_wants_is_written_and_the_model_hears_of_it(
    model, owner, server, files, wire
):
    model(wire=wire)
    server.script = [wants(("write_file", FILE))]

    status, execution = ran(owner, with_tools(agent(), files("write_file")))

    (item,) = [one["json"] for one in queries.answer(execution)["items"]]
    entry, content = space.read(owner, FILE["path"])
    first, second = [request.raw for request in server.received]
    assert (status, item["answer"]) == ("completed", "Hello there.")
    assert (content, entry.updated_by) == (FILE["content"].encode(), owner.label)
    assert (b"Writes a whole file" in first, TOLD in first) == (True, False)
    assert (TOLD in second, str(entry.size).encode() in second) == (True, True)
    assert all(b"key-canary" not in one for one in (first, second))


def test_the_model_is_told_of_the_approved_tools_word_by_word_and_of_no_other(
    model, owner, server, files
):
    model()
    server.script = [wants(("delete_file", {"path": FILE["path"]}))]
    space.write(owner, FILE["path"], b"Stays.", replace=False)

    status, _ = ran(owner, with_tools(agent(), files("list_files", "read_file")))

    listed = async_to_sync(OwnServers().listed)("filesystem", owner)["tools"]
    known = {one["name"]: (one["description"], one["inputSchema"]) for one in listed}
    offered = [one["function"] for one in server.received[0].body["tools"]]
    assert [one["name"] for one in offered] == ["list_files", "read_file"]
    assert all((one["description"], one["parameters"]) == known[one["name"]] for one in offered)
    assert b"delete_file" not in server.received[0].raw
    assert "no tool delete_file" in told_of(server.received[1])[0]
    assert (status, space.read(owner, FILE["path"])[1]) == ("completed", b"Stays.")


def written(owner):
    return [one.path for one in space.listed(owner, "notes")[1]]


@pytest.mark.parametrize("decision", ["approved", "rejected"])
def test_a_file_is_written_once_a_person_allows_it_and_not_before(
    model, owner, server, files, decision
):
    model()
    server.script = [wants(("write_file", FILE))]
    with working():
        execution = begin(owner, with_tools(agent(ask="writes"), files("write_file")), {"id": 1})
        asked = waiting(execution)
        before = (written(owner), len(server.received))
        approvals.decide(owner, asked.id, decision, reason="Not today.")
        status = ended(execution)

    told = told_of(server.received[1])[0]
    facts = {one["label"]: one["value"] for one in asked.card["facts"]}
    is_written = decision == "approved"
    assert before == ([], 1)
    assert facts == FILE
    assert (status, written(owner)) == ("completed", [FILE["path"]] if is_written else [])
    assert (f'"path": "{FILE["path"]}"' in told, "Not today." in told) == (
        is_written,
        not is_written,
    )


def test_what_a_model_may_only_read_asks_nobody(model, owner, server, files):
    model()
    space.write(owner, FILE["path"], FILE["content"].encode(), replace=False)
    server.script = [wants(("read_file", {"path": FILE["path"]}))]

    status, _ = ran(owner, with_tools(agent(ask="writes"), files("read_file", access="read")))

    assert status == "completed"
    assert "Grüße an Zoë" in told_of(server.received[1])[0]
    assert "Grüße an Zoë".encode() in server.received[1].raw
