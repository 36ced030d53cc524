"""Hosted pages at a host of their own: members come in from the app, and its cookies stay there."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from asgiref.sync import sync_to_async
from django.core.asgi import get_asgi_application

from headrace.tenants import hosts
from headrace.triggers.gate.app import Gate
from headrace.workflows import actions as workflows
from tests.support.database import PASSWORD
from tests.support.hosted import begun, visiting
from tests.support.workflows import document, node

pytestmark = pytest.mark.usefixtures("committed", "in_alpha", "pages_host")

APP = "http://alpha.localhost:8000"
PAGES = "http://alpha.pages.localhost:8000"
MEMBERS = {"access": "members", "path": "off", "rows": [{"label": "Days"}]}


@pytest.fixture
def pages_host(settings):
    settings.HEADRACE_PUBLIC_URL = "http://localhost:8000"
    settings.HEADRACE_PAGES_URL = "http://pages.localhost:8000"
    hosts.directory.forget()
    yield
    hosts.directory.forget()


@asynccontextmanager
async def browsing(alpha):
    """A browser without JavaScript, and what it sent as `(host, path, cookies)`."""
    sent: list[tuple[str, str, str]] = []

    async def note(request: httpx.Request) -> None:
        seen = (request.url.host, request.url.path, request.headers.get("cookie", ""))
        sent.append(seen)

    hooks: dict[str, Any] = {"request": [note]}
    inner = get_asgi_application()
    async with visiting(alpha, inner=inner, event_hooks=hooks) as visitor:
        yield visitor, sent


@sync_to_async
def publish(owner, **params):
    flow = document(
        [node("page", "triggers.form", {**MEMBERS, **params}), node("end", "flow.no_op")],
        "page -> end",
    )
    made = workflows.create(owner, document=flow)
    workflows.publish(owner, made.row.id)
    return made.row.id


async def sign_in(http):
    body = {"email": "owner@alpha.example", "password": PASSWORD}
    answer = await http.post(f"{APP}/api/v1/auth/sign-in/", json=body)
    assert answer.status_code == 200, answer.text


async def led_in(http, at):
    """What the app's page does on the way: it asks for a pass, and goes where it is told."""
    token = http.cookies.get("csrftoken", domain="alpha.localhost")
    headers = {"X-CSRFToken": token or "", "Referer": f"{APP}/app/visit", "Origin": APP}
    address = f"{APP}/api/v1/hosted-pages/visit/"
    answer = await http.post(address, json={"at": at}, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()["url"]


async def test_a_member_is_led_from_the_pages_host_to_the_app_and_back(alpha, owner):
    await publish(owner)
    async with browsing(alpha) as (visitor, sent):
        await sign_in(visitor.http)
        away = await visitor.http.get(f"{PAGES}/form/off?from=mail")
        app = urlsplit(away.headers["location"])
        (at,) = parse_qs(app.query)["at"]
        url = await led_in(visitor.http, at)
        page = await visitor.http.get(url)
        done = await visitor.send(page, {"days": "3"})

    (item,) = begun()
    at_pages = [(path, cookies) for host, path, cookies in sent if host == "alpha.pages.localhost"]
    assert (away.status_code, f"{app.scheme}://{app.netloc}", app.path) == (303, APP, "/app/visit")
    assert url.startswith(f"{PAGES}/form/off?from=mail&pass=")
    assert (page.status_code, done.status_code < 400) == (200, True)
    assert item.json["user"]["email"] == "owner@alpha.example"
    assert at_pages == [("/form/off", "")] * 3
    assert any("headrace_session" in cookies for _, _, cookies in sent)
    assert not any("set-cookie" in one.headers for one in (away, page, done))


@pytest.mark.parametrize(
    "path", ["/app/", "/api/v1/session/", "/healthz", "/admin/", "/mcp", "/webhook/x", "/static/x"]
)
async def test_at_the_pages_host_there_is_nothing_of_the_app(alpha, path):
    async with browsing(alpha) as (visitor, _):
        answer = await visitor.http.get(PAGES + path)

    assert (answer.status_code, "set-cookie" in answer.headers) == (404, False)


async def test_at_the_app_there_is_no_page_but_the_way_to_it(alpha, owner):
    await publish(owner, access="none", path="open/:who")
    async with browsing(alpha) as (visitor, _):
        shown = await visitor.http.get(f"{APP}/form/open/Z%C3%BCrich%0A?from=mail")
        sent = await visitor.http.post(f"{APP}/form/open/ada", data={"days": "3"})
        page = await visitor.http.get(f"{PAGES}/form/open/ada")

    assert (shown.status_code, page.status_code) == (307, 200)
    assert shown.headers["location"] == f"{PAGES}/form/open/Z%C3%BCrich%0A?from=mail"
    assert (sent.status_code, begun()) == (421, [])


async def test_no_socket_is_opened_at_the_pages_host():
    said: list[Any] = []

    async def inner(scope: Any, receive: Any, send: Any) -> None:
        raise AssertionError(scope)

    async def receive() -> Any:
        return {"type": "websocket.connect"}

    async def send(message: Any) -> None:
        said.append(message)

    headers = [(b"host", b"alpha.pages.localhost:8000")]
    await Gate(inner)({"type": "websocket", "path": "/ws/", "headers": headers}, receive, send)

    assert said == [{"type": "websocket.close"}]


async def test_a_page_of_another_workspace_is_not_there(alpha, owner):
    await publish(owner, access="none")
    async with browsing(alpha) as (visitor, _):
        other = await visitor.http.get("http://beta.pages.localhost:8000/form/off")
        nobody = await visitor.http.get("http://pages.localhost:8000/form/off")

    assert (other.status_code, nobody.status_code) == (404, 404)


def test_the_editor_shows_pages_where_they_are(api, owner, in_alpha):
    flow = document([node("page", "triggers.form", MEMBERS), node("hook", "triggers.webhook", {})])
    made = workflows.create(owner, document=flow).row

    shown = {
        one["node"]: one["url"]
        for one in api().get(f"workflows/{made.id}/addresses/").json()["results"]
    }

    assert shown["page"] == f"{PAGES}/form/off"
    assert shown["hook"].startswith("http://alpha.localhost/webhook/")


class TestWithOneTenant:
    """The name alone is the pages' host, beside whichever names the app has."""

    @pytest.fixture(autouse=True)
    def _one_tenant(self, settings, pages_host):
        settings.MULTI_TENANT = False
        settings.HEADRACE_HOSTS = ("flows.example.org",)

    @pytest.mark.parametrize(
        ("host", "is_pages"),
        [("pages.localhost", True), ("flows.example.org", False), ("x.pages.localhost", False)],
    )
    def test_a_host_is_the_pages_or_the_apps(self, host, is_pages):
        assert hosts.is_for_pages(host) is is_pages

    def test_the_pages_host_needs_no_other_setting(self, alpha):
        assert hosts.directory.learn("pages.localhost") is not None
        assert hosts.directory.learn("other.localhost") is None
