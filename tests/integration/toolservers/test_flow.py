"""One workflow that uses every built-in server, through the node MCP Client, by a worker."""

from __future__ import annotations

import pytest

from headrace.accounts.models import Membership
from headrace.accounts.types import Role
from headrace.executions import queries
from headrace.executions.actions import run_version
from headrace.toolservers import space
from headrace.workflows import actions as workflows
from headrace.workflows.queries import published
from tests.support.clients import actor
from tests.support.engine import begin, ended, working
from tests.support.site import can_browse, site
from tests.support.workflows import MANUAL, document, in_a_row, node

pytestmark = pytest.mark.usefixtures("committed", "in_alpha")

TITLE = {"=": "{{ $json.rows[0].title }}"}


@pytest.fixture
def calling(api):
    """Makes the node that calls a tool, chosen from the list as a member does."""

    def made(name, built_in, tool, arguments=(), credentials=None):
        params = {"where": "built_in", "built_in": built_in, "timeout_s": 300}
        asked = {"params": params, "credentials": credentials or {}}
        answer = api().post("nodes/ai.mcp_client/options/tool/", asked)
        assert answer.status_code == 200, answer.json()
        offered = [one["value"] for one in answer.json()["options"]]
        chosen = next(one for one in offered if one.startswith(f"{tool}@"))
        rows = [{"name": key, "type": "auto", "value": value} for key, value in arguments]
        params = {**params, "tool": chosen, "arguments": rows}
        return node(name, "ai.mcp_client", params, credentials=credentials or {})

    return made


def given(execution, name):
    page = queries.step_items(execution, name, "0", side="output", port=None, offset=0, limit=9)
    return [item.json for item in page.items]


@pytest.fixture
def place(settings, login):
    """A site that workflows may reach."""
    with site("http://127.0.0.1:1") as port:
        settings.HEADRACE_EGRESS_ALLOW += (f"127.0.0.1:{port}",)
        yield f"http://127.0.0.1:{port}/search?q="


@pytest.mark.skipif(not can_browse(), reason="needs Chromium and user namespaces")
def test_a_workflow_lists_and_calls_the_tools_of_every_built_in_server(
    owner, calling, login, place
):
    question = "select title from books where id = 7"
    steps = [
        calling("ask", "postgresql", "query", [("sql", question)], {"database": str(login.id)}),
        calling("keep", "filesystem", "write_file", [("path", "t.txt"), ("content", TITLE)]),
        calling("open", "browser", "open_page", [("url", place)]),
        calling("look", "browser", "read_text"),
        calling("shut", "browser", "close_browser"),
        calling("plan", "scheduler", "list_workflows"),
    ]
    with working():
        execution = begin(owner, in_a_row([MANUAL, *steps]))
        status = ended(execution, within_s=120)

    failed = [one.error for one in queries.history(execution) if one.error]
    assert (status, failed) == ("completed", [])
    assert given(execution, "look")[0]["text"] == "Found for nobody"
    assert given(execution, "plan") == [{"workflows": []}]
    assert space.read(owner, "t.txt")[1] == b"Book 7"


@pytest.fixture
def member(alpha):
    """The one of all tests: whatever becomes of their role is taken back."""
    found = actor(alpha, Role.MEMBER)
    yield found
    Membership.objects.filter(person_id=found.id).update(role=Role.MEMBER)


def test_a_run_may_do_what_its_publisher_may_do_now(owner, member, calling):
    step = calling("keep", "filesystem", "write_file", [("path", "t.txt"), ("content", "x")])
    draft = workflows.create(member, document=document([MANUAL, step], "start -> keep"))
    workflows.publish(member, draft.row.id)
    Membership.objects.filter(person_id=member.id).update(role=Role.VIEWER)

    with working():
        execution = run_version(owner, published(draft.row.id), mode="manual").id
        status = ended(execution)

    (error,) = [one.error for one in queries.history(execution) if one.error]
    assert (status, error["code"]) == ("failed", "tool_failed")
    assert "file.create" in error["message"]
    assert space.listed(owner, "") == ([], [])
