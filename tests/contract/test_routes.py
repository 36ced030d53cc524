"""S-052: every address and method refuses a stranger, unless it stands on the reviewed list."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.test import Client

from headrace.tenants.context import TenantRef
from tests.support.clients import Api
from tests.support.routes import METHODS, routes

PUBLIC = {
    line.partition("#")[0].strip()
    for line in Path(__file__).with_name("public_routes.txt").read_text().splitlines()
    if line.partition("#")[0].strip()
}
ALL = list(routes())
REFUSALS = {401, 403, 404}


def test_every_listed_route_exists() -> None:
    """The list does not outlive what it allows."""
    assert not PUBLIC - {route.pattern for route in ALL}


def test_a_stranger_is_refused(api: Callable[..., Api]) -> None:
    """S-052: 401, 403 or 404 for whatever is not listed."""
    stranger = api(None)
    wrong = {}
    for route in ALL:
        found = {stranger.request(method, route.address()).status_code for method in METHODS}
        if route.pattern in PUBLIC:
            found = {status for status in found if status >= 500 and status != 503}
        else:
            found -= REFUSALS
        if found:
            wrong[route.pattern] = found

    assert wrong == {}


def test_an_invalid_key_is_refused(api: Callable[..., Api]) -> None:
    """S-052: a wrong key is no better than none."""
    stranger = api(None)
    stranger.django.credentials(HTTP_X_API_KEY="hr_000000000000_00")
    wrong = {}
    for route in ALL:
        found = {stranger.request(method, route.address()).status_code for method in METHODS}
        if route.pattern not in PUBLIC and found - REFUSALS:
            wrong[route.pattern] = found

    assert wrong == {}


def test_an_unknown_address_is_a_problem_in_json(api: Callable[..., Api]) -> None:
    """The same shape everywhere."""
    answer = api().get("/api/v1/no-such-thing/")

    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"


def test_every_answer_carries_the_security_headers(api: Callable[..., Api]) -> None:
    """S-041."""
    caller = api()
    for route in ALL:
        answer = caller.get(route.address())
        assert "default-src 'none'" in answer["Content-Security-Policy"], route
        assert "unsafe-inline" not in answer["Content-Security-Policy"].partition("style-src")[0]
        assert "unsafe-eval" not in answer["Content-Security-Policy"], route
        assert answer["X-Content-Type-Options"] == "nosniff", route
        assert answer["X-Frame-Options"] == "DENY", route


def test_no_origin_is_allowed_in(api: Callable[..., Api]) -> None:
    """S-043: no CORS."""
    caller = api()
    for route in ALL:
        answer = caller.django.options(route.address(), headers={"Origin": "https://evil.example"})
        assert "Access-Control-Allow-Origin" not in answer.headers, route


def test_operators_pages_are_on_the_bare_host_only(alpha: TenantRef) -> None:
    """T-020."""
    operators = [route for route in ALL if route.pattern.startswith("/admin/")]
    assert operators

    for route in operators:
        at_tenant = Client(HTTP_HOST="alpha.localhost").get(route.address())
        at_bare_host = Client(HTTP_HOST="localhost").get(route.address())

        assert at_tenant.status_code == 404, route
        assert at_bare_host.status_code in {200, 302, 404}, route
        if at_bare_host.status_code == 302:
            assert at_bare_host["Location"].startswith(("/admin/login/", "/admin/")), route
        if at_bare_host.status_code == 200:
            assert route.pattern in {"/admin/login/", "/admin/jsi18n/"}, route


def test_the_bare_host_serves_sign_in_and_no_tenant(alpha: TenantRef) -> None:
    """T-020, T-022: neither the API nor the application."""
    bare = {"/", "/app", "/api/v1/auth/place/", "/api/v1/auth/anywhere/"}
    for route in ALL:
        status = Client(HTTP_HOST="localhost").get(route.address()).status_code
        if route.pattern in bare:
            assert status in {200, 302, 403, 503}, route
        elif route.pattern.startswith(("/api/", "/app", "/resume/")):
            assert status == 404, route
