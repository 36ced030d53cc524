"""The addresses of derived executions: fork, partial run, what is stale, compare, bulk."""

from __future__ import annotations

import json

import pytest

from headrace.audit.models import Entry
from headrace.executions import queries
from headrace.workflows import actions as workflows
from headrace.workflows.queries import draft
from tests.support.endpoints import one_of_each
from tests.support.engine import begin, ended, until, working
from tests.support.workflows import MANUAL, in_a_row, node, sets

pytestmark = pytest.mark.usefixtures("committed")

ROW = in_a_row(
    [
        MANUAL,
        node("a", "data.edit_fields", sets("a", "{{ $json.n + 1 }}")),
        node("b", "data.edit_fields", sets("b", "{{ $json.a * 10 }}")),
    ]
)


@pytest.fixture(autouse=True)
def at_work(in_alpha):
    with working() as engine:
        yield engine


@pytest.fixture
def source(in_alpha, owner):
    execution = begin(owner, ROW, {"n": 1})
    ended(execution)
    return execution


def test_a_fork_is_answered_with_what_it_reuses(api, source):
    answer = api().post(
        f"executions/{source}/fork/", {"from": [{"node": "b"}], "items": [{"a": 3}]}
    )

    body = answer.json()
    assert answer.status_code == 201
    assert body["reused"] == [{"node": "a", "run": "0"}]
    assert body["again"] == [{"node": "b", "run": "0", "reason": "fork_point"}]
    ended(body["execution"])
    shown = api().get(f"executions/{body['execution']}/").json()
    assert shown["forked_from"] == {
        "execution": str(source),
        "seq": None,
        "from": [{"node": "b", "run": "0"}],
    }


def test_an_execution_of_its_own_is_forked_from_nothing(api, source):
    assert api().get(f"executions/{source}/").json()["forked_from"] is None


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({}, "from"),
        ({"from": []}, "from"),
        ({"from": 0}, "from"),
        ({"from": True}, "from"),
        ({"from": [3]}, "from/0"),
        ({"from": [{"node": 3}]}, "from/0/node"),
        ({"from": [{"node": "a", "run": 3}]}, "from/0/run"),
        ({"from": 3, "items": [{}]}, "items"),
        ({"from": [{"node": "a"}], "version": "newest"}, "version"),
        ({"from": [{"node": "a"}], "items": ["x"]}, "items/0"),
    ],
)
def test_a_fork_that_makes_no_sense_is_refused_with_its_place(api, source, body, path):
    answer = api().post(f"executions/{source}/fork/", body)

    assert answer.status_code == 400
    assert [one["path"] for one in answer.json()["errors"]] == [f"/{path}"]


def test_a_fork_stands_in_the_audit_record(api, source):
    body = api().post(f"executions/{source}/fork/", {"from": [{"node": "b"}]}).json()

    entry = Entry.objects.get(action="execution.forked")
    assert str(entry.object_id) == body["execution"]


def test_a_viewer_may_not_fork(api, source):
    assert api("viewer").post(f"executions/{source}/fork/", {"from": 1}).status_code == 403


def test_a_part_of_the_draft_runs_on_what_holds(api, source):
    workflow = queries.get(source).workflow_id

    answer = api().post(
        f"workflows/{workflow}/run/", {"to": "b", "execution": str(source), "wait": 10}
    )

    assert answer.json()["result"] == [
        {"json": {"n": 1, "a": 2, "b": 20}, "paired": [{"input": 0, "item": 0}]}
    ]
    steps = api().get(f"executions/{answer.json()['execution']}/").json()["steps"]
    assert [one["status"] for one in steps] == ["completed", "cached", "cached"]


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"to": "a", "from": "b"}, "from"),
        ({"to": "a", "version": 1}, "version"),
        ({"execution": "01a1fd3e-8487-7e09-b154-201908236969"}, "execution"),
    ],
)
def test_a_part_that_makes_no_sense_is_refused_with_its_place(api, source, body, path):
    workflow = queries.get(source).workflow_id

    answer = api().post(f"workflows/{workflow}/run/", body)

    assert (answer.status_code, answer.json()["errors"][0]["path"]) == (400, f"/{path}")


def test_stale_tells_what_would_run_again(api, owner, source):
    workflow = queries.get(source).workflow_id
    content = draft(workflow).document
    content["nodes"][2]["params"] = sets("b", 0)
    workflows.save(owner, workflow, content, revision=draft(workflow).row.revision)

    found = api().get(f"workflows/{workflow}/stale/", execution=str(source)).json()["steps"]

    assert found[1:] == [
        {"node": "a", "run": "0", "is_stale": False, "reason": ""},
        {"node": "b", "run": "0", "is_stale": True, "reason": "node_changed"},
    ]


@pytest.mark.parametrize("text", ["", "x", "01a1fd3e-8487-7e09-b154-201908236969"])
def test_stale_needs_an_execution_of_the_workflow(api, source, text):
    workflow = queries.get(source).workflow_id

    assert api().get(f"workflows/{workflow}/stale/", execution=text).status_code == 404


def test_compare_tells_same_from_changed(api, owner, source):
    other = begin(owner, ROW, {"n": 1})
    ended(other)
    third = begin(owner, ROW, {"n": 2})
    ended(third)

    def states(right):
        steps = api().get(f"executions/{source}/compare/{right}/").json()["steps"]
        return {one["node"]: one["state"] for one in steps}

    assert states(other) == {"start": "same", "a": "same", "b": "same"}
    assert states(third) == {"start": "changed", "a": "changed", "b": "changed"}


def test_compare_shows_steps_that_only_one_has(api, owner, source):
    short = begin(owner, in_a_row([MANUAL, ROW["nodes"][1]]), {"n": 1})
    ended(short)

    steps = api().get(f"executions/{source}/compare/{short}/").json()["steps"]

    assert [(one["node"], one["state"]) for one in steps][-1] == ("b", "only_left")
    assert steps[-1]["right"] is None


def test_bulk_cancel_ends_what_is_open_and_names_the_rest(api, owner, source):
    waiting = begin(owner, in_a_row([MANUAL, node("hold", "flow.wait", {"mode": "call"})]), {})
    until(lambda: queries.get(waiting).status == "waiting", "the wait")
    nobody = "01a1fd3e-8487-7e09-b154-201908236969"

    answer = api().post(
        "executions/bulk/", {"action": "cancel", "ids": [str(waiting), str(source), nobody]}
    )

    assert answer.status_code == 202
    assert (answer.json()["matched"], answer.json()["accepted"]) == (2, 1)
    assert answer.json()["refused"] == [
        {"id": nobody, "code": "execution_not_found"},
        {"id": str(source), "code": "execution_ended"},
    ]
    assert ended(waiting) == "cancelled"


def test_bulk_finds_by_filter(api, owner, source):
    waiting = begin(owner, in_a_row([MANUAL, node("hold", "flow.wait", {"mode": "call"})]), {})
    until(lambda: queries.get(waiting).status == "waiting", "the wait")

    answer = api().post(
        "executions/bulk/",
        {"action": "cancel", "filter": {"status": ["waiting"], "search": "test"}},
    )

    assert answer.json() == {"matched": 1, "accepted": 1, "refused": []}


def test_an_admin_deletes_what_has_ended_and_the_audit_record_keeps_that(api, owner, source):
    waiting = begin(owner, in_a_row([MANUAL, node("hold", "flow.wait", {"mode": "call"})]), {})
    until(lambda: queries.get(waiting).status == "waiting", "the wait")
    wish = {"action": "delete", "ids": [str(source), str(waiting)]}

    assert api("member").post("executions/bulk/", wish).status_code == 403
    answer = api("admin").post("executions/bulk/", wish).json()

    assert answer["accepted"] == 1
    assert answer["refused"] == [{"id": str(waiting), "code": "execution_open"}]
    assert api().get(f"executions/{source}/").status_code == 404
    assert api().get(f"executions/{waiting}/").status_code == 200
    entry = Entry.objects.get(action="execution.deleted")
    assert entry.object_id == str(source)
    assert json.loads(entry.facts)["status"] == "completed"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"action": "cancel"},
        {"action": "dance", "ids": []},
        {"action": "cancel", "ids": [], "filter": {}},
        {"action": "cancel", "filter": {"status": ["sad"]}},
        {"action": "delete", "filter": {"status": ["failed"]}},
    ],
)
def test_bulk_needs_an_action_and_a_choice(api, body):
    assert api().post("executions/bulk/", body).status_code == 400


def test_executions_of_another_tenant_cannot_be_named_in_bodies(api, source, beta):
    """S-053: what is not ours does not exist, wherever its id stands."""
    workflow = queries.get(source).workflow_id
    foreign = str(one_of_each(beta)["execution_id"])

    answers = {
        "run": api().post(f"workflows/{workflow}/run/", {"to": "a", "execution": foreign}),
        "stale": api().get(f"workflows/{workflow}/stale/", execution=foreign),
        "compare": api().get(f"executions/{source}/compare/{foreign}/"),
        "test": api().post(f"workflows/{workflow}/tests/", {"execution": foreign}),
    }
    bulk = api().post("executions/bulk/", {"action": "cancel", "ids": [foreign]})

    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(
        answers, 404
    )
    assert bulk.json()["refused"] == [{"id": foreign, "code": "execution_not_found"}]
