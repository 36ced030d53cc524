"""A person decides, once: against others, against time, against the end of the execution."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context

import pytest
from django.db import connections

from headrace.accounts.errors import Forbidden
from headrace.accounts.types import Role
from headrace.approvals import actions, queries
from headrace.approvals.errors import ApprovalDecided, ApprovalNotFound, ReasonMissing
from headrace.approvals.models import Approval
from headrace.audit.models import Entry
from headrace.executions import actions as executions
from headrace.executions import queries as execution_queries
from headrace.executions.models import InboxEntry
from headrace.executions.sweeper import sweep
from headrace.tenants.ids import new_id
from tests.support.approvals import asking, came_by, waiting
from tests.support.clients import actor
from tests.support.engine import begin, ended, sql, until, working
from tests.support.workflows import MANUAL, document, node

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def ask(in_alpha, owner):
    """Start a run that asks; its id."""
    return lambda *items, **params: begin(owner, asking(**params), *(items or ({"amount": 3},)))


@pytest.mark.parametrize(
    ("decision", "taken"), [("approved", "yes"), ("rejected", "no")], ids=["approved", "rejected"]
)
def test_the_items_leave_by_the_decision_with_who_and_why(ask, owner, decision, taken):
    with working():
        execution = ask()
        actions.decide(owner, waiting(execution).pk, decision, "because")
        ended(execution)

    node, (item,) = came_by(execution)
    assert (node, item["amount"], item["approval"]["reason"]) == (taken, 3, "because")
    assert item["approval"]["decision"] == decision
    assert item["approval"]["by"] == {"id": str(owner.person_id), "name": owner.label}
    assert item["approval"]["at"]


def test_whoever_decides_sees_what_it_is_about(ask, owner):
    with working():
        row = queries.as_row(waiting(ask({"amount": 3}, {"amount": 4}, message="Really?")))

    assert (row.title, row.message, row.items) == (
        "Pay?",
        "Really?",
        ({"amount": 3}, {"amount": 4}),
    )
    assert (row.workflow_name, row.node, row.run, row.state) == ("Test", "ask", "0", "open")


def test_a_card_shows_what_its_author_chose_and_which_step_asks(ask, owner):
    """R-051: NUL has no place in PostgreSQL's JSON."""
    facts = [
        {"label": "IBAN", "value": "matches", "mark": "ok"},
        {"label": "Usual", "value": {"=": "{{ $json.usual }}"}, "mark": "warn"},
    ]
    with working():
        card = {"headline": {"=": "{{ $json.amount }}"}, "why": "Above", "facts": facts}
        row = queries.as_row(waiting(ask({"amount": "3 \0", "usual": 2}, **card)))

    assert row.node_name == "Ask"
    assert (row.card.headline, row.card.why) == ("3 \ufffd", "Above")
    assert [(one.label, one.value, one.mark) for one in row.card.facts] == [
        ("IBAN", "matches", "ok"),
        ("Usual", "2", "warn"),
    ]


def test_a_large_load_does_not_fill_the_inbox(ask, owner):
    with working():
        row = queries.as_row(waiting(ask({"text": "x" * 50_000}, {"text": "y" * 50_000})))

    assert len(row.items) == 1


def test_any_text_can_be_asked(ask, owner):
    """R-051: NUL has no place in PostgreSQL's text."""
    title = {"=": "{{ $json.title }}"}
    with working():
        row = waiting(ask({"title": "a \0 \U0001f600 {{ 7 * 191 }}"}, title=title))

    assert row.title == "a \ufffd \U0001f600 {{ 7 * 191 }}"


def test_nobody_in_time_leaves_by_expired(ask, owner):
    with working():
        execution = ask(expires_s=0.3)
        ended(execution)

    node, (item,) = came_by(execution)
    assert (node, item["approval"]["decision"]) == ("late", "expired")
    assert Approval.objects.get().state == "expired"


def test_an_expiry_that_was_not_recorded_counts_after_the_crash(ask, owner):
    """The worker died between closing the row and its log: the step must not wait for ever."""
    with working():
        execution = ask(expires_s=6)
        waiting(execution)
        Approval.objects.update(state="expired")
        assert ended(execution) == "completed"

    assert came_by(execution)[0] == "late"


def test_after_its_time_nobody_decides_even_if_no_worker_looked(ask, owner):
    with working():
        row = waiting(ask(expires_s=600))
    Approval.objects.update(expires_at=row.created_at)

    with pytest.raises(ApprovalDecided) as caught:
        actions.decide(owner, row.pk, "approved")

    assert caught.value.facts["state"] == "expired"


def test_of_many_who_decide_at_one_moment_one_wins(ask, owner, in_alpha):
    """R-042: two people and a double click each."""
    with working():
        row = waiting(ask())
    people = [owner, actor(in_alpha, Role.ADMIN), actor(in_alpha, Role.MEMBER)] * 3

    def decide(person, decision):
        try:
            return actions.decide(person, row.pk, decision, "x").decided_by
        except ApprovalDecided as error:
            return error.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(people)) as threads:
        started = [
            threads.submit(copy_context().run, decide, person, decision)
            for person, decision in zip(people, ["approved", "rejected"] * 5, strict=False)
        ]
        answers = [one.result() for one in started]

    assert sorted(answers).count("approval_decided") == len(people) - 1
    assert InboxEntry.objects.filter(kind="decided").count() == 1
    assert Entry.objects.filter(object_type="approval").count() == 1


def test_a_decision_survives_that_no_worker_is_there(ask, owner):
    with working():
        execution = ask()
        row = waiting(execution)

    actions.decide(owner, row.pk, "approved")
    with working():
        assert ended(execution) == "completed"

    assert came_by(execution)[0] == "yes"


def test_a_worker_that_dies_after_the_decision_loses_nothing(ask, owner):
    """R-001: taken over with the decision in the inbox."""
    with working():
        execution = ask()
        row = waiting(execution)
    sql(
        "update run_queue set state = 'leased', token = token + 1, worker = gen_random_uuid(), "
        "due_at = now() where execution_id = %s",
        execution,
    )
    actions.decide(owner, row.pk, "approved")
    sweep()
    with working():
        assert ended(execution) == "completed"


def test_a_cancelled_execution_withdraws_what_it_asked(ask, owner):
    with working():
        execution = ask()
        row = waiting(execution)
        executions.cancel(owner, execution)
        ended(execution)

    with pytest.raises(ApprovalDecided):
        actions.decide(owner, row.pk, "approved")
    assert queries.approval(row.pk).state == "withdrawn"


def test_an_execution_that_is_given_up_withdraws_what_it_asked(ask, owner):
    """R-005: ended as crashed, without stopping its steps one by one."""
    with working():
        execution = ask()
        waiting(execution)
    sql(
        "update run_queue set crashes = 6, state = 'ready', due_at = now() where execution_id = %s",
        execution,
    )
    with working():
        assert ended(execution) == "crashed"

    assert Approval.objects.get().state == "withdrawn"


def test_a_rejection_without_a_reason_is_refused_where_one_is_needed(ask, owner):
    with working():
        row = waiting(ask())

    with pytest.raises(ReasonMissing):
        actions.decide(owner, row.pk, "rejected", "  ")
    assert queries.approval(row.pk).state == "open"


def test_people_are_told_that_approving_is_risky(ask, owner):
    with working():
        row = waiting(ask(is_risky=True))

    assert queries.approval(row.pk).is_risky


def test_a_rejection_needs_no_reason_where_the_author_says_so(ask, owner):
    with working():
        row = waiting(ask(needs_reason=False))

    assert actions.decide(owner, row.pk, "rejected").state == "rejected"


@pytest.mark.parametrize(
    ("assignees", "may"),
    [
        ([], {"owner", "admin", "member"}),
        (["Member@alpha.example"], {"owner", "admin", "member"}),
        (["viewer@alpha.example"], {"owner", "admin", "viewer"}),
        (["nobody@else.example"], {"owner", "admin"}),
        (["role:admin"], {"owner", "admin"}),
        (["role:viewer"], {"owner", "admin", "member", "viewer"}),
    ],
)
def test_those_decide_who_are_asked(ask, in_alpha, assignees, may):
    with working():
        row = waiting(ask(assignees=assignees))
    shown = queries.approval(row.pk)

    allowed = {role.value for role in Role if queries.may_decide(actor(in_alpha, role), shown)}

    assert allowed == may
    for role in set(Role) - {Role(one) for one in may}:
        with pytest.raises(Forbidden):
            actions.decide(actor(in_alpha, role), row.pk, "approved")
    for role in Role:
        told = queries.inbox(actor(in_alpha, role), None)
        assert told is not None
        assert told.open == (role.value in may)


def test_an_assignee_that_cannot_be_one_fails_the_step(ask, owner):
    with working():
        execution = ask(assignees=["somebody"])
        ended(execution)

    error = execution_queries.answer(execution)["error"]
    assert (error["code"], error["path"]) == ("assignee_unknown", "assignees")


def test_an_approval_that_does_not_exist_is_not_found(in_alpha, owner):
    with pytest.raises(ApprovalNotFound):
        actions.decide(owner, new_id(), "approved")


def test_branches_ask_side_by_side_and_go_on_one_by_one(in_alpha, owner):
    flow = document(
        [
            MANUAL,
            node("a", "human.approval", {"title": "A"}),
            node("b", "human.approval", {"title": "B"}),
            node("end", "flow.no_op"),
        ],
        "start -> a",
        "start -> b",
        "b.approved -> end",
    )
    with working():
        execution = begin(owner, flow, {})
        until(lambda: Approval.objects.count() == 2, "both ask")
        until(lambda: execution_queries.get(execution).status == "waiting", "the wait")
        actions.decide(owner, Approval.objects.get(node="b").pk, "approved")
        until(
            lambda: "end" in {step.node for step in execution_queries.history(execution)},
            "the branch goes on",
        )
        actions.decide(owner, Approval.objects.get(node="a").pk, "approved")
        assert ended(execution) == "completed"
