"""Code of an author's own as a step: its items, its log, its errors."""

from __future__ import annotations

import pytest

from headrace.executions import queries
from headrace.sandbox import actions
from headrace.sandbox.ports import ports
from headrace.sandbox.queries import levels
from tests.support.engine import begin, ended, working
from tests.support.workflows import MANUAL, document, node

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture(scope="module", autouse=True)
def sandbox():
    """Ready before anybody waits for an execution: compiling an engine takes as long as it takes."""
    for language in ("javascript", "python"):
        actions.probe(language)
    yield
    actions.close()


def coded(source, **params):
    step = node("work", "code.javascript", {"code": source, **params})
    return document([MANUAL, step], "start -> work")


def in_python(source):
    step = node("work", "code.python", {"code": source})
    return document([MANUAL, step], "start -> work")


def run(owner, flow, *items):
    with working():
        execution = begin(owner, flow, *items)
        return execution, ended(execution)


def step_of(execution):
    return next(step for step in queries.history(execution) if step.node == "work")


def test_a_step_of_code_gives_its_items_and_its_lineage(in_alpha, owner):
    source = "return items.map((item) => ({ json: { n: item.json.n + 1 } }));"

    execution, status = run(owner, coded(source), {"n": 1})

    page = queries.step_items(execution, "work", "0", side="output", port=None, offset=0, limit=10)
    assert status == "completed"
    assert [(item.json, item.paired) for item in page.items] == [({"n": 2}, ((0, 0),))]


def test_what_code_prints_is_in_the_log_of_its_step(in_alpha, owner):
    execution, _ = run(owner, coded("console.warn('low', 3); return items;"))

    assert [(line["level"], line["message"]) for line in step_of(execution).log] == [
        ("debug", f"Ran in the sandbox for javascript: {levels()['javascript']}."),
        ("warning", "low 3"),
    ]


def test_code_that_fails_fails_its_step_with_its_message(in_alpha, owner):
    execution, status = run(owner, coded("throw new Error('no stock');"))

    error = step_of(execution).error
    assert status == "failed"
    assert (error["code"], error["message"]) == ("code_failed", "Error: no stock (line 1)")


def test_without_a_sandbox_the_step_refuses_visibly(in_alpha, owner, monkeypatch):
    monkeypatch.setattr(ports, "is_on", False)

    execution, status = run(owner, coded("return items;"))

    assert status == "failed"
    assert step_of(execution).error["code"] == "sandbox_missing"


def test_a_step_of_python_gives_its_items_and_prints_to_its_log(in_alpha, owner):
    source = "print('seen', len(items))\nreturn [{'n': item.json['n'] + 1} for item in items]"

    execution, status = run(owner, in_python(source), {"n": 1})

    page = queries.step_items(execution, "work", "0", side="output", port=None, offset=0, limit=10)
    assert status == "completed"
    assert [item.json for item in page.items] == [{"n": 2}]
    assert [line["message"] for line in step_of(execution).log][-1] == "seen 1"


def test_python_that_fails_fails_its_step_with_its_line(in_alpha, owner):
    execution, status = run(owner, in_python("\nraise ValueError('no stock')"))

    error = step_of(execution).error
    assert status == "failed"
    assert (error["code"], error["message"]) == ("code_failed", "ValueError: no stock (line 2)")
