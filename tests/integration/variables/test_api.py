"""Variables: kept under a name, guarded while workflows read them."""

from __future__ import annotations

import pytest

from headrace.audit.models import Entry
from headrace.workflows import actions as workflows
from tests.support.workflows import MANUAL, in_a_row, node, sets

URL = {"name": "SHOP_URL", "value": "https://shop.example", "description": "The shop"}


def reading(name):
    return in_a_row(
        [MANUAL, node("set", "data.edit_fields", sets("to", f"{{{{ $vars.{name} }}}}"))]
    )


def test_a_variable_is_made_changed_and_taken_away_and_its_value_stays_out_of_the_record(
    api, in_alpha
):
    made = api("member").post("variables/", URL)
    assert (made.status_code, made.json()["name"]) == (201, "SHOP_URL")
    address = f"variables/{made.json()['id']}/"

    changed = api("member").patch(address, {"value": "https://new.example"}).json()
    assert (changed["value"], changed["description"]) == ("https://new.example", "The shop")
    assert api("member").delete(address).status_code == 204
    assert api("viewer").get("variables/").json()["results"] == []

    told = [*Entry.objects.filter(object_type="variable").order_by("seq")]
    assert [one.action for one in told] == [
        "variable.created",
        "variable.updated",
        "variable.deleted",
    ]
    assert "example" not in str([one.facts for one in told])


def test_a_variable_that_a_workflow_names_says_so_and_stays(api, owner, in_alpha):
    made = api("member").post("variables/", URL).json()
    flow = workflows.create(owner, document=reading("SHOP_URL")).row

    (shown,) = api("viewer").get("variables/").json()["results"]
    refused = api("member").delete(f"variables/{made['id']}/")

    assert shown["used_by"] == [{"id": str(flow.id), "name": flow.name}]
    assert (refused.status_code, refused.json()["code"]) == (409, "variable_in_use")


@pytest.mark.parametrize(
    ("role", "body", "status", "path"),
    [
        ("viewer", URL, 403, None),
        ("member", {**URL, "name": "shop-url"}, 400, "/name"),
        ("member", {**URL, "name": "1st"}, 400, "/name"),
        ("member", {**URL, "name": "SHÖP"}, 400, "/name"),
        ("member", {**URL, "value": "x" * 4_001}, 400, "/value"),
        ("member", {"name": "A"}, 400, "/value"),
        ("member", {**URL, "secret": True}, 400, "/secret"),
    ],
)
def test_what_cannot_be_is_refused_at_its_place(api, role, body, status, path):
    answer = api(role).post("variables/", body)

    assert answer.status_code == status
    assert path is None or [one["path"] for one in answer.json()["errors"]] == [path]


def test_a_name_is_given_once(api):
    api("member").post("variables/", URL)

    again = api("member").post("variables/", URL)

    assert (again.status_code, again.json()["code"]) == (409, "variable_exists")


def test_a_tenant_holds_so_many_and_no_more(api, monkeypatch):
    monkeypatch.setattr("headrace.variables.actions.MOST_VARIABLES", 1)
    api("member").post("variables/", URL)

    refused = api("member").post("variables/", {**URL, "name": "OTHER"})

    assert (refused.status_code, refused.json()["code"]) == (409, "too_many_variables")


def test_a_preview_shows_what_a_variable_holds(api):
    api("member").post("variables/", URL)

    shown = api("member").post(
        "expressions/preview/",
        {
            "value": {"=": "{{ $vars.SHOP_URL }}/orders"},
            "document": in_a_row([MANUAL]),
            "node": "x",
        },
    )

    assert shown.json()["value"] == "https://shop.example/orders"
