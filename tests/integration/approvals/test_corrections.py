"""Fields that whoever approves corrects first: what fits, what is kept, and what goes on."""

from __future__ import annotations

import json

import pytest

from headrace.approvals import actions, queries
from headrace.approvals.models import Approval
from headrace.audit.models import Entry
from headrace.executions import queries as execution_queries
from tests.support.approvals import asking, came_by, made, waiting
from tests.support.engine import begin, ended, working

FIELDS = [
    {"name": "total", "label": "Total", "kind": "number"},
    {"name": "text", "kind": "text"},
    {"name": "paid", "kind": "yes_no"},
    {"name": "centre/a", "kind": "choice", "options": ["4100", "4200"]},
]
ITEM = {"total": 1, "text": "a", "paid": False, "centre/a": "4100", "kept": 5}


@pytest.mark.usefixtures("committed")
def test_the_item_goes_on_with_what_was_corrected_and_both_values_are_kept(in_alpha, owner):
    given = {"total": 2.5, "text": "a", "paid": True, "centre/a": "4200"}
    with working():
        execution = begin(owner, asking(correctable=FIELDS), ITEM)
        row = waiting(execution)
        actions.decide(owner, row.pk, "approved", "", given)
        ended(execution)

    node, (item,) = came_by(execution)
    fact = item.pop("approval")
    assert (node, item) == ("yes", ITEM | given)
    assert fact["corrected"] == {"total": 1, "paid": False, "centre/a": "4100"}
    assert queries.approval(row.pk).corrections == {key: given[key] for key in fact["corrected"]}
    entry = json.loads(Entry.objects.get(action="approval.approved").facts)
    assert entry["corrections"]["total"] == {"from": 1, "to": 2.5}


@pytest.mark.usefixtures("committed")
def test_every_item_goes_on_with_its_own_nested_fields_corrected(in_alpha, owner):
    fields = [{"name": "address.city"}, {"name": 'lines[0]["unit price"]', "kind": "number"}]
    items = [{"address": {"city": "Kil", "zip": "24103"}, "lines": [{}]}, {"lines": [{"sku": 7}]}]
    given = {"[0].address.city": "Kiel", "[1].address.city": "Bonn"}
    given['[1].lines[0]["unit price"]'] = 2
    with working():
        execution = begin(owner, asking(correctable=fields), *items)
        row = waiting(execution)
        actions.decide(owner, row.pk, "approved", "", given)
        ended(execution)

    _, came = came_by(execution)
    before = [item.pop("approval")["corrected"] for item in came]
    assert came == [
        {"address": {"city": "Kiel", "zip": "24103"}, "lines": [{}]},
        {"address": {"city": "Bonn"}, "lines": [{"sku": 7, "unit price": 2}]},
    ]
    assert before == [
        {"address.city": "Kil"},
        {"address.city": None, 'lines[0]["unit price"]': None},
    ]
    places = [(field.item, field.value) for field in queries.approval(row.pk).card.correctable]
    assert places == [(0, "Kil"), (0, None), (1, None), (1, None)]


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize(
    ("items", "params", "code"),
    [
        ([ITEM] * 26, {}, "correction_too_many"),
        ([ITEM, {"total": [1]}], {}, "correction_not_plain"),
        ([{"a": "x"}], {"correctable": [{"name": "a.b"}]}, "correction_not_plain"),
        ([{"a": []}], {"correctable": [{"name": "a[3]"}]}, "correction_not_plain"),
        ([ITEM], {"correctable": [{"name": "[0].a"}]}, "correction_incomplete"),
        ([ITEM], {"correctable": [{"name": "a..b"}]}, "invalid_path"),
        ([ITEM], {"correctable": [{"name": "a", "kind": "choice"}]}, "correction_incomplete"),
        ([ITEM], {"correctable": [{"name": "a"}, {"name": " a"}]}, "correction_named_twice"),
    ],
)
def test_what_cannot_be_corrected_fails_the_step_and_asks_nobody(
    in_alpha, owner, items, params, code
):
    with working():
        execution = begin(owner, asking(**{"correctable": FIELDS, **params}), *items)
        ended(execution)

    error = execution_queries.answer(execution)["error"]
    assert (error["code"], error["path"]) == (code, "correctable")
    assert not Approval.objects.exists()


@pytest.fixture
def question(in_alpha):
    """An open approval with a field of each kind."""
    rows = [{"label": "", "options": [], "value": ITEM[one["name"]], **one} for one in FIELDS]
    return made("Pay?", card={"correctable": rows})


def test_a_card_tells_the_fields_and_what_they_hold(api, question):
    fields = api().get(f"approvals/{question.pk}/").json()["correctable"]

    assert [(one["name"], one["kind"], one["value"]) for one in fields] == [
        ("total", "number", 1),
        ("text", "text", "a"),
        ("paid", "yes_no", False),
        ("centre/a", "choice", "4100"),
    ]
    assert fields[-1]["options"] == ["4100", "4200"]


@pytest.mark.parametrize(
    ("name", "value", "path"),
    [
        ("kept", 6, "kept"),
        ("approval", {}, "approval"),
        ("total", "2", "total"),
        ("total", True, "total"),
        ("total", None, "total"),
        ("total", 1e300, "total"),
        ("text", "x" * 10_001, "text"),
        ("paid", 1, "paid"),
        ("centre/a", "4300", "centre~1a"),
        ("centre/a", ["4100"], "centre~1a"),
    ],
)
def test_a_correction_that_does_not_fit_names_its_field_and_decides_nothing(
    api, question, name, value, path
):
    answer = api().post(f"approvals/{question.pk}/approve/", {"corrections": {name: value}})

    assert (answer.status_code, answer.json()["code"]) == (422, "correction_invalid")
    assert [one["path"] for one in answer.json()["errors"]] == [f"/corrections/{path}"]
    assert Approval.objects.get().state == "open"


def test_the_path_of_a_nested_field_of_one_of_several_items_is_told(api, in_alpha):
    field = {"name": "[1].address.zip", "item": 1, "kind": "number", "value": 1}
    question = made("Pay?", card={"correctable": [field]})
    wrong = {"[1].address.zip": "x", "[0].address.zip": 2}

    answer = api().post(f"approvals/{question.pk}/approve/", {"corrections": wrong})

    assert answer.status_code == 422
    assert {one["path"] for one in answer.json()["errors"]} == {
        "/corrections/[1].address.zip",
        "/corrections/[0].address.zip",
    }


@pytest.mark.parametrize("body", [{"corrections": [1]}, {"corrections": "x"}])
def test_corrections_are_an_object(api, question, body):
    answer = api().post(f"approvals/{question.pk}/approve/", body)

    assert answer.status_code == 400


def test_a_rejection_takes_no_corrections(api, question):
    body = {"reason": "x", "corrections": {"total": 2}}
    answer = api().post(f"approvals/{question.pk}/reject/", body)

    assert (answer.status_code, answer.json()["errors"][0]["path"]) == (400, "/corrections")


def test_who_is_not_asked_corrects_nothing(api, in_alpha, question):
    body = {"corrections": {"total": 2}}
    answer = api("viewer").post(f"approvals/{question.pk}/approve/", body)

    assert (answer.status_code, Approval.objects.get().corrections) == (403, {})
