"""Plugins that nobody verified: in a process of their own, with the doors they declared."""

from __future__ import annotations

import pytest

from headrace.credentials import actions as credentials
from headrace.executions import queries
from headrace_sdk import Needs
from tests.support.engine import begin, ended, working
from tests.support.plugged import KIND, plug, write
from tests.support.stub import serving
from tests.support.workflows import MANUAL, in_a_row, node

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def stub(settings):
    with serving() as stub:
        settings.HEADRACE_EGRESS_ALLOW = (f"127.0.0.1:{stub.port}",)
        yield stub


def run(owner, act, *, kind=KIND, items=({},), **more):
    """One run; how the step ended and what the run gave."""
    params = {"act": act, "url": more.pop("url", "")} if kind == KIND else act
    flow = in_a_row([MANUAL, node("reach", kind, params, **more)])
    with working():
        execution = begin(owner, flow, *items)
        ended(execution, within_s=45)
    step = next(step for step in queries.history(execution) if step.node == "reach")
    return step, [item["json"] for item in queries.answer(execution)["items"]]


def test_questions_side_by_side_get_their_own_answers(in_alpha, owner, stub, monkeypatch):
    plug(monkeypatch, needs=Needs(hosts=("127.0.0.1",)), trust="community")

    _, made = run(owner, "many", url=stub.url("/n"))

    assert made == [{"made": [200] * 20}]
    assert stub.count("/n7") == 1


def test_it_gets_the_fields_of_the_credential_that_was_chosen(in_alpha, owner, monkeypatch):
    plug(monkeypatch, needs=Needs(credentials=("http_bearer",)), trust="community")
    made = credentials.create(owner, name="api", kind="http_bearer", data={"token": "s3cret-token"})

    _, given = run(owner, "secret", credentials={"account": str(made.id)})

    assert given == [{"made": len("s3cret-token")}]


def test_its_state_is_kept_with_the_completion_of_the_step(in_alpha, owner, monkeypatch):
    plug(monkeypatch, trust="community")
    flow = in_a_row(
        [MANUAL, node("count", KIND, {"act": "count"}), node("last", KIND, {"act": "last"})]
    )

    with working():
        execution = begin(owner, flow, {})
        assert ended(execution, within_s=45) == "completed"

    first = queries.step_items(execution, "count", "0", side="output", port=None, offset=0, limit=9)
    assert first.items[0].json == {"made": [1, "default"]}
    assert queries.answer(execution)["items"][0]["json"] == {"made": {"by": "plugin"}}


def test_it_may_wait_and_goes_on(in_alpha, owner, monkeypatch):
    plug(monkeypatch, trust="community")

    step, made = run(owner, "wait", items=({"n": 1},))

    assert (step.status, made) == ("completed", [{"n": 1}])


def test_each_item_of_a_write_has_an_outcome_of_its_own(in_alpha, owner, monkeypatch):
    plug(monkeypatch, write, trust="community")

    step, made = run(
        owner,
        {"number": {"=": "{{ $json.n }}"}},
        kind="acme.write",
        items=({"n": 1}, {"n": 2}, {"n": 3}),
        settings={"on_error": "continue"},
    )

    assert step.status == "completed"
    assert [item.get("wrote", item.get("error", {}).get("code")) for item in made] == [
        1,
        "not_two",
        3,
    ]


@pytest.mark.parametrize(
    ("act", "code"),
    [("connect", "not_declared"), ("start", "not_declared"), ("emit", "contract_broken")],
)
def test_whatever_goes_past_the_doors_is_refused(in_alpha, owner, stub, monkeypatch, act, code):
    plug(monkeypatch, needs=Needs(hosts=("*",)), trust="community")

    step, _ = run(owner, act, url=f"127.0.0.1:{stub.port}")

    assert (step.status, step.error["code"]) == ("failed", code)


def test_a_program_that_was_declared_is_started(in_alpha, owner, monkeypatch):
    plug(monkeypatch, needs=Needs(processes=("true",)), trust="community")

    assert run(owner, "start")[1] == [{"made": 0}]
