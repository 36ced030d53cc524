"""S-053 to S-055: using, editing and seeing one credential are rights of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from headrace.accounts.errors import Forbidden
from headrace.accounts.types import Actor, Role
from headrace.credentials import actions, queries
from headrace.tenants.context import TenantRef
from headrace_sdk.errors import SecretError
from tests.support.clients import Api, actor
from tests.support.clients import person as person_of

pytestmark = pytest.mark.usefixtures("in_alpha")

Clients = Callable[..., Api]

BODY = {"name": "api", "type": "test_token", "data": {"user": "ann", "token": "canary-77a1"}}


@pytest.fixture
def row(api: Clients) -> dict[str, Any]:
    """The owner's credential."""
    return api("owner").post("credentials/", BODY).json()


@pytest.fixture
def member(in_alpha: TenantRef) -> Actor:
    return actor(in_alpha, Role.MEMBER)


def shared(api: Clients, row: dict[str, Any], everybody: str | None, *levels: str) -> None:
    """Give the member these levels by name."""
    someone = str(person_of(api().tenant, Role.MEMBER).pk)
    people = [{"person_id": someone, "level": level} for level in levels]
    answer = api().put(
        f"credentials/{row['id']}/sharing/", {"everybody": everybody, "people": people}
    )
    assert answer.status_code == 200, answer.content


def attempts(caller: Api, row: dict[str, Any]) -> list[int]:
    """See, test, change, share, connect, delete."""
    address = f"credentials/{row['id']}/"
    return [
        caller.get(address).status_code,
        caller.post(f"{address}test/").status_code,
        caller.patch(address, {"name": "x"}).status_code,
        caller.put(f"{address}sharing/", {"everybody": "edit", "people": []}).status_code,
        caller.post(f"{address}connect/").status_code,
        caller.delete(address).status_code,
    ]


@pytest.mark.parametrize(
    ("everybody", "levels", "statuses"),
    [
        (None, [], [404] * 6),
        ("use", [], [200, 403, 403, 403, 403, 403]),
        (None, ["use"], [200, 403, 403, 403, 403, 403]),
        (None, ["edit"], [200, 200, 200, 200, 409, 204]),
        ("edit", [], [200, 200, 200, 200, 409, 204]),
        ("use", ["edit"], [200, 200, 200, 200, 409, 204]),
    ],
)
def test_a_member_may_do_what_was_shared_and_no_more(
    api: Clients,
    row: dict[str, Any],
    everybody: str | None,
    levels: list[str],
    statuses: list[int],
) -> None:
    shared(api, row, everybody, *levels)

    assert attempts(api("member"), row) == statuses


def test_what_is_not_shared_is_not_listed(api: Clients, row: dict[str, Any]) -> None:
    shared(api, row, None)

    assert api("member").get("credentials/").json()["results"] == []
    assert len(api("admin").get("credentials/").json()["results"]) == 1


def test_each_caller_is_told_what_it_may_do(api: Clients, row: dict[str, Any]) -> None:
    levels = [
        api(role).get("credentials/").json()["results"][0]["level"] for role in ("admin", "member")
    ]

    assert levels == ["edit", "use"]


def test_its_owner_keeps_it_whatever_is_shared(api: Clients) -> None:
    mine = api("member").post("credentials/", BODY).json()

    shared(api, mine, None)

    assert api("member").get(f"credentials/{mine['id']}/").json()["level"] == "edit"


def test_somebody_from_elsewhere_cannot_be_named(
    api: Clients, row: dict[str, Any], beta: TenantRef
) -> None:
    stranger = str(person_of(beta, Role.MEMBER).pk)
    people = [{"person_id": stranger, "level": "use"}]

    answer = api().put(f"credentials/{row['id']}/sharing/", {"everybody": None, "people": people})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["path"] == "/people/0/person_id"


def test_an_unshared_credential_is_not_opened_for_what_a_member_published(
    api: Clients, row: dict[str, Any], member: Actor
) -> None:
    """S-055: re-checked when it runs, against the publisher's right at that time."""
    opened = actions.open_for_node(row["id"], publisher=member.person_id)
    assert opened.secrets["token"].reveal()
    shared(api, row, None)

    with pytest.raises(SecretError) as caught:
        actions.open_for_node(row["id"], publisher=member.person_id)

    assert caught.value.code == "credential_not_allowed"


def test_an_unshared_credential_cannot_be_started_or_listed_with(
    api: Clients, row: dict[str, Any], member: Actor, owner: Actor
) -> None:
    """S-055: publishing, running a draft and dynamic options ask this."""
    shared(api, row, None)

    queries.require_use(owner, [row["id"]])
    with pytest.raises(Forbidden):
        queries.require_use(member, [row["id"].upper()])


def test_sharing_is_recorded(api: Clients, row: dict[str, Any]) -> None:
    shared(api, row, "edit", "use")

    (entry, _) = api().get("audit/", object=row["id"]).json()["results"]
    assert entry["action"] == "credential.shared"
    assert entry["facts"]["everybody"] == "edit"
