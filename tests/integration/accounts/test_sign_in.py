"""Signing in and out, and what ends a session."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db.models.functions import Now
from django.test import Client

from headrace.accounts import actions
from headrace.accounts.models import Membership, Person, SignInFailures, SignInToken
from headrace.accounts.throttle import PER_ADDRESS_AND_HOST
from headrace.accounts.types import Role
from headrace.tenants.context import TenantRef, tenant
from tests.support.clients import Api, person
from tests.support.database import PASSWORD

Clients = Callable[..., Api]


def sign_in(api: Api, email: str = "owner@alpha.example", password: str = PASSWORD) -> Any:
    return api.post("auth/sign-in/", {"email": email, "password": password})


def test_a_member_signs_in_and_sees_the_session(api: Clients) -> None:
    """The contract's Session."""
    stranger = api(None)

    answer = sign_in(stranger, "OWNER@alpha.example")

    assert answer.status_code == 200
    session = stranger.get("session/").json()
    assert session["person"]["email"] == "owner@alpha.example"
    assert session["tenant"]["slug"] == "alpha"
    assert session["role"] == "owner"
    assert "workflow.publish" in session["permissions"]
    assert session["multi_tenant"] is True


def test_without_a_session_the_answer_is_401(api: Clients) -> None:
    """Not signed in."""
    answer = api(None).get("session/")

    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "not_authenticated"


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("owner@alpha.example", "wrong"),
        ("nobody@alpha.example", PASSWORD),
        ("owner@beta.example", PASSWORD),
    ],
)
def test_every_failure_is_answered_alike(api: Clients, email: str, password: str) -> None:
    """T-031, S-048: unknown address, wrong password and stranger cannot be told apart."""
    answer = sign_in(api(None), email, password)

    assert answer.status_code == 401
    assert answer.json()["code"] == "bad_credentials"


def test_too_many_failures_are_refused_even_with_the_right_password(api: Clients) -> None:
    """S-051, S-078: the throttle is kept in the database and fails closed."""
    stranger = api(None)
    for _ in range(PER_ADDRESS_AND_HOST):
        sign_in(stranger, password="wrong")

    answer = sign_in(stranger)

    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0


def test_the_throttle_forgets_after_its_window(api: Clients) -> None:
    """S-078: nobody is locked out for ever."""
    stranger = api(None)
    for _ in range(PER_ADDRESS_AND_HOST):
        sign_in(stranger, password="wrong")
    with tenant(stranger.tenant):
        SignInFailures.objects.update(since=Now() - timedelta(hours=1))

    answer = sign_in(stranger)

    assert answer.status_code == 200


def test_signing_in_changes_the_session_key(api: Clients) -> None:
    """A session fixed beforehand is worth nothing."""
    stranger = api(None)
    with tenant(stranger.tenant):
        stranger.django.session.save()
    before = stranger.django.cookies["headrace_session"].value

    sign_in(stranger)

    assert stranger.django.cookies["headrace_session"].value != before


def test_the_cookie_is_for_this_host_and_not_for_scripts(api: Clients) -> None:
    """T-021: host-only, HttpOnly."""
    cookie = sign_in(api(None)).cookies["headrace_session"]

    assert cookie["domain"] == ""
    assert cookie["httponly"] is True
    assert cookie["samesite"] == "Lax"


def test_a_session_is_worth_nothing_at_another_tenant(api: Clients, beta: TenantRef) -> None:
    """T-021: also for somebody who is a member of both."""
    mine = api()
    with tenant(beta):
        Membership.objects.create(
            tenant_id=beta.id, person=person(mine.tenant, Role.OWNER), role="owner"
        )
    there = Api(beta)
    there.django.cookies = mine.django.cookies

    assert mine.get("session/").status_code == 200
    assert there.get("session/").status_code == 401


def test_signing_out_ends_the_session_on_the_server(api: Clients) -> None:
    """S-049."""
    browser = api()
    stolen = Api(browser.tenant)
    stolen.django.cookies["headrace_session"] = browser.django.cookies["headrace_session"].value
    assert stolen.get("session/").status_code == 200

    browser.post("auth/sign-out/")

    assert stolen.get("session/").status_code == 401


@pytest.mark.parametrize(
    "end",
    [
        lambda somebody: Person.objects.filter(pk=somebody.pk).update(is_active=False),
        lambda somebody: Membership.objects.filter(person=somebody).delete(),
        lambda somebody: actions.set_password(somebody.email, "another long password"),
    ],
    ids=["deactivated", "removed", "new password"],
)
def test_a_session_ends_at_once(
    api: Clients, in_alpha: TenantRef, end: Callable[[Person], object]
) -> None:
    """S-049."""
    browser = api("member")

    end(person(in_alpha, Role.MEMBER))

    assert browser.get("session/").status_code == 401


def test_a_lowered_role_holds_at_once(api: Clients, in_alpha: TenantRef) -> None:
    """S-049: the role is never read from the session."""
    browser = api("admin")

    Membership.objects.filter(person=person(in_alpha, Role.ADMIN)).update(role="viewer")

    assert browser.get("audit/").status_code == 403


def test_a_one_time_link_works_once(api: Clients, in_alpha: TenantRef) -> None:
    """S-048."""
    token = actions.create_sign_in_link("owner@alpha.example").partition("token=")[2]

    first = api(None).post("auth/one-time/", {"token": token})
    second = api(None).post("auth/one-time/", {"token": token})

    assert first.status_code == 200
    assert first.json()["person"]["email"] == "owner@alpha.example"
    assert second.status_code == 401


@pytest.mark.parametrize("token", ["", "x", "null", None, ["x"], {"a": 1}])
def test_a_wrong_link_is_refused(api: Clients, token: object) -> None:
    """S-048: null, empty, array and unknown tokens."""
    answer = api(None).post("auth/one-time/", {"token": token})

    assert answer.status_code in {400, 401}


def test_an_old_link_is_refused(api: Clients, in_alpha: TenantRef) -> None:
    """S-048: expired."""
    token = actions.create_sign_in_link("owner@alpha.example").partition("token=")[2]
    SignInToken.objects.update(expires_at=Now())

    assert api(None).post("auth/one-time/", {"token": token}).status_code == 401


def test_a_link_of_one_tenant_is_refused_at_another(
    api: Clients, alpha: TenantRef, beta: TenantRef
) -> None:
    """T-021."""
    with tenant(alpha):
        token = actions.create_sign_in_link("owner@alpha.example").partition("token=")[2]

    assert Api(beta).post("auth/one-time/", {"token": token}).status_code == 401


def test_only_the_hash_of_a_link_is_stored(in_alpha: TenantRef) -> None:
    """S-048: hashed at rest."""
    token = actions.create_sign_in_link("owner@alpha.example").partition("token=")[2]

    assert token not in str(SignInToken.objects.values())


def test_a_write_by_cookie_needs_the_csrf_token(api: Clients) -> None:
    """S-043."""
    browser = api()
    strict = Client(enforce_csrf_checks=True, HTTP_HOST="alpha.localhost")
    strict.cookies = browser.django.cookies

    without = strict.patch("/api/v1/session/preferences/", {}, content_type="application/json")
    token = strict.get("/api/v1/session/").json()["csrf_token"]
    with_token = strict.patch(
        "/api/v1/session/preferences/",
        {"theme": "dark"},
        content_type="application/json",
        headers={"X-CSRFToken": token},
    )

    assert without.status_code == 403
    assert with_token.status_code == 200


def test_a_form_cannot_sign_somebody_in(api: Clients) -> None:
    """S-043: another site can send forms, but no JSON without asking first."""
    answer = api(None).django.post(
        "/api/v1/auth/sign-in/", {"email": "owner@alpha.example", "password": PASSWORD}
    )

    assert answer.status_code == 415


def test_preferences_are_merged(api: Clients) -> None:
    """Only what is given changes."""
    browser = api()
    browser.patch("session/preferences/", {"theme": "dark"})

    answer = browser.patch("session/preferences/", {"inspector_layout": {"left": 300}})

    assert answer.json() == {"theme": "dark", "inspector_layout": {"left": 300.0}}
    assert browser.get("session/").json()["preferences"]["theme"] == "dark"


@pytest.mark.parametrize("body", [{"theme": "pink"}, {"is_active": False}, [], "x", 3])
def test_bad_preferences_are_refused_with_a_path(api: Clients, body: object) -> None:
    """S-056: unknown fields are refused, not ignored."""
    answer = api().patch("session/preferences/", body)

    assert answer.status_code == 400
    assert answer.json()["errors"]
