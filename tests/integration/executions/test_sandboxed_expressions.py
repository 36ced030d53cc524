"""Expressions that the quick evaluator leaves to the sandbox, in real runs and in previews."""

from __future__ import annotations

import pytest

from headrace.executions import queries
from headrace.sandbox import actions, running
from headrace.sandbox.ports import ports
from headrace.workflows.validation import problems
from tests.support.engine import begin, ended, working
from tests.support.workflows import MANUAL, document, node, sets

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture(scope="module", autouse=True)
def sandbox():
    """Ready before anybody waits for an execution: compiling an engine takes as long as it takes."""
    actions.probe()
    yield
    actions.close()


def setting(**fields):
    rows = [
        {"name": name, "type": "auto", "value": {"=": template}}
        for name, template in fields.items()
    ]
    nodes = [MANUAL, node("first", "data.edit_fields", sets("n", 2))]
    nodes.append(node("set", "data.edit_fields", {"assignments": rows}))
    return document(nodes, "start -> first", "first -> set")


def run(owner, flow, *items):
    with working():
        execution = begin(owner, flow, *items)
        return execution, ended(execution)


def test_a_node_gets_all_of_them_for_all_items_in_one_visit(in_alpha, owner, monkeypatch):
    visits = []
    ask = running.run
    monkeypatch.setattr(running, "run", lambda job, body: visits.append(job) or ask(job, body))
    flow = setting(
        tags="{{ $json.tags.map(tag => { return tag.toUpperCase() }) }}",
        label="{{ /^a/.test($json.name) ? 'A' : '-' }}/{{ $json.name.length }}",
        before="{{ $('First').item.json.name.replace(/./g, '*') }}",
    )

    execution, status = run(
        owner, flow, {"name": "ada", "tags": ["x"]}, {"name": "bo", "tags": ["y", "z"]}
    )

    page = queries.step_items(execution, "set", "0", side="output", port=None, offset=0, limit=10)
    assert status == "completed"
    assert [
        (item.json["tags"], item.json["label"], item.json["before"]) for item in page.items
    ] == [
        (["X"], "A/3", "***"),
        (["Y", "Z"], "-/2", "**"),
    ]
    assert len(visits) == 1


def test_a_failure_names_the_node_the_parameter_and_the_item(in_alpha, owner):
    flow = setting(label="{{ $json.name.match(/^a/)[0] }}")

    execution, status = run(owner, flow, {"name": "ada"}, {"name": "bo"})

    (step,) = [step for step in queries.history(execution) if step.node == "set"]
    assert status == "failed"
    assert (step.error["code"], step.error["node"], step.error["item"], step.error["path"]) == (
        "type_error",
        "set",
        1,
        "/assignments/0/value",
    )
    assert step.error["message"].endswith("Use ?. where a value may be missing. (column 15)")


def test_without_a_sandbox_such_a_workflow_is_refused(in_alpha, owner, monkeypatch):
    flow = setting(label="{{ new Date() }}")
    execution = begin(owner, flow, {})
    monkeypatch.setattr(ports, "is_on", False)

    (problem,) = problems(flow)
    with working():
        status = ended(execution)

    (step,) = [step for step in queries.history(execution) if step.node == "set"]
    assert (problem.code, problem.path) == (
        "sandbox_missing",
        "/nodes/2/params/assignments/0/value",
    )
    assert status == "failed"
    assert step.error["code"] == "sandbox_missing"
    assert "SANDBOX=off" in step.error["message"]
