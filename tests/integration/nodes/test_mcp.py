"""MCP Client as a member uses it: tools chosen in the form, called by a worker."""

from __future__ import annotations

import os
import sys

import pytest

from headrace.credentials import actions as credentials
from headrace.egress.programs import OperatorPrograms
from headrace.executions import queries
from tests.support import mcp_server
from tests.support.engine import begin, ended, working
from tests.support.mcp_server import serving
from tests.support.workflows import MANUAL, document, node

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def server(settings, owner, in_alpha):
    """Where a server behind a token is, and the account that opens it."""
    with serving(token="canary") as port:
        settings.HEADRACE_EGRESS_ALLOW = (f"127.0.0.1:{port}",)
        key = credentials.create(owner, name="key", kind="http_bearer", data={"token": "canary"})
        yield {"url": f"http://127.0.0.1:{port}/mcp"}, {"auth": str(key.id)}


@pytest.fixture
def program(settings, monkeypatch):
    """A program that the operator declared; the tests' interpreter is for root's eyes only."""
    settings.HEADRACE_MCP_SERVERS = {"test": (sys.executable, "-I", mcp_server.__file__, "stdio")}

    def from_settings(check, caller):
        return OperatorPrograms(settings.HEADRACE_MCP_SERVERS, check, account=0, caller=caller)

    monkeypatch.setattr(OperatorPrograms, "from_settings", from_settings)
    return {"where": "program", "program": "test"}


def options(api, parameter, params, chosen=None):
    body = {"params": params, "credentials": chosen or {}}
    answer = api().post(f"nodes/ai.mcp_client/options/{parameter}/", body)
    assert answer.status_code == 200, answer.json()
    return [one["value"] for one in answer.json()["options"]]


def result(owner, params, chosen=None):
    """The step that calls, after a run of it by a worker."""
    call = node("call", "ai.mcp_client", params, credentials=chosen or {})
    with working():
        execution = begin(owner, document([MANUAL, call], "start -> call"), {"n": 20})
        status = ended(execution)
    step = next(one for one in queries.history(execution) if one.node == "call")
    if status != "completed":
        return step.error["code"]
    page = queries.step_items(execution, "call", "0", side="output", port=None, offset=0, limit=9)
    return [item.json for item in page.items]


ARGUMENTS = [{"name": "a", "type": "number", "value": {"=": "{{ $json.n }}"}}]


def test_a_tool_that_was_chosen_in_the_form_is_called_with_the_credential(api, owner, server):
    place, chosen = server
    tool = next(v for v in options(api, "tool", place, chosen) if v.startswith("add@"))

    assert options(api, "arguments", {**place, "tool": tool}, chosen) == ["a", "b"]
    params = {**place, "tool": tool, "arguments": ARGUMENTS}
    assert result(owner, params, chosen) == [{"value": 21}]
    assert result(owner, {**params, "tool": f"{tool[:-1]}x"}, chosen) == "tool_not_approved"
    assert result(owner, params) == "access_refused"


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give away its account")
def test_a_declared_program_is_chosen_by_its_name_and_run_by_a_worker(
    api, owner, in_alpha, program
):
    assert options(api, "program", {}) == ["test"]
    tool = next(v for v in options(api, "tool", program) if v.startswith("add@"))

    assert result(owner, {**program, "tool": tool, "arguments": ARGUMENTS}) == [{"value": 21}]
    unknown = {**program, "program": "/bin/sh", "tool": tool}
    assert result(owner, unknown) == "no_such_program"
