"""A supervisor and its agents in real runs: who is asked, what is merged, what stops it."""

from __future__ import annotations

import json

import pytest

from headrace.accounts.types import SYSTEM
from headrace.agents import actions as agents
from headrace.agents.types import Wanted
from headrace.executions import queries
from headrace.llm.models import Call
from tests.support.called import published, results_of, runs_of
from tests.support.engine import begin, ended, working
from tests.support.model_servers import Scripted
from tests.support.workflows import MANUAL, in_a_row, node, sets

pytestmark = pytest.mark.usefixtures("committed")

GIVEN = node("task", "triggers.workflow_input")


@pytest.fixture
def agent(owner, in_alpha):
    """A published agent that does its work by one node."""

    def make(name, work):
        workflow = published(in_a_row([GIVEN, work]), name)
        agents.adopt(SYSTEM, workflow, Wanted(name, description=f"Does {name}."))
        return workflow

    return make


def says(text):
    return node("work", "data.edit_fields", sets("answer", text, "text"))


def asks():
    return node("work", "ai.llm_chat", {"model": "able", "prompt": {"=": "{{ $json.task }}"}})


FAILS = node("work", "flow.stop", {"message": "I am ill."})


def supervised(owner, names, **params):
    told = [{"name": name, "type": "text", "value": f"For {name}."} for name in names]
    given = {"task": "Go.", "agents": told, "model": "able", **params}
    with working():
        execution = begin(owner, in_a_row([MANUAL, node("lead", "ai.supervisor", given)]), {"n": 1})
        return execution, ended(execution)


def test_all_agents_work_at_once_and_the_answer_has_what_each_brought(agent, owner):
    for name in ("A", "B"):
        agent(name, says("{{ $json.task }} ({{ $json.context.city }}, {{ $json.n }})"))

    execution, status = supervised(owner, ["A", "B"], merge="by_agent", context={"city": "Bonn"})

    (made,) = results_of(execution)
    assert status == "completed"
    texts = {name: one["answer"] for name, one in made["answer"].items()}
    assert texts == {"A": "Go.\n\nFor A. (Bonn, 1)", "B": "Go.\n\nFor B. (Bonn, 1)"}
    assert [one["status"] for one in made["results"]] == ["completed", "completed"]


@pytest.mark.parametrize(
    ("policy", "status"),
    [
        ({"succeed": "all"}, "failed"),
        ({"succeed": "any"}, "completed"),
        ({"succeed": "at_least", "least": 3}, "completed"),
        ({"succeed": "at_least", "least": 4}, "failed"),
    ],
)
def test_of_five_agents_two_fail(agent, owner, policy, status):
    names = ["A", "B", "C", "D", "E"]
    for name in names:
        agent(name, FAILS if name in "BD" else says(f"{name} is done."))

    execution, ended_as = supervised(owner, names, **policy)

    assert ended_as == status
    if status == "completed":
        (made,) = results_of(execution)
        assert made["answer"] == "\n\n".join(f"## {one}\n\n{one} is done." for one in "ACE")
        bad = [one for one in made["results"] if one["status"] == "failed"]
        assert [one["agent"] for one in bad] == ["B", "D"]
        assert "I am ill." in bad[0]["error"]
    else:
        error = queries.answer(execution)["error"]
        assert (error["code"], "I am ill." in error["message"]) == ("agents_failed", True)


def test_one_after_the_other_is_given_what_the_one_before_it_brought(agent, owner):
    agent("First", says("one"))
    agent("Second", says("{{ $json.previous.answer }}, two"))

    execution, _ = supervised(owner, ["First", "Second"], strategy="in_turn", merge="by_agent")

    assert results_of(execution)[0]["answer"]["Second"]["answer"] == "one, two"


def test_a_model_gives_out_work_until_it_can_answer(agent, owner, model, server):
    model()
    worker = agent("Fact Finder", says("Found: {{ $json.task }}"))
    server.script = [
        Scripted(calls=[("fact_finder", '{"task": "rain"}'), ("fact_finder", '{"task": "sun"}')]),
        Scripted(calls=[("nobody", "{}"), ("fact_finder", '{"task": "snow"}')]),
        Scripted("All is known."),
    ]

    execution, status = supervised(owner, ["Fact Finder"], strategy="model")

    (made,) = results_of(execution)
    assert (status, made["answer"], made["rounds"]) == ("completed", "All is known.", 3)
    assert len(runs_of(worker)) == 3
    # Each question was asked once, though the node went on from its beginning after every round.
    assert len(server.received) == Call.objects.count() == 3
    told = [one for one in server.received[2].body["messages"] if one["role"] == "tool"]
    assert [one["content"] for one in told] == [
        "Found: rain\n\nFor Fact Finder.",
        "Found: sun\n\nFor Fact Finder.",
        "There is no such member, or its task is missing.",
        "Found: snow\n\nFor Fact Finder.",
    ]


def test_after_its_rounds_the_model_has_to_answer(agent, owner, model, server):
    model()
    worker = agent("Digger", says("More."))
    server.script = [Scripted(calls=[("digger", '{"task": "dig"}')])] * 2
    server.usual = Scripted("Enough.")

    execution, _ = supervised(owner, ["Digger"], strategy="model", max_rounds=2)

    assert results_of(execution)[0]["answer"] == "Enough."
    assert len(runs_of(worker)) == 2
    assert "tools" not in server.received[2].body


def test_nobody_is_asked_any_more_when_the_money_is_spent(agent, owner, model, server):
    model()
    server.usual = Scripted("Dear.", usage=(1_000, 100, 0))
    first, second = agent("First", asks()), agent("Second", asks())

    execution, status = supervised(
        owner, ["First", "Second"], strategy="in_turn", succeed="any", max_cost=0.001
    )

    (made,) = results_of(execution)
    assert (status, made["cost"]) == ("completed", 0.002)
    assert [one["status"] for one in made["results"]] == ["completed", "not_run"]
    assert (len(runs_of(first)), len(runs_of(second))) == (1, 0)


def test_a_model_merges_what_agents_brought(agent, owner, model, server):
    model()
    agent("A", says("Yes."))
    agent("B", says("No."))
    server.usual = Scripted("Perhaps.")

    execution, _ = supervised(owner, ["A", "B"], merge="model")

    assert results_of(execution)[0]["answer"] == "Perhaps."
    asked = json.dumps(server.received[0].body["messages"])
    assert all(word in asked for word in ("Yes.", "No.", "## A", "## B"))


def test_an_agent_that_is_not_in_the_registry_is_named(owner, in_alpha):
    execution, status = supervised(owner, ["Ghost"])

    error = queries.answer(execution)["error"]
    assert (status, error["code"], "Ghost" in error["message"]) == ("failed", "no_such_agent", True)
