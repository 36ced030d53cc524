"""Members and their roles."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from headrace.accounts.models import Membership
from headrace.accounts.types import Role
from headrace.audit.models import Entry
from headrace.tenants.context import TenantRef, tenant
from tests.support.clients import Api, person

Clients = Callable[..., Api]


def membership(ref: TenantRef, role: Role) -> Membership:
    with tenant(ref):
        return Membership.objects.get(tenant_id=ref.id, person=person(ref, role))


def test_members_are_those_of_the_tenant(api: Clients) -> None:
    """Nobody from another tenant."""
    rows = api("viewer").get("members/").json()["results"]

    assert [row["email"] for row in rows] == [f"{role}@alpha.example" for role in Role]


def test_a_role_is_changed_and_recorded(api: Clients, in_alpha: TenantRef) -> None:
    """Every action writes the audit record."""
    row = membership(in_alpha, Role.VIEWER)

    answer = api("admin").patch(f"members/{row.id}/", {"role": "member"})

    assert answer.json()["role"] == "member"
    assert (
        Entry.objects.get(action="member.role_changed").facts == '{"from":"viewer","to":"member"}'
    )


@pytest.mark.parametrize(
    ("target", "wish"),
    [(Role.OWNER, "owner"), (Role.OWNER, "viewer"), (Role.ADMIN, "owner")],
)
def test_an_admin_changes_no_owner_and_makes_none(
    api: Clients, alpha: TenantRef, target: Role, wish: str
) -> None:
    """No way up (S-056)."""
    row = membership(alpha, target)

    answer = api("admin").patch(f"members/{row.id}/", {"role": wish})

    assert answer.status_code == 403


@pytest.mark.parametrize("change", ["demote", "remove"])
def test_the_last_owner_stays(api: Clients, alpha: TenantRef, change: str) -> None:
    """Somebody must own the tenant."""
    address = f"members/{membership(alpha, Role.OWNER).id}/"

    if change == "demote":
        answer = api().patch(address, {"role": "viewer"})
    else:
        answer = api().delete(address)

    assert answer.status_code == 409
    assert answer.json()["code"] == "last_owner"


def test_a_member_of_another_tenant_does_not_exist(
    api: Clients, alpha: TenantRef, beta: TenantRef
) -> None:
    """S-053: foreign and nonexistent answer alike."""
    foreign = api().patch(f"members/{membership(beta, Role.VIEWER).id}/", {"role": "admin"})
    nobody = api().patch(f"members/{alpha.id}/", {"role": "admin"})

    assert foreign.status_code == nobody.status_code == 404
    assert foreign.json() == nobody.json()
