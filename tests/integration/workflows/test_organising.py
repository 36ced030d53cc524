"""Folders, tags, lists that are narrowed, and one action on several workflows."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from headrace.tenants.ids import new_id
from headrace.workflows import actions as workflows
from headrace.workflows.models import Workflow
from headrace.workflows.organising import folders
from tests.support.clients import actor
from tests.support.workflows import MANUAL, in_a_row, node


def made(api, name="Intake", **more):
    answer = api("member").post("workflows/", {"name": name, **more})
    assert answer.status_code == 201, answer.content
    return answer.json()


def folder(api, name, parent=None):
    return api("member").post("workflow-folders/", {"name": name, "parent_id": parent})


def tag(api, name, color="blue"):
    return api("member").post("workflow-tags/", {"name": name, "color": color})


def bulk(api, action, *ids, role="member", **more):
    return api(role).post("workflows/bulk/", {"action": action, "ids": [*ids], **more})


def listed(api, **params):
    return [one["name"] for one in api("viewer").get("workflows/", **params).json()["results"]]


def test_a_folder_holds_workflows_and_what_it_held_moves_up_when_it_goes(api, in_alpha):
    outer = folder(api, "Sales").json()
    inner = folder(api, "Orders", outer["id"]).json()
    made(api, "Intake", folder=inner["id"])
    made(api, "Elsewhere")

    assert listed(api, folder=inner["id"]) == ["Intake"]
    assert listed(api, folder="none") == ["Elsewhere"]
    assert api("member").delete(f"workflow-folders/{inner['id']}/").status_code == 204
    assert listed(api, folder=outer["id"]) == ["Intake"]
    assert api("viewer").get("workflow-folders/").json()["results"] == [
        {"id": outer["id"], "name": "Sales", "parent_id": None, "workflows": 1}
    ]


def test_a_folder_does_not_lie_in_itself_nor_too_deep_nor_beside_its_namesake(api):
    chain = [folder(api, "0").json()["id"]]
    for depth in range(1, 8):
        chain.append(folder(api, str(depth), chain[-1]).json()["id"])

    refused = [
        api("member").patch(f"workflow-folders/{chain[0]}/", {"parent_id": chain[2]}),
        folder(api, "too deep", chain[-1]),
        folder(api, "0"),
    ]

    assert [(one.status_code, one.json()["code"]) for one in refused] == [
        (409, "folder_refused")
    ] * 3


def test_a_tag_finds_its_workflows_until_it_goes(api, in_alpha):
    urgent, eu = tag(api, "urgent").json()["id"], tag(api, "EU").json()["id"]
    both, one = made(api, "Both")["id"], made(api, "One")["id"]
    bulk(api, "tag", both, one, tag=urgent)
    bulk(api, "tag", both, tag=eu)

    assert sorted(listed(api, tag=[urgent])) == ["Both", "One"]
    assert listed(api, tag=[urgent, eu]) == ["Both"]
    assert tag(api, "URGENT").status_code == 409
    bulk(api, "untag", one, tag=urgent)
    assert listed(api, tag=[urgent]) == ["Both"]
    api("member").delete(f"workflow-tags/{urgent}/")
    assert [*Workflow.objects.values_list("tags", flat=True).order_by("name")] == [[eu], []]


def test_a_list_is_sorted_and_narrowed_by_whom_it_belongs_to(api, owner, in_alpha):
    made(api, "B")
    made(api, "A")
    workflows.create(owner, name="C")

    assert listed(api, sort="name") == ["A", "B", "C"]
    assert listed(api, sort="-name") == ["C", "B", "A"]
    assert listed(api, owner=str(owner.person_id)) == ["C"]
    assert listed(api, owner=str(owner.person_id), q="a") == []


@pytest.mark.parametrize("given", [{"sort": "size"}, {"folder": "x"}, {"tag": "x"}, {"owner": "x"}])
def test_a_list_says_which_part_of_its_address_it_does_not_understand(api, given):
    answer = api("viewer").get("workflows/", **given)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["path"] == "/" + next(iter(given))


def test_what_cannot_be_published_is_refused_and_the_others_are(api):
    good = made(api, "Good", document=in_a_row([MANUAL]))["id"]
    bad = made(api, "Bad", document=in_a_row([MANUAL, node("x", "web.http_request")]))["id"]
    gone = str(new_id())

    answer = bulk(api, "activate", good, bad, gone).json()

    assert answer["accepted"] == [good]
    assert {one["id"]: one["code"] for one in answer["refused"]} == {
        bad: "invalid_workflow",
        gone: "workflow_not_found",
    }


def test_a_deletion_is_taken_back_and_what_was_active_is_so_again_with_the_same_version(api):
    active = made(api, "Active", document=in_a_row([MANUAL]))["id"]
    bulk(api, "activate", active)
    bulk(api, "delete", active)
    assert listed(api) == []

    assert bulk(api, "undelete", active).json()["accepted"] == [active]

    (row,) = api("viewer").get("workflows/").json()["results"]
    assert (row["name"], row["active"], row["published_version"]) == ("Active", True, 1)
    assert bulk(api, "undelete", active).json()["refused"][0]["code"] == "workflow_not_found"


@pytest.mark.parametrize(
    ("body", "status", "path"),
    [
        ({"action": "delete", "ids": []}, 400, "/ids"),
        ({"action": "explode", "ids": [str(new_id())]}, 400, "/action"),
        ({"action": "move", "ids": [str(new_id())]}, 400, "/folder"),
        ({"action": "tag", "ids": [str(new_id())]}, 400, "/tag"),
    ],
)
def test_an_action_that_cannot_be_meant_is_refused_at_its_place(api, body, status, path):
    answer = api("member").post("workflows/bulk/", body)

    assert (answer.status_code, answer.json()["errors"][0]["path"]) == (status, path)


def test_nothing_is_moved_into_a_folder_of_another_tenant(api, as_tenant, beta):
    with as_tenant(beta):
        theirs = folders.create(actor(beta), name="Theirs", parent_id=None)["id"]
    mine = made(api)["id"]

    answer = bulk(api, "move", mine, folder=theirs).json()

    assert [one["code"] for one in answer["refused"]] == ["folder_not_found"]


def test_a_page_of_five_thousand_asks_as_often_as_a_page_of_five(api, owner, in_alpha):
    def asked():
        listed(api)
        with CaptureQueriesContext(connection) as queries:
            listed(api, sort="name", limit=5)
        return len(queries)

    sample = workflows.create(owner, name="W").row
    before = asked()
    row = Workflow.objects.get(pk=sample.id)
    Workflow.objects.bulk_create(
        Workflow(name=f"W {n}", document=row.document, digest=row.digest) for n in range(5_000)
    )

    assert asked() == before
