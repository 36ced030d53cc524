"""From an empty database to somebody signed in."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from headrace.accounts import queries as people
from headrace.operations import actions
from headrace.tenants import actions as tenants
from headrace.tenants import queries
from headrace.tenants.context import TenantRef, public, tenant
from headrace.workflows.models import Workflow
from tests.support.clients import Api
from tests.support.database import PASSWORD


@pytest.fixture
def no_tenants(alpha: TenantRef, beta: TenantRef) -> None:
    """A migrated database in which nobody lives."""
    for ref in (alpha, beta):
        tenants.delete_tenant(ref)


def printed(*arguments: str, **options: object) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue()


def test_the_first_preparation_makes_the_demo(no_tenants: None) -> None:
    """Item 1: owner, generated password, one-time link, and a workflow that runs."""
    facts = json.loads(printed("prepare", "--json"))

    demo = queries.by_slug("demo")
    assert demo is not None
    assert facts["created"] is True
    assert facts["email"] == "demo@headrace.local"
    assert len(facts["password"]) >= 20
    with tenant(demo):
        assert [row.role for row in people.members()] == ["owner"]
        assert Workflow.objects.get().published_id is not None


def test_the_generated_password_and_link_sign_in(no_tenants: None) -> None:
    """S-046: no default password; both are different each time."""
    facts = json.loads(printed("prepare", "--json"))
    demo = queries.by_slug("demo")
    assert demo is not None
    body = {"email": facts["email"], "password": facts["password"]}

    by_password = Api(demo).post("auth/sign-in/", body)
    token = facts["sign_in_url"].partition("token=")[2]
    by_link = Api(demo).post("auth/one-time/", {"token": token})

    assert by_password.status_code == by_link.status_code == 200


def test_a_second_preparation_only_makes_a_link(no_tenants: None) -> None:
    """Safe to repeat, and quick."""
    first = json.loads(printed("prepare", "--json"))

    started = time.monotonic()
    second = json.loads(printed("prepare", "--json"))
    took_s = time.monotonic() - started

    assert (second["created"], second["password"]) == (False, None)
    assert second["email"] == first["email"]
    assert second["sign_in_url"] != first["sign_in_url"]
    assert took_s < 1
    assert len(queries.all_active()) == 1


def test_a_tenant_is_made_with_its_owner(db: None) -> None:
    """`create_tenant SLUG --owner EMAIL`."""
    text = printed("create_tenant", "acme", owner="ann@acme.example")

    acme = queries.by_slug("acme")
    assert acme is not None
    assert "acme.localhost" in text
    with tenant(acme):
        assert [(row.email, row.role) for row in people.members()] == [
            ("ann@acme.example", "owner")
        ]


@pytest.mark.parametrize(
    ("slug", "owner"),
    [("Bad slug", "a@b.example"), ("alpha", "a@b.example"), ("acme", "no address")],
)
def test_a_refused_tenant_leaves_nothing(alpha: TenantRef, slug: str, owner: str) -> None:
    """Nothing is left behind: no schema, no rows, no person."""
    before = _everything()

    with pytest.raises(CommandError):
        printed("create_tenant", slug, owner=owner)

    assert _everything() == before


def test_an_owner_of_two_tenants_keeps_one_password(db: None) -> None:
    """People are shared, rights are not."""
    first = printed("create_tenant", "one", owner="ann@acme.example")
    second = printed("create_tenant", "two", owner="ann@acme.example")

    assert "Password" in first
    assert "Password" not in second


def test_a_key_for_scripts_is_printed_alone(alpha: TenantRef) -> None:
    """`create_api_key --email E`."""
    text = printed(
        "create_api_key", email="member@alpha.example", tenant="alpha", scopes=["member.view"]
    )

    program = Api(alpha)
    program.django.credentials(HTTP_X_API_KEY=text.strip())
    assert program.get("members/").status_code == 200
    assert program.get("workflows/").status_code == 403


@pytest.mark.parametrize(
    "options",
    [
        {"email": "nobody@alpha.example", "tenant": "alpha"},
        {"email": "owner@beta.example", "tenant": "alpha"},
        {"email": "owner@alpha.example", "tenant": "gamma"},
        {"email": "owner@alpha.example"},
        {"email": "owner@alpha.example", "tenant": "alpha", "scopes": ["fly"]},
    ],
)
def test_a_wrong_request_for_a_key_says_why(alpha: TenantRef, options: dict[str, object]) -> None:
    """No traceback."""
    with pytest.raises(CommandError):
        printed("create_api_key", **options)


class TestOperators:
    """T-020: a staff table of their own, on the bare host."""

    LOGIN = "/admin/login/"

    @pytest.fixture
    def password(self, alpha: TenantRef) -> str:
        """A new operator's."""
        password = actions.add_operator("root@headrace.example")
        assert password is not None
        return password

    def sign_in(self, email: str, password: str) -> Client:
        client = Client(HTTP_HOST="localhost")
        client.post(self.LOGIN, {"username": email, "password": password})
        return client

    def test_a_page_shows_no_password(self, password: str) -> None:
        """Not even its hash."""
        client = self.sign_in("root@headrace.example", password)
        with public(), connection.cursor() as cursor:
            cursor.execute("select id from accounts_person limit 1")
            (person_id,) = cursor.fetchone()

        page = client.get(f"/admin/accounts/person/{person_id}/change/")

        assert page.status_code == 200
        assert b"argon2" not in page.content

    @pytest.mark.parametrize("role", ["owner", "viewer"])
    def test_a_role_in_a_tenant_is_worth_nothing_there(self, alpha: TenantRef, role: str) -> None:
        """The owner of every tenant is no operator."""
        client = self.sign_in(f"{role}@alpha.example", PASSWORD)

        assert client.get("/admin/").status_code == 302

    def test_a_dismissed_operator_is_out_at_once(self, password: str) -> None:
        """Asked at each request."""
        client = self.sign_in("root@headrace.example", password)
        with public(), connection.cursor() as cursor:
            cursor.execute("delete from operations_operator")

        assert client.get("/admin/").status_code == 302

    def test_a_session_of_the_application_does_not_open_the_pages(
        self, api: Callable[..., Api], alpha: TenantRef
    ) -> None:
        """Even of a person who is an operator, too."""
        actions.add_operator("owner@alpha.example")
        client = Client(HTTP_HOST="localhost")
        client.cookies = api().django.cookies

        assert client.get("/admin/").status_code == 302

    def test_the_throttle_holds_here_too(self, password: str) -> None:
        """S-051."""
        for _ in range(10):
            self.sign_in("root@headrace.example", "wrong")

        client = self.sign_in("root@headrace.example", password)

        assert client.get("/admin/").status_code == 302


def test_the_health_pages_answer_on_any_host(db: None) -> None:
    """`/healthz` and `/readyz` know no tenant."""
    client = Client(HTTP_HOST="whatever.example")

    assert client.get("/healthz").json() == {"status": "ok"}
    ready = client.get("/readyz").json()
    assert ready["database"] == "ok"
    assert set(ready["sandbox"]) == {"javascript", "python"}
    assert "sandbox_of_workers" in ready


def test_without_its_migrations_nothing_is_ready(committed: None) -> None:
    """T-007: migrations before traffic."""
    # Done twice it is as it was.
    change = "update tenants_schemastate set digest = reverse(digest) where schema = 'public'"
    with public(), connection.cursor() as cursor:
        cursor.execute(change)
        try:
            answer = Client().get("/readyz")
        finally:
            cursor.execute(change)

    assert answer.status_code == 503
    assert answer.json()["database"] == "not migrated"


def test_without_redis_it_is_ready_but_degraded(db: None, settings: object) -> None:
    """P-9: Redis may be gone."""
    settings.CACHES = {  # type: ignore[attr-defined]
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
            "KEY_FUNCTION": "headrace.tenants.keys.cache_key",
        }
    }

    answer = Client().get("/readyz")

    assert (answer.status_code, answer.json()["status"]) == (200, "degraded")


def _everything() -> list[tuple[str, int]]:
    with public(), connection.cursor() as cursor:
        cursor.execute(
            """
            select nspname, 0 from pg_namespace union all
            select 'tenants', count(*) from tenants_tenant union all
            select 'people', count(*) from accounts_person
            order by 1, 2
            """
        )
        return cursor.fetchall()
