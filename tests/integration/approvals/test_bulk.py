"""Several approvals answered at once: each stands or falls by itself."""

from __future__ import annotations

import pytest

from headrace.approvals.models import Approval
from headrace.tenants.ids import new_id
from tests.support.approvals import asking, came_by, made, waiting
from tests.support.engine import begin, ended, working


def decide(api, ids, decision="approved", **more):
    body = {"approvals": [str(one) for one in ids], "decision": decision, **more}
    return api.post("approvals/decide/", body)


def codes(answer):
    return [one["error"] and one["error"]["code"] for one in answer.json()["results"]]


@pytest.mark.usefixtures("committed")
def test_one_answer_lets_several_runs_go_on_once(api, in_alpha, owner):
    with working():
        runs = [begin(owner, asking(is_bulk_safe=True), {"n": n}) for n in range(2)]
        rows = [waiting(one).pk for one in runs]
        answer = decide(api(), [*rows, rows[0]], reason="All checked")
        assert [ended(one) for one in runs] == ["completed"] * 2

    assert (answer.status_code, codes(answer)) == (200, [None, None])
    assert [came_by(one)[0] for one in runs] == ["yes", "yes"]
    assert set(Approval.objects.values_list("reason", flat=True)) == {"All checked"}


@pytest.mark.usefixtures("committed")
def test_what_is_risky_is_never_for_bulk(in_alpha, owner):
    with working():
        row = waiting(begin(owner, asking(is_bulk_safe=True, is_risky=True), {}))

    assert not row.is_bulk_safe


def test_each_that_cannot_be_decided_is_told_with_its_reason(api, in_alpha):
    alone = made("Alone")
    closed = made("Old", state="approved", is_bulk_safe=True)
    others = made("Others'", assignees=["role:admin"], is_bulk_safe=True)
    gone = made("Gone", is_bulk_safe=True)

    answer = decide(
        api("member"), [alone.pk, closed.pk, others.pk, new_id(), gone.pk], "rejected", reason="x"
    )

    assert codes(answer) == [
        "approval_not_for_bulk",
        "approval_decided",
        "forbidden",
        "approval_not_found",
        "execution_not_found",
    ]
    assert Approval.objects.filter(state="open").count() == 3


def test_another_workspace_finds_none_of_them(api, in_alpha, beta):
    row = made("Pay?", is_bulk_safe=True)

    answer = decide(api("owner", beta), [row.pk])

    assert codes(answer) == ["approval_not_found"]
    assert Approval.objects.get().state == "open"


def test_a_rejection_without_a_reason_is_told_where_one_is_needed(api, in_alpha):
    row = made("Pay?", is_bulk_safe=True)

    assert codes(decide(api(), [row.pk], "rejected")) == ["reason_missing"]


@pytest.mark.parametrize("ids", [[], ["x"], [new_id()] * 101], ids=["none", "no id", "too many"])
def test_a_list_that_is_none_is_refused_with_its_path(api, in_alpha, ids):
    answer = decide(api(), ids)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["path"].startswith("/approvals")
