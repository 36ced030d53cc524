"""Workflows as files: credentials travel by name, and are found again by it."""

from __future__ import annotations

import pytest

from headrace.credentials import actions as credentials
from tests.support.workflows import MANUAL, in_a_row, node


@pytest.fixture
def credential(owner, in_alpha):
    return credentials.create(owner, name="Shop", kind="http_bearer", data={"token": "s3cret"})


@pytest.fixture
def calling(api, credential):
    call = node("call", "web.http_request", {"url": "https://shop.example"})
    document = in_a_row([MANUAL, {**call, "credentials": {"auth": str(credential.id)}}])
    return api("member").post("workflows/", {"name": "Call", "document": document}).json()


def slot_of(document):
    return next(one for one in document["nodes"] if one["id"] == "call")["credentials"]


def test_a_file_names_credentials_and_holds_neither_ids_nor_secrets(api, calling, credential):
    answer = api("viewer").get(f"workflows/{calling['id']}/export/")

    assert slot_of(answer.json()) == {"auth": {"name": "Shop", "type": "http_bearer"}}
    assert str(credential.id).encode() not in answer.content
    assert b"s3cret" not in answer.content


def test_a_file_comes_in_again_with_the_credential_of_that_name(api, calling, credential):
    file = api("member").get(f"workflows/{calling['id']}/export/").json()

    answer = api("member").post("workflows/import/", {"file": file})

    assert (answer.status_code, answer.json()["missing"]) == (201, [])
    again = api("member").get(f"workflows/{answer.json()['workflows'][0]['id']}/").json()
    assert slot_of(again["document"]) == {"auth": str(credential.id)}


def test_a_credential_that_is_not_here_is_named_and_its_slot_left_empty(api, calling, credential):
    file = api("member").get(f"workflows/{calling['id']}/export/").json()
    slot_of(file)["auth"]["name"] = "Other shop"

    answer = api("member").post("workflows/import/", {"file": file}).json()

    workflow = answer["workflows"][0]["id"]
    assert answer["missing"] == [
        {
            "workflow": workflow,
            "node": "Call",
            "slot": "auth",
            "name": "Other shop",
            "type": "http_bearer",
        }
    ]
    assert slot_of(api("member").get(f"workflows/{workflow}/").json()["document"]) == {}


def test_several_travel_in_one_file(api, calling):
    other = api("member").post("workflows/", {"name": "Other"}).json()
    bundle = api("viewer").post("workflows/export/", {"ids": [calling["id"], other["id"]]}).json()

    answer = api("member").post("workflows/import/", {"file": bundle}).json()

    assert [one["name"] for one in answer["workflows"]] == ["Call", "Other"]


@pytest.mark.parametrize(
    "file",
    [
        {},
        {"format": "headrace/9"},
        {"format": "headrace/workflows/1"},
        {"format": "headrace/workflows/1", "workflows": []},
        {"format": "headrace/workflows/1", "workflows": ["x"]},
        {"format": "headrace/1", "nodes": "x"},
        {"format": "headrace/1", "nodes": [{"credentials": {"a": {"b": {}}}}]},
    ],
)
def test_what_is_no_workflow_is_refused_and_makes_none(api, file):
    answer = api("member").post("workflows/import/", {"file": file})

    assert answer.status_code == 422
    assert api("member").get("workflows/").json()["results"] == []
