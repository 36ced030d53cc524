"""The tenant is the one of the host name, and nothing else decides it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from headrace.tenants import actions, hosts, queries
from headrace.tenants.context import TenantRef, current, public, tenant
from headrace.tenants.errors import NoTenant
from headrace.tenants.keys import group, key
from headrace.tenants.middleware import tenant_middleware
from headrace.tenants.models import Domain, SchemaState


def tenant_at(host: str, **headers: str) -> Any:
    return Client(HTTP_HOST=host).get("/api/v1/session/", headers=headers)


@pytest.mark.parametrize(
    "host",
    [
        "gamma.localhost",
        "localhost",
        "www.alpha.localhost",
        "alpha.localhost.",
        "alpha.localhost.evil.example",
        "alpha",
        "127.0.0.1",
        "[::1]",
        "alpha.localhost@evil.example",
        "alpha localhost",
        "alpha.localhost:99999999",
        "",
        "t_alpha",
    ],
)
def test_an_unknown_host_is_not_served(alpha: TenantRef, host: str) -> None:
    """T-022, T-031: the same 404 for whatever is not a tenant's name."""
    answer = tenant_at(host)

    assert answer.status_code == 404
    assert answer.json() == tenant_at("unknown.localhost").json()


@pytest.mark.parametrize("host", ["alpha.localhost", "ALPHA.localhost", "alpha.localhost:8000"])
def test_a_known_host_is_served_in_any_spelling(alpha: TenantRef, host: str) -> None:
    """T-022."""
    assert tenant_at(host).status_code == 401


def test_a_client_header_never_names_the_tenant(alpha: TenantRef) -> None:
    """T-022, S-057."""
    answer = tenant_at("unknown.localhost", **{"X-Forwarded-Host": "alpha.localhost"})

    assert answer.status_code == 404


async def test_async_requests_find_their_tenant(alpha: TenantRef) -> None:
    """The same middleware under ASGI."""

    async def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(current().slug)

    handle = tenant_middleware(view)

    known = await handle(RequestFactory().get("/", headers={"host": "alpha.localhost"}))
    unknown = await handle(RequestFactory().get("/", headers={"host": "x.localhost"}))

    assert (known.content, unknown.status_code) == (b"alpha", 404)


def test_a_remembered_host_costs_no_query(
    alpha: TenantRef, django_assert_num_queries: Callable[[int], Any]
) -> None:
    """The 30 s cache, misses included."""
    queries.by_host("alpha.localhost")
    queries.by_host("nobody.localhost")

    with django_assert_num_queries(0):
        assert queries.by_host("alpha.localhost") == alpha
        assert queries.by_host("nobody.localhost") is None


def test_suspending_a_tenant_holds_at_once_in_this_process(alpha: TenantRef) -> None:
    """T-013: invalidation."""
    assert queries.by_host("alpha.localhost") == alpha

    actions.suspend_tenant(alpha)

    assert queries.by_host("alpha.localhost") is None
    assert queries.by_id(alpha.id) is None


def test_a_tenant_that_is_not_migrated_is_not_served(alpha: TenantRef) -> None:
    """T-007: 503 until its schema is at the state of this code."""
    with public():
        SchemaState.objects.filter(schema=alpha.schema).update(digest="older")

    answer = tenant_at("alpha.localhost")

    assert answer.status_code == 503
    assert answer["Retry-After"]


def test_invented_hosts_do_not_fill_the_memory(
    alpha: TenantRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The directory is bounded."""
    monkeypatch.setattr(hosts, "REMEMBERED_HOSTS", 3)
    directory = hosts.HostDirectory()

    for number in range(10):
        directory.learn(f"h{number}.localhost")

    assert sum(directory.find(f"h{number}.localhost") is not None for number in range(10)) == 3


class TestCommunityMode:
    """T-032: the same code with one tenant and any host name."""

    @pytest.fixture(autouse=True)
    def _one_tenant(self, settings: Any, beta: TenantRef) -> None:
        settings.MULTI_TENANT = False
        actions.suspend_tenant(beta)

    @pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "flows.example.org", "[::1]"])
    def test_any_host_reaches_the_one_tenant(self, alpha: TenantRef, host: str) -> None:
        """The default mode."""
        assert queries.by_host(host) == alpha
        assert tenant_at(host).status_code == 401

    def test_named_hosts_are_the_only_ones(self, alpha: TenantRef, settings: Any) -> None:
        """`HEADRACE_HOSTS`."""
        settings.HEADRACE_HOSTS = ("flows.example.org",)

        assert tenant_at("flows.example.org").status_code == 401
        assert tenant_at("evil.example").status_code == 404


def test_the_same_cache_key_is_another_entry_in_another_tenant(
    alpha: TenantRef, beta: TenantRef
) -> None:
    """T-014."""
    for ref in (alpha, beta):
        with tenant(ref):
            cache.set("same", ref.slug, 30)

    with tenant(alpha):
        assert cache.get("same") == "alpha"
    with public():
        assert cache.get("same") is None
    with pytest.raises(NoTenant):
        cache.get("same")


def test_keys_outside_the_database_begin_with_the_tenant(alpha: TenantRef) -> None:
    """T-015, T-016."""
    with tenant(alpha):
        made, name = key("execution", 5), group("execution", alpha.id)

    assert made == f"t:{alpha.id}:execution:5"
    assert name == f"t.{alpha.id.hex}.execution.{alpha.id.hex}"
    assert name.isascii()
    assert len(name) < 100
    with pytest.raises(NoTenant):
        key("execution", 5)


def test_a_second_domain_serves_the_same_tenant(alpha: TenantRef) -> None:
    """A tenant may have a name of its own."""
    with public():
        Domain.objects.create(domain="flows.example.org", tenant_id=alpha.id, is_primary=False)

    assert queries.by_host("flows.example.org") == alpha
