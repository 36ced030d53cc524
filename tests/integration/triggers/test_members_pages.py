"""Hosted pages for members: known by a pass from the app, without a cookie of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from asgiref.sync import sync_to_async

from headrace.accounts import open_sessions
from headrace.accounts.types import Role
from headrace.tenants.context import tenant
from headrace.triggers.gate.pages import members
from headrace.workflows import actions as workflows
from tests.support.clients import Api, person
from tests.support.hosted import begun, elements, state_of, visiting
from tests.support.workflows import document, node

pytestmark = pytest.mark.usefixtures("committed", "in_alpha")

FORM = {"access": "members", "path": "off", "rows": [{"label": "Days"}]}
CHAT = {"access": "members", "path": "help", "respond": "last_node"}


async def publish(owner: Any, kind: str, params: dict[str, Any]) -> None:
    """A workflow with such a page."""
    flow = document([node("page", kind, params), node("end", "flow.no_op")], "page -> end")

    def work() -> None:
        workflows.publish(owner, workflows.create(owner, document=flow).row.id)

    await sync_to_async(work)()


async def coming(api: Callable[..., Api], at: str, role: str = "viewer") -> str:
    """The address with a pass that the app leads a member to."""

    def ask() -> Any:
        browser = api(role)
        who = person(browser.tenant, Role(role))
        with tenant(browser.tenant):
            key = str(browser.django.session.session_key)
            open_sessions.note(key, who.id, address="", agent="")
        return browser.post("hosted-pages/visit/", {"at": at})

    answer = await sync_to_async(ask)()
    assert answer.status_code == 200, answer.content
    return str(answer.json()["url"])


async def test_whoever_has_no_pass_is_led_to_the_app_and_back(alpha, owner, api):
    await publish(owner, "triggers.form", FORM)
    async with visiting(alpha) as visitor:
        answer = await visitor.http.get("/form/off?from=mail")
        address = urlsplit(answer.headers["location"])
        (at,) = parse_qs(address.query)["at"]
        page = await visitor.http.get(await coming(api, at))

    assert (answer.status_code, address.path, at) == (303, "/app/visit", "/form/off?from=mail")
    assert page.status_code == 200
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    assert "set-cookie" not in page.headers


async def test_a_workflow_knows_which_member_sent_a_form(alpha, owner, api):
    await publish(owner, "triggers.form", FORM)
    async with visiting(alpha) as visitor:
        page = await visitor.http.get(await coming(api, "/form/off"))
        await visitor.send(page, {"days": "3"})

    (item,) = begun()
    user = item.json["user"]
    assert item.json["days"] == "3"
    assert (user["email"], user["role"]) == ("viewer@alpha.example", "viewer")


async def test_a_workflow_knows_which_member_speaks(alpha, owner, api):
    await publish(owner, "triggers.chat", CHAT)
    async with visiting(alpha) as visitor:
        page = await visitor.http.get(await coming(api, "/chat/help"), follow_redirects=True)
        data = {"_state": state_of(page), "_key": "k" * 16, "message": "Hello"}
        await visitor.http.post(str(page.url), data=data, headers={"accept": "text/event-stream"})

    (item,) = begun()
    assert item.json["message"] == "Hello"
    assert item.json["user"]["email"] == "viewer@alpha.example"
    assert elements(page.text, "script"), "members see answers as they come"


async def test_what_one_member_was_shown_is_no_good_with_the_pass_of_another(alpha, owner, api):
    await publish(owner, "triggers.chat", CHAT)
    async with visiting(alpha) as visitor:
        page = await visitor.http.get(await coming(api, "/chat/help"), follow_redirects=True)
        other = await coming(api, "/chat/help", "member")
        data = {"_state": state_of(page), "_key": "k" * 16, "message": "Hello"}
        answer = await visitor.http.post(other, data=data)

    assert (answer.status_code, begun()) == (403, [])


@pytest.mark.parametrize("reason", ["another page", "too old", "forged", "signed out"])
async def test_a_pass_is_refused(alpha, owner, api, monkeypatch, reason):
    await publish(owner, "triggers.form", FORM)
    url = await coming(api, "/form/other" if reason == "another page" else "/form/off")
    url = url.replace("/form/other", "/form/off") + ("x" if reason == "forged" else "")
    if reason == "too old":
        monkeypatch.setattr(members, "ENTERS_S", -1)
    if reason == "signed out":
        who = await sync_to_async(person)(alpha, Role.VIEWER)
        await sync_to_async(open_sessions.end_all)(who.id)
    async with visiting(alpha) as visitor:
        answer = await visitor.http.get(url)

    assert (answer.status_code, "/app/visit?" in answer.headers["location"]) == (303, True)


@pytest.mark.parametrize(
    "at", ["https://evil.example/form/x", "//evil.example/", "/app/", "/form/"]
)
def test_the_app_leads_to_hosted_pages_only(api, at):
    answer = api().post("hosted-pages/visit/", {"at": at})

    assert (answer.status_code, answer.json()["errors"][0]["path"]) == (400, "/at")
