"""API keys: shown once, hashed, and never stronger than their owner."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db.models.functions import Now

from headrace.accounts.models import ApiKey, Membership
from headrace.accounts.types import Role
from headrace.tenants.context import TenantRef
from tests.support.clients import Api, person

Clients = Callable[..., Api]


def program(ref: TenantRef, text: str) -> Api:
    api = Api(ref)
    api.django.credentials(HTTP_X_API_KEY=text)
    return api


def test_a_new_key_is_shown_once(api: Clients, in_alpha: TenantRef) -> None:
    """S-063: hashed at rest, prefix shown."""
    answer = api().post("api-keys/", {"name": "ci"})

    text = answer.json()["key"]
    assert answer.status_code == 201
    assert program(in_alpha, text).get("session/").status_code == 200
    assert text not in str(api().get("api-keys/").json())
    assert text.rpartition("_")[2] not in str(ApiKey.objects.values())
    assert answer.json()["prefix"] in text


@pytest.mark.parametrize("text", ["", "x", "hr_", "hr_000000000000_00", "hr_a_b_c", "é"])
def test_an_unknown_key_is_refused(alpha: TenantRef, text: str) -> None:
    """401, whatever it looks like."""
    assert program(alpha, text).get("session/").status_code == 401


def test_a_key_is_worth_nothing_at_another_tenant(
    api: Clients, alpha: TenantRef, beta: TenantRef
) -> None:
    """T-021."""
    text = api().post("api-keys/", {"name": "ci"}).json()["key"]

    assert program(beta, text).get("session/").status_code == 401


def test_scopes_limit_a_key(api: Clients) -> None:
    """S-063: scope ∩ role."""
    limited = api("owner", scopes=["member.view"])

    assert limited.get("members/").status_code == 200
    assert limited.get("audit/").status_code == 403


def test_a_key_falls_with_the_role_of_its_owner(api: Clients, in_alpha: TenantRef) -> None:
    """S-063: evaluated at each request."""
    text = api("admin").post("api-keys/", {"name": "ci"}).json()["key"]
    key = program(in_alpha, text)
    assert key.get("audit/").status_code == 200

    Membership.objects.filter(person=person(in_alpha, Role.ADMIN)).update(role="member")

    assert key.get("audit/").status_code == 403


@pytest.mark.parametrize("end", ["expired", "deleted", "owner removed", "owner deactivated"])
def test_a_key_ends_at_once(api: Clients, in_alpha: TenantRef, end: str) -> None:
    """S-049."""
    created = api("member").post("api-keys/", {"name": "ci"}).json()
    key = program(in_alpha, created["key"])
    owner = person(in_alpha, Role.MEMBER)

    match end:
        case "expired":
            ApiKey.objects.update(expires_at=Now() - timedelta(seconds=1))
        case "deleted":
            api("member").delete(f"api-keys/{created['id']}/")
        case "owner removed":
            membership = Membership.objects.get(person=owner)
            assert api().delete(f"members/{membership.id}/").status_code == 204
        case "owner deactivated":
            owner.is_active = False
            owner.save()

    assert key.get("session/").status_code == 401


def test_a_key_cannot_be_stronger_than_who_makes_it(api: Clients) -> None:
    """S-063."""
    answer = api("member").post("api-keys/", {"name": "ci", "role": "owner"})

    assert answer.status_code == 403


def test_a_limited_key_cannot_make_an_unlimited_one(api: Clients) -> None:
    """S-063: no way up."""
    limited = api("owner", scopes=["api_key.create"])

    unlimited = limited.post("api-keys/", {"name": "more"})
    equal = limited.post("api-keys/", {"name": "same", "scopes": ["api_key.create"]})

    assert unlimited.status_code == 403
    assert equal.status_code == 201


def test_an_unknown_scope_is_named(api: Clients) -> None:
    """With its path."""
    answer = api().post("api-keys/", {"name": "ci", "scopes": ["fly"]})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["path"] == "/scopes"


def test_members_see_their_own_keys_and_admins_all(api: Clients) -> None:
    """The list."""
    api().post("api-keys/", {"name": "owner's"})
    api("member").post("api-keys/", {"name": "member's"})

    seen_by_member = [row["name"] for row in api("member").get("api-keys/").json()["results"]]
    seen_by_admin = [row["name"] for row in api("admin").get("api-keys/").json()["results"]]

    assert seen_by_member == ["member's"]
    assert set(seen_by_admin) == {"member's", "owner's"}


def test_somebody_elses_key_cannot_be_deleted_by_a_member(api: Clients) -> None:
    """S-053: it looks as if it did not exist."""
    created = api().post("api-keys/", {"name": "owner's"}).json()

    answer = api("member").delete(f"api-keys/{created['id']}/")

    assert answer.status_code == 404
