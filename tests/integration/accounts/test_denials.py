"""What is refused stands in the audit record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from tests.support.clients import Api
from tests.support.database import PASSWORD

Clients = Callable[..., Api]


def refused(api: Clients) -> list[dict[str, Any]]:
    return list(api("admin").get("audit/", outcome="refused").json()["results"])


def test_every_lack_of_a_right_is_recorded(api: Clients) -> None:
    """M133: who, which right, of what, and where it was asked for."""
    workflow = uuid4()
    path = f"/api/v1/workflows/{workflow}/"

    answers = [api("viewer").delete(path), api("viewer", key=True).delete(path)]
    by_key, by_person = refused(api)

    assert [answer.status_code for answer in answers] == [403, 403]
    assert (by_person["actor"]["kind"], by_key["actor"]["kind"]) == ("person", "api_key")
    assert by_person["actor"]["label"] == "Viewer"
    assert by_person["action"] == by_key["action"] == "workflow.delete"
    assert (by_person["object_type"], by_person["object_id"]) == ("workflow", str(workflow))
    assert by_person["facts"] == {"method": "DELETE", "path": path}


def test_a_stranger_without_sign_in_leaves_no_entry(api: Clients) -> None:
    """Else whoever finds the address could fill the record."""
    answer = api(None).get("workflows/")

    assert (answer.status_code, refused(api)) == (401, [])


def test_a_wrong_password_is_recorded_with_the_address_of_members_only(api: Clients) -> None:
    """What others type may be their password."""
    for email in ("owner@alpha.example", "my-secret@beta.example"):
        api(None).post("auth/sign-in/", {"email": email, "password": f"not {PASSWORD}"})

    stranger, member = refused(api)

    assert member["action"] == stranger["action"] == "session.started"
    assert (member["actor"]["kind"], member["facts"]) == (
        "public",
        {"email": "owner@alpha.example"},
    )
    assert (stranger["object_id"], stranger["facts"]) == ("", {})
