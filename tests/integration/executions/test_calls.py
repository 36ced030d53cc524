"""Workflows that call workflows: results, errors, depth, cancelling, and death at every seam."""

from __future__ import annotations

from uuid import UUID

import pytest

from headrace.accounts.types import SYSTEM
from headrace.executions import actions, calls, control, queries
from headrace.executions.models import Execution, InboxEntry
from headrace.executions.queue.models import QueuedExecution as Limited
from headrace.executions.sweeper import sweep
from headrace.workflows import actions as workflows
from tests.support.called import published, results_of, waits
from tests.support.engine import begin, ended, queue_row, sql, until, working
from tests.support.workflows import MANUAL, document, in_a_row, node, sets

pytestmark = pytest.mark.usefixtures("committed")

NUMBER = {"inputs": [{"name": "n", "type": "number", "required": True}]}
DOUBLE = in_a_row(
    [
        node("in", "triggers.workflow_input", NUMBER),
        node("twice", "data.edit_fields", sets("n", "{{ $json.n * 2 }}")),
    ]
)
BROKEN = in_a_row(
    [
        node("in", "triggers.workflow_input"),
        node("stop", "flow.stop", {"message": "No room left."}),
    ]
)
PATIENT = in_a_row(
    [
        node("in", "triggers.workflow_input"),
        node("wait", "flow.wait", {"mode": "call"}),
    ]
)


def caller(workflow, settings=None, **params):
    call = node("call", "flow.run_workflow", {"workflow": str(workflow), **params})
    call["settings"] = settings or {}
    return in_a_row([MANUAL, call])


def children_of(execution):
    return list(Execution.objects.filter(parent_id=execution).order_by("origin__item"))


def test_the_result_of_the_called_workflow_comes_out(in_alpha, owner):
    double = published(DOUBLE, "Double")

    with working():
        execution = begin(owner, caller(double), {"n": 4}, {"n": "5"})
        ended(execution)

    assert results_of(execution) == [{"n": 8}, {"n": 10}]
    assert [row.status for row in children_of(execution)] == ["completed", "completed"]


def test_all_items_can_go_into_one_call(in_alpha, owner):
    double = published(DOUBLE, "Double")

    with working():
        execution = begin(owner, caller(double, each="all"), {"n": 4}, {"n": 5})
        ended(execution)

    assert results_of(execution) == [{"n": 8}, {"n": 10}]
    assert len(children_of(execution)) == 1


def test_inputs_are_mapped_for_each_item(in_alpha, owner):
    double = published(DOUBLE, "Double")
    inputs = [{"name": "n", "type": "number", "value": {"=": "{{ $json.price }}"}}]

    with working():
        execution = begin(owner, caller(double, inputs=inputs), {"price": "3"})
        ended(execution)

    assert results_of(execution) == [{"n": 6}]


def test_an_input_that_does_not_fit_fails_the_step_and_starts_nothing(in_alpha, owner):
    double = published(DOUBLE, "Double")

    with working():
        execution = begin(owner, caller(double), {"n": "many"})
        ended(execution)

    step = queries.history(execution)[-1]
    assert (step.error["path"], step.error["item"]) == ("inputs.n", 0)
    assert children_of(execution) == []


def test_the_error_of_the_called_workflow_is_the_error_of_the_step(in_alpha, owner):
    broken = published(BROKEN, "Broken")

    with working():
        execution = begin(owner, caller(broken), {"n": 1})
        ended(execution)

    child = children_of(execution)[0]
    error = queries.history(execution)[-1].error
    assert "“Broken” (run" in error["message"]
    assert "No room left." in error["message"]
    assert error["execution"] == str(child.pk)


def test_a_call_without_waiting_goes_on_at_once(in_alpha, owner):
    patient = published(PATIENT, "Patient")

    with working():
        execution = begin(owner, caller(patient, wait=False), {"n": 1})
        status = ended(execution)
        child = children_of(execution)[0]
        waits(child.pk)

    assert status == "completed"
    assert results_of(execution) == [{"n": 1, "execution": str(child.pk)}]


@pytest.mark.parametrize(
    ("version", "expected"),
    [({"version": "number", "number": 1}, 8), ({"version": "published"}, 12)],
)
def test_a_version_can_be_pinned(in_alpha, owner, version, expected):
    workflow = published(DOUBLE, "Grows")
    content = in_a_row(
        [
            node("in", "triggers.workflow_input", NUMBER),
            node("thrice", "data.edit_fields", sets("n", "{{ $json.n * 3 }}")),
        ]
    )
    workflows.save(SYSTEM, workflow, content, revision=1)
    workflows.publish(SYSTEM, workflow)

    with working():
        execution = begin(owner, caller(workflow, **version), {"n": 4})
        ended(execution)

    assert results_of(execution) == [{"n": expected}]


def test_the_draft_is_called_in_manual_runs(in_alpha, owner):
    draft = workflows.create(SYSTEM, name="Draft", document=DOUBLE).row.id

    with working():
        execution = begin(owner, caller(draft, version="draft"), {"n": 4})
        ended(execution)

    assert results_of(execution) == [{"n": 8}]


def test_a_workflow_that_cannot_be_called_says_why(in_alpha, owner):
    uncallable = published(in_a_row([MANUAL, node("end", "flow.no_op")]), "No input")

    with working():
        execution = begin(owner, caller(uncallable), {"n": 1})
        ended(execution)

    assert queries.history(execution)[-1].error["code"] == "no_workflow_input"


def test_recursion_ends_at_its_limit_with_a_clear_error(in_alpha, owner):
    """R-055."""
    workflow = published(in_a_row([node("in", "triggers.workflow_input")]), "Mirror")
    content = in_a_row(
        [
            node("in", "triggers.workflow_input"),
            node("again", "flow.run_workflow", {"workflow": str(workflow)}),
        ]
    )
    workflows.save(SYSTEM, workflow, {**content, "name": "Mirror"}, revision=1)
    workflows.publish(SYSTEM, workflow)

    with working():
        execution = begin(owner, caller(workflow), {"n": 1})
        ended(execution)

    error = queries.history(execution)[-1].error
    assert error["code"] == "call_depth"
    assert "Mirror → Mirror" in error["message"]
    assert Execution.objects.filter(workflow_id=workflow).count() == 20


def test_a_parent_that_waits_holds_no_lease(in_alpha, owner):
    patient = published(PATIENT, "Patient")

    with working():
        execution = begin(owner, caller(patient), {"n": 1})
        waits(execution)
        until(lambda: queue_row(execution)["state"] == "waiting", "its lease is given back")

    assert queries.get(execution).waiting_for == "child"


def test_cancelling_the_parent_cancels_its_children(in_alpha, owner):
    inner = published(PATIENT, "Inner")
    middle_content = in_a_row(
        [
            node("in", "triggers.workflow_input"),
            node("call", "flow.run_workflow", {"workflow": str(inner)}),
        ]
    )
    middle = published(middle_content, "Middle")

    with working():
        execution = begin(owner, caller(middle), {"n": 1})
        until(lambda: Execution.objects.filter(workflow_id=inner, status="waiting").exists(), "…")
        actions.cancel(owner, execution)
        ended(execution)
        below = Execution.objects.filter(workflow_id__in=(inner, middle))
        until(lambda: below.filter(status="cancelled").count() == 2, "both are cancelled")


def test_a_cancelled_child_fails_the_step(in_alpha, owner):
    patient = published(PATIENT, "Patient")

    with working():
        execution = begin(owner, caller(patient), {"n": 1})
        waits(execution)
        child = children_of(execution)[0]
        actions.cancel(owner, child.pk)
        ended(execution)

    assert queries.history(execution)[-1].error["code"] == "child_cancelled"


def test_a_parent_that_dies_before_its_wait_is_stored_has_one_child(in_alpha, owner):
    """Engine-rules 34: what was computed again finds the same child."""
    double = published(DOUBLE, "Double")
    content = caller(double)
    with working():
        first = begin(owner, content, {"n": 4})
        ended(first)
    child = children_of(first)[0]
    # As if the worker had died between the child's insert and the parent's flush: the child
    # is there, has ended and told nobody, and the parent has no log.
    sql("delete from t_alpha.executions_inboxentry")
    sql("delete from t_alpha.executions_logsegment where execution_id = %s", first)
    sql(
        "update t_alpha.executions_execution set status = 'queued', last_seq = 0 where id = %s",
        first,
    )
    fresh = begin(owner, content, {"n": 4})
    sql("update run_queue set execution_id = %s where execution_id = %s", first, fresh)

    with working():
        status = ended(first)

    assert status == "completed"
    assert [row.pk for row in children_of(first)] == [child.pk]
    assert results_of(first) == [{"n": 8}]


def test_a_worker_that_lost_its_lease_while_calling_starts_nothing(in_alpha, owner, monkeypatch):
    """Engine-rules 34: a child begins with its parent's flush or not at all."""
    double = published(DOUBLE, "Double")
    prepare, stolen = calls.prepare, []

    def steal(step, *given, **more):
        if not stolen:
            stolen.append(step.execution_id)
            sql(
                "update run_queue set token = token + 1, worker = gen_random_uuid() "
                "where execution_id = %s",
                step.execution_id,
            )
        return prepare(step, *given, **more)

    monkeypatch.setattr(calls, "prepare", steal)
    with working() as engine:
        execution = begin(owner, caller(double), {"n": 4})
        until(lambda: stolen and not engine.active, "the first worker gives up")
        left = children_of(execution)
        sweep()
        status = ended(execution)

    assert (left, status) == ([], "completed")
    assert len(children_of(execution)) == 1


def test_a_failing_branch_cancels_what_another_branch_has_called(in_alpha, owner):
    patient = published(PATIENT, "Patient")
    content = document(
        [
            MANUAL,
            node("call", "flow.run_workflow", {"workflow": str(patient)}),
            node("pause", "flow.wait", {"mode": "for", "duration_s": 0.3}),
            node("stop", "flow.stop"),
        ],
        "start -> call",
        "start -> pause",
        "pause -> stop",
    )

    with working():
        execution = begin(owner, content, {"n": 1})
        status = ended(execution)
        child = children_of(execution)[0].pk
        ended(child)

    assert (status, queries.get(child).status) == ("failed", "cancelled")


def test_a_child_that_ends_while_the_parents_worker_is_dead_is_not_lost(in_alpha, owner):
    """The parent goes on when another worker takes it over."""
    patient = published(PATIENT, "Patient")
    with working():
        execution = begin(owner, caller(patient), {"n": 1})
        waits(execution)
        child = children_of(execution)[0].pk
        waits(child)
        sql(
            "update run_queue set state = 'leased', token = token + 1, worker = gen_random_uuid() "
            "where execution_id = %s",
            execution,
        )
        resume(child)
        ended(child)
        assert queries.get(execution).status == "waiting"
        sql(
            "update run_queue set state = 'ready', token = token + 1, worker = null, "
            "due_at = now() where execution_id = %s",
            execution,
        )
        status = ended(execution)

    assert status == "completed"
    assert InboxEntry.objects.filter(execution_id=execution, kind="child_ended").count() == 1


def test_the_parent_is_woken_once_for_many_children(in_alpha, owner):
    double = published(DOUBLE, "Double")

    with working():
        execution = begin(owner, caller(double), *({"n": n} for n in range(30)))
        ended(execution)

    assert [item["n"] for item in results_of(execution)] == [n * 2 for n in range(30)]
    assert InboxEntry.objects.filter(execution_id=execution).count() == 1


def test_a_retry_calls_again_only_what_did_not_succeed(in_alpha, owner):
    settings = {"retry": {"max_attempts": 2, "initial_s": 0.01, "jitter": False}}

    with working():
        execution = begin(owner, caller(picky(), settings), {"n": 2}, {"n": 3})
        ended(execution)

    calls = [(row.origin["item"], row.origin["attempt"]) for row in children_of(execution)]
    assert sorted(calls) == [(0, 1), (1, 1), (1, 2)]


def picky():
    content = in_a_row(
        [
            node("in", "triggers.workflow_input"),
            node("check", "flow.if", {"conditions": {"all": [EVEN]}}),
            node("stop", "flow.stop", {"message": "Odd."}),
        ]
    )
    content["edges"][1]["from"] = ["check", "false"]
    return published(content, "Picky")


def test_only_the_items_whose_call_failed_leave_by_the_error_port(in_alpha, owner):
    content = caller(picky(), {"on_error": "error_port"})

    with working():
        execution = begin(owner, content, {"n": 2}, {"n": 3}, {"n": 4})
        status = ended(execution)

    left = {
        port: [
            item.json["n"]
            for item in queries.step_items(
                execution, "call", "0", side="output", port=port, offset=0, limit=9
            ).items
        ]
        for port in ("main", "error")
    }
    assert (status, left) == ("completed", {"main": [2, 4], "error": [3]})


def test_an_execution_that_is_retried_keeps_the_calls_that_succeeded(in_alpha, owner):
    content = caller(picky())

    with working():
        execution = begin(owner, content, {"n": 2}, {"n": 3})
        ended(execution)
        control.retry(owner, execution)
        until(lambda: len(children_of(execution)) == 3, "the failed call is made again")
        ended(execution)

    calls = [(row.origin["item"], row.origin["attempt"]) for row in children_of(execution)]
    assert sorted(calls) == [(0, 1), (1, 1), (1, 2)]


EVEN = {"left": {"=": "{{ $json.n % 2 }}"}, "op": "equals", "right": 0}


def resume(execution: UUID) -> None:
    """Call the address at which it waits."""
    waiting = next(one for one in queries.events(execution) if "resume_url" in one.data)
    actions.resume(str(waiting.data["resume_url"]).rpartition("/")[2], {"go": True})


def test_a_called_workflow_keeps_its_own_limits(in_alpha, owner):
    limited = published({**PATIENT, "settings": {"max_concurrency": 1}}, "Limited")

    with working():
        execution = begin(owner, caller(limited), {"n": 1})
        waits(execution)
        child = children_of(execution)[0].pk
        waits(child)
        rows = Limited.objects.filter(execution_id=child).values_list("max_concurrency", "root")

        assert list(rows) == [(1, execution)]


def test_calls_can_be_made_side_by_side(in_alpha, owner):
    double = published(DOUBLE, "Double")
    content = document(
        [
            MANUAL,
            node("a", "flow.run_workflow", {"workflow": str(double)}),
            node("b", "flow.run_workflow", {"workflow": str(double)}),
            node("both", "flow.merge"),
        ],
        "start -> a",
        "start -> b",
        "a -> both.1",
        "b -> both.2",
    )

    with working():
        execution = begin(owner, content, {"n": 4})
        ended(execution)

    assert results_of(execution) == [{"n": 8}, {"n": 8}]


def test_the_way_leads_down_and_up_again(in_alpha, owner, api):
    double = published(DOUBLE, "Double")

    with working():
        execution = begin(owner, caller(double), {"n": 4}, {"n": 5})
        ended(execution)
    above = api().get(f"executions/{execution}/").json()
    below = api().get(f"executions/{above['children'][1]['execution']}/").json()
    listed = api().get("executions/", parent=str(execution)).json()["results"]

    assert above["parent"] is None
    shown = [(one["workflow_name"], one["node"], one["item"]) for one in above["children"]]
    assert shown == [("Double", "call", 0), ("Double", "call", 1)]
    assert below["parent"] == {"execution": str(execution), "node": "call", "run": "0"}
    assert below["mode"] == "child"
    assert {one["id"] for one in listed} == {one["execution"] for one in above["children"]}
