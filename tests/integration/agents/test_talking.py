"""How agents speak to each other besides handing on results: by state, by events, by a table."""

from __future__ import annotations

import pytest

from headrace.accounts.types import SYSTEM
from headrace.agents import actions as agents
from headrace.agents.types import Wanted
from headrace.tables import actions as tables
from tests.support.called import published, results_of, runs_of, settled
from tests.support.engine import begin, ended, working
from tests.support.workflows import MANUAL, in_a_row, node, sets

pytestmark = pytest.mark.usefixtures("committed")

GIVEN = node("task", "triggers.workflow_input")


def agent(name, *work):
    """A published agent that does its work by these nodes."""
    workflow = published(in_a_row([GIVEN, *work]), name)
    agents.adopt(SYSTEM, workflow, Wanted(name))
    return workflow


def one_after_the_other(owner, *names):
    told = [{"name": name, "type": "text", "value": ""} for name in names]
    given = {"task": "Go.", "agents": told, "strategy": "in_turn", "merge": "by_agent"}
    execution = begin(owner, in_a_row([MANUAL, node("lead", "ai.supervisor", given)]), {})
    assert ended(execution) == "completed"
    return results_of(execution)[0]["answer"]


def test_by_shared_state(owner, in_alpha):
    place = {"key": "team-plan", "scope": "tenant"}
    agent("Planner", node("set", "data.key_value", {"operation": "set", "value": "B", **place}))
    agent("Doer", node("get", "data.key_value", {"operation": "get", "field": "plan", **place}))

    with working():
        answer = one_after_the_other(owner, "Planner", "Doer")

    assert answer["Doer"]["plan"] == "B"


def test_by_an_event(owner, in_alpha):
    found = {"event": "team.found", "payload": {"what": "gold"}}
    agent("Scout", node("tell", "flow.emit_event", found))
    listens = [
        node("on", "triggers.event", {"pattern": "team.*"}),
        node("keep", "data.edit_fields", sets("heard", True)),
    ]
    listener = published(in_a_row(listens), "Digger")

    with working():
        one_after_the_other(owner, "Scout")
        settled()

    (run,) = runs_of(listener)
    assert run.status == "completed"


def test_by_a_table(owner, in_alpha):
    tables.create(owner, "Findings", [("text", "text")])
    row = [{"name": "text", "type": "text", "value": "Water at 12 m."}]
    agent("Driller", node("add", "data.data_table", _on("insert", values=row)))
    agent("Reader", node("find", "data.data_table", _on("find")))

    with working():
        answer = one_after_the_other(owner, "Driller", "Reader")

    assert answer["Reader"]["text"] == "Water at 12 m."


def _on(operation, **more):
    return {"table": "Findings", "operation": operation, **more}
