"""A run becomes a test: it calls nobody, and says where a change makes a difference."""

from __future__ import annotations

import pytest

from headrace.executions import queries as executions
from headrace.executions.models import LogSegment, Payload
from headrace.executions.runner.rehearsal import Closed, UnrecordedCall
from headrace.workflows import actions as workflows
from headrace.workflows.queries import draft
from tests.support.engine import begin, ended, until, working
from tests.support.stub import serving
from tests.support.workflows import MANUAL, document, in_a_row, node, sets

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def stub(settings):
    with serving() as found:
        settings.HEADRACE_EGRESS_ALLOW = [f"127.0.0.1:{found.port}"]
        yield found


@pytest.fixture
def at_work(in_alpha, stub):
    with working() as engine:
        yield engine


def order(stub, **changed):
    """Doubles a number, posts it, and keeps what came back."""
    nodes = [
        MANUAL,
        node(
            "double", "data.edit_fields", changed.get("double", sets("twice", "{{ $json.n * 2 }}"))
        ),
        node(
            "pay",
            "web.http_request",
            {
                "method": "POST",
                "url": stub.url("/pay"),
                "body": "json",
                "body_json": {"=": "{{ $json.twice }}"},
            },
        ),
        node("keep", "data.edit_fields", changed.get("keep", sets("nth", "{{ $json.call }}"))),
    ]
    return in_a_row(nodes)


@pytest.fixture
def saved(api, owner, at_work, stub):
    """A workflow, and a test made of a run of it."""
    execution = begin(owner, order(stub), {"n": 4})
    assert ended(execution) == "completed"
    workflow = executions.get(execution).workflow_id
    answer = api().post(f"workflows/{workflow}/tests/", {"execution": str(execution)})
    assert answer.status_code == 201, answer.json()
    return workflow, answer.json()["id"], execution


def run(api, workflow, **body):
    started = api().post(f"workflows/{workflow}/tests/run/", body)
    assert started.status_code == 202, started.json()
    address = f"workflows/{workflow}/test-runs/{started.json()['run']}/"
    until(lambda: api().get(address).json()["status"] == "done", "the end of the tests")
    return api().get(address).json()["results"]


def change(owner, workflow, document):
    workflows.save(owner, workflow, document, revision=draft(workflow).row.revision)


def test_an_unchanged_draft_passes_and_calls_nobody(api, owner, saved, stub):
    workflow, test, _ = saved

    results = run(api, workflow)

    assert [(one["test"], one["status"], one["differences"]) for one in results] == [
        (test, "passed", [])
    ]
    assert stub.count("/pay") == 1


def test_a_change_shows_the_items_that_differ(api, owner, saved, stub):
    workflow, _, _ = saved
    change(owner, workflow, order(stub, keep=sets("nth", "{{ $json.call + 1 }}")))

    (result,) = run(api, workflow)

    assert result["status"] == "failed"
    assert result["differences"] == [
        {
            "node": "keep",
            "name": "Keep",
            "run": "0",
            "port": "main",
            "item": 0,
            "path": "nth",
            "expected": 1,
            "actual": 2,
        }
    ]


def test_a_new_call_fails_the_test_and_is_not_sent(api, owner, saved, stub):
    workflow, _, _ = saved
    document = order(stub)
    document["nodes"].append(
        node("more", "web.http_request", {"method": "GET", "url": stub.url("/more")})
    )
    document["edges"].append({"from": ["keep", "main"], "to": ["more", "main"]})
    change(owner, workflow, document)

    (result,) = run(api, workflow)

    assert result["status"] == "failed"
    assert result["differences"][0]["actual"]["error"]["code"] == "unrecorded_call"
    assert stub.count("/more") == 0


def test_times_are_those_of_the_recorded_run(api, owner, at_work):
    flow = in_a_row([MANUAL, node("stamp", "data.edit_fields", sets("at", "{{ $now.toISO() }}"))])
    execution = begin(owner, flow, {})
    ended(execution)
    workflow = executions.get(execution).workflow_id
    saved = api().post(f"workflows/{workflow}/tests/", {"execution": str(execution)}).json()

    (result,) = run(api, workflow)

    assert (result["status"], saved["ignore"]) == ("passed", [])


def test_waits_are_answered_from_the_recording(api, owner, at_work):
    flow = in_a_row(
        [
            MANUAL,
            node("hold", "flow.wait", {"mode": "for", "duration_s": 0.2}),
            node("end", "flow.no_op"),
        ]
    )
    execution = begin(owner, flow, {"n": 1})
    assert ended(execution) == "completed"
    workflow = executions.get(execution).workflow_id
    api().post(f"workflows/{workflow}/tests/", {"execution": str(execution)})

    (result,) = run(api, workflow)

    assert result["status"] == "passed"
    kinds = [event.type for event in executions.events(result["execution"])]
    assert "workflow.step.waiting" not in kinds


def test_a_run_that_failed_must_fail_again(api, owner, at_work, stub):
    flow = in_a_row([MANUAL, node("get", "web.http_request", {"url": stub.url("/x?status=404")})])
    execution = begin(owner, flow, {})
    assert ended(execution) == "failed"
    workflow = executions.get(execution).workflow_id
    api().post(f"workflows/{workflow}/tests/", {"execution": str(execution)})

    (result,) = run(api, workflow)

    assert (result["status"], stub.count("/x?status=404")) == ("passed", 1)


def test_ignored_places_may_differ(api, owner, saved, stub):
    workflow, test, _ = saved
    change(owner, workflow, order(stub, keep=sets("nth", 99)))

    answer = api().patch(
        f"workflows/{workflow}/tests/{test}/", {"ignore": [{"node": "*", "path": "nth"}]}
    )

    assert answer.status_code == 200
    assert [one["status"] for one in run(api, workflow)] == ["passed"]


def test_only_chosen_nodes_are_compared(api, owner, saved, stub):
    workflow, test, _ = saved
    change(owner, workflow, order(stub, keep=sets("nth", 99)))

    api().patch(f"workflows/{workflow}/tests/{test}/", {"nodes": ["pay"]})

    assert [one["status"] for one in run(api, workflow)] == ["passed"]


def test_a_published_version_is_tested_on_wish(api, owner, saved, stub):
    workflow, _, _ = saved
    workflows.publish(owner, workflow)
    change(owner, workflow, order(stub, keep=sets("nth", 99)))

    assert [one["status"] for one in run(api, workflow, version=1)] == ["passed"]
    assert [one["status"] for one in run(api, workflow)] == ["failed"]


def test_a_test_outlives_its_execution(api, saved):
    workflow, _, execution = saved
    for rows in (LogSegment, Payload):
        rows.objects.filter(execution_id=execution).delete()

    assert [one["status"] for one in run(api, workflow)] == ["passed"]


def test_the_list_shows_how_each_test_came_out_last(api, saved):
    workflow, _, _ = saved
    before = api().get(f"workflows/{workflow}/tests/").json()["results"]
    run(api, workflow)

    (shown,) = api().get(f"workflows/{workflow}/tests/").json()["results"]

    assert before[0]["last"] is None
    assert shown["last"]["status"] == "passed"


def test_a_deleted_test_is_gone(api, saved):
    workflow, test, _ = saved

    assert api().delete(f"workflows/{workflow}/tests/{test}/").status_code == 204
    assert api().get(f"workflows/{workflow}/tests/{test}/").status_code == 404
    assert api().post(f"workflows/{workflow}/tests/run/", {}).json()["code"] == "no_tests"


def test_a_trigger_that_is_gone_is_an_error_of_the_test(api, owner, saved, stub):
    workflow, _, _ = saved
    document = order(stub)
    document["nodes"][0] = node("other", "triggers.manual")
    document["edges"][0] = {"from": ["other", "main"], "to": ["double", "main"]}
    change(owner, workflow, document)

    (result,) = run(api, workflow)

    assert (result["status"], result["error"]["code"]) == ("error", "no_trigger")


def test_an_execution_that_has_not_ended_cannot_become_a_test(api, owner, at_work):
    execution = begin(owner, in_a_row([MANUAL, node("hold", "flow.wait", {"mode": "call"})]), {})
    until(lambda: executions.get(execution).status == "waiting", "the wait")
    workflow = executions.get(execution).workflow_id

    answer = api().post(f"workflows/{workflow}/tests/", {"execution": str(execution)})

    assert (answer.status_code, answer.json()["code"]) == (409, "execution_not_finished")


def test_a_viewer_sees_tests_and_may_not_run_them(api, saved):
    workflow, test, _ = saved

    assert api("viewer").get(f"workflows/{workflow}/tests/{test}/").status_code == 200
    assert api("viewer").post(f"workflows/{workflow}/tests/run/", {}).status_code == 403


def test_calls_in_a_loop_are_told_turn_by_turn(api, owner, at_work, stub):
    flow = document(
        [
            MANUAL,
            node("split", "data.split_out", {"field": "list"}),
            node("each", "flow.for_each"),
            node("pay", "web.http_request", {"method": "POST", "url": stub.url("/pay")}),
            node("end", "flow.no_op"),
        ],
        "start -> split",
        "split -> each",
        "each.loop -> pay",
        "pay -> each",
        "each.done -> end",
    )
    execution = begin(owner, flow, {"list": [{"n": 1}, {"n": 2}, {"n": 3}]})
    assert ended(execution) == "completed"
    workflow = executions.get(execution).workflow_id
    api().post(f"workflows/{workflow}/tests/", {"execution": str(execution)})

    (result,) = run(api, workflow)

    assert (result["status"], result["differences"]) == ("passed", [])
    assert stub.count("/pay") == 3


def test_a_test_is_not_the_last_run_that_the_list_of_workflows_shows(api, saved):
    workflow, _, execution = saved
    run(api, workflow)

    (row,) = [
        one for one in api().get("workflows/").json()["results"] if one["id"] == str(workflow)
    ]

    assert row["last_execution"]["id"] == str(execution)


@pytest.mark.parametrize("door", ["request", "get", "acquire"])
def test_no_door_leads_out_of_a_test(door):
    """A node that says it only computes, and does not, is refused as well."""
    with pytest.raises(UnrecordedCall):
        getattr(Closed("Edit"), door)
