"""The API of approvals, and the inbox of a page."""

from __future__ import annotations

import pytest

from headrace.approvals import queries
from headrace.approvals.models import Approval
from tests.support.approvals import made


@pytest.fixture
def approval(in_alpha):
    """An open approval of an execution that has long gone."""
    return made("Pay?")


def test_a_row_says_all_that_a_card_shows(api, approval):
    row = api("viewer").get(f"approvals/{approval.pk}/").json()

    assert row["title"] == "Pay?"
    assert row["execution"] == {"id": str(approval.execution_id), "number": 7}
    assert row["workflow"]["name"] == "Invoices"
    assert (row["state"], row["items"], row["can_decide"]) == ("open", [{"amount": 3}], False)


def test_the_authors_card_is_told_and_one_without_it_is_empty(api, in_alpha, approval):
    fact = {"label": "IBAN", "value": "matches", "mark": "ok"}
    card = {"headline": "3 EUR", "why": "Above the usual", "facts": [fact]}
    shown = made("Refund?", node_name="Ask the boss", card=card)

    row = api("viewer").get(f"approvals/{shown.pk}/").json()
    bare = api("viewer").get(f"approvals/{approval.pk}/").json()

    assert {key: row[key] for key in card} == card
    assert row["node_name"] == "Ask the boss"
    assert (bare["headline"], bare["why"], bare["facts"], bare["node_name"]) == ("", "", [], "")


@pytest.mark.parametrize(("state", "titles"), [("open", ["Pay?"]), ("decided", ["Old"])])
def test_the_list_is_of_open_or_of_decided_ones(api, approval, state, titles):
    made("Old", state="approved")

    page = api().get("approvals/", state=state).json()

    assert [row["title"] for row in page["results"]] == titles


def test_the_list_comes_in_pages_newest_first(api, in_alpha):
    for number in range(5):
        made(f"No {number}")

    first = api().get("approvals/", limit=3).json()
    second = api().get("approvals/", limit=3, cursor=first["next"]).json()

    titles = [row["title"] for row in first["results"] + second["results"]]
    assert sorted(titles) == [f"No {number}" for number in range(5)]
    assert second["next"] is None


@pytest.mark.parametrize("word", ["approve", "reject"])
def test_an_approval_of_an_execution_that_is_gone_stays_as_it_is(api, approval, word):
    answer = api().post(f"approvals/{approval.pk}/{word}/", {"reason": "x"})

    assert (answer.status_code, answer.json()["code"]) == (404, "execution_not_found")
    assert Approval.objects.get().state == "open"


@pytest.mark.parametrize("state", ["approved", "rejected", "expired", "withdrawn"])
def test_what_is_closed_answers_409_and_says_how(api, in_alpha, state):
    closed = made("Old", state=state)

    answer = api().post(f"approvals/{closed.pk}/approve/", {})

    assert (answer.status_code, answer.json()["code"]) == (409, "approval_decided")
    assert answer.json()["facts"]["state"] == state


def test_a_rejection_without_a_reason_names_the_field(api, approval):
    answer = api().post(f"approvals/{approval.pk}/reject/", {})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["path"] == "/reason"


def test_who_is_not_asked_is_refused(api, in_alpha):
    row = made("Pay?", assignees=["role:admin"])

    answer = api("member").post(f"approvals/{row.pk}/approve/", {})

    assert (answer.status_code, Approval.objects.get().state) == (403, "open")


def test_an_inbox_tells_what_has_changed_since_the_last_look(in_alpha, owner):
    first = queries.inbox(owner, None)
    row = made("Pay?")
    second = queries.inbox(owner, first.seen_at)

    assert (first.open, second.open) == (0, 1)
    assert [one.id for one in second.changed] == [row.pk]
