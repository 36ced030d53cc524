"""With several tenants: sign-in on the bare host, and the way from one tenant to another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from rest_framework.test import APIClient

from headrace.accounts import actions
from headrace.accounts.types import SYSTEM, Role
from headrace.tenants.context import TenantRef, tenant
from tests.support.clients import Api, person
from tests.support.database import PASSWORD

Clients = Callable[..., Api]
EMAIL = "owner@alpha.example"


@pytest.fixture
def in_both(alpha: TenantRef, beta: TenantRef) -> None:
    """The owner of alpha is a viewer of beta, too."""
    with tenant(beta):
        actions.add_member(SYSTEM, person(alpha, Role.OWNER), Role.VIEWER)


@pytest.fixture
def bare() -> APIClient:
    """A browser at the host in front of which tenants have their names."""
    return APIClient(HTTP_HOST="localhost")


def anywhere(bare: APIClient, password: str = PASSWORD) -> Any:
    body = {"email": EMAIL, "password": password}
    return bare.post("/api/v1/auth/anywhere/", body, format="json")


def follow(api: Api, url: str) -> Any:
    """What the page behind a link sends."""
    (token,) = parse_qs(urlsplit(url).query)["token"]
    return api.post("auth/one-time/", {"token": token})


def test_the_bare_host_names_the_tenants_of_whoever_knows_the_password(
    bare: APIClient, in_both: None
) -> None:
    """And of nobody else."""
    found = anywhere(bare).json()["results"]

    assert [place["slug"] for place in found] == ["alpha", "beta"]
    assert anywhere(bare, "wrong").status_code == 401


def test_each_of_its_links_signs_in_once_at_its_own_tenant(
    bare: APIClient, api: Clients, alpha: TenantRef, beta: TenantRef, in_both: None
) -> None:
    """T-021: a link for one tenant opens no other."""
    links = {place["slug"]: place["url"] for place in anywhere(bare).json()["results"]}

    at_wrong_tenant = follow(api(None), links["beta"])
    first = follow(Api(beta), links["beta"])
    second = follow(Api(beta), links["beta"])

    assert links["beta"].startswith("http://beta.localhost:")
    assert [at_wrong_tenant.status_code, first.status_code, second.status_code] == [401, 200, 401]
    assert (first.json()["tenant"]["slug"], first.json()["role"]) == ("beta", "viewer")


def test_the_bare_host_says_that_it_belongs_to_no_tenant(bare: APIClient, api: Clients) -> None:
    """So that the page knows which form to show."""
    assert bare.get("/api/v1/auth/place/").json()["tenant"] is None
    assert api(None).get("auth/place/").json()["tenant"]["slug"] == "alpha"


def test_a_tenants_own_host_does_not_tell_of_others(api: Clients) -> None:
    """Signing in anywhere is for the bare host."""
    answer = api(None).post("auth/anywhere/", {"email": EMAIL, "password": PASSWORD})

    assert answer.status_code == 404


def test_a_person_is_handed_over_to_another_tenant_of_theirs(
    api: Clients, beta: TenantRef, in_both: None
) -> None:
    """The switcher: a list, and a link that works once."""
    here = api()
    listed = [place["slug"] for place in here.get("session/tenants/").json()["results"]]

    url = here.post("session/hand-over/", {"tenant": "beta"}).json()["url"]
    there = Api(beta)

    assert listed == ["alpha", "beta"]
    assert follow(there, url).status_code == 200
    session = there.get("session/").json()
    assert session["tenant"]["slug"] == "beta"
    assert session["preferences"]["recent_tenants"] == ["beta", "alpha"]


@pytest.mark.parametrize("slug", ["beta", "alpha", "nowhere"])
def test_nobody_is_handed_over_to_where_they_do_not_belong(api: Clients, slug: str) -> None:
    """The same answer for a foreign tenant, one's present one and none at all."""
    answer = api().post("session/hand-over/", {"tenant": slug})

    assert (answer.status_code, answer.json()["code"]) == (404, "tenant_not_found")


def test_a_key_is_not_handed_over(api: Clients, in_both: None) -> None:
    """S-063: a key stays in the tenant that it was made for."""
    answer = api("owner", scopes=["session.edit"]).post("session/hand-over/", {"tenant": "beta"})

    assert answer.status_code == 403
