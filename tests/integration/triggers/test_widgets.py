"""Hosted pages inside of others: the script that shows them, and who may."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from asgiref.sync import sync_to_async

from headrace.credentials import actions as credentials
from headrace.workflows import actions as workflows
from tests.support.hosted import visiting
from tests.support.workflows import document, node

pytestmark = pytest.mark.usefixtures("committed", "in_alpha")

NASTY = "\"'</script>\\u2028`${1}"


async def publish(owner: Any, kind: str = "chat", **params: Any) -> str:
    """A workflow with a page at /chat/support or /form/support; its id."""
    chosen = {"auth": params.pop("credential")} if "credential" in params else {}
    params = {"path": "support", **params}
    trigger = node("page", f"triggers.{kind}", params, credentials=chosen)
    flow = document([trigger, node("end", "flow.no_op")], "page -> end")

    def work() -> str:
        draft = workflows.create(owner, document=flow)
        workflows.publish(owner, draft.row.id)
        return str(draft.row.id)

    return await sync_to_async(work)()


@pytest.mark.parametrize("kind", ["chat", "form"])
async def test_a_page_has_a_script_that_names_it(alpha, owner, kind):
    await publish(owner, kind, title=NASTY, accent="#aa0000")
    async with visiting(alpha) as visitor:
        script = await visitor.http.get(f"/{kind}/support?widget")

    assert script.headers["content-type"] == "text/javascript; charset=utf-8"
    quoted = re.search(r"JSON\.parse\((\".*\")\);", script.text)
    assert quoted is not None
    facts = json.loads(json.loads(quoted[1]))
    assert facts == {"title": NASTY, "kind": kind, "accent": "#aa0000", "onAccent": "#ffffff"}


async def test_a_page_with_a_password_has_none(alpha, owner):
    create = sync_to_async(credentials.create)
    data = {"user": "ada", "password": "lovelace"}
    made = await create(owner, name="Chat", kind="http_basic", data=data)
    await publish(owner, access="basic", credential=str(made.id))
    async with visiting(alpha) as visitor:
        answer = await visitor.http.get("/chat/support?widget")

    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("origins", "policy"),
    [
        ([], "frame-ancestors *"),
        (["https://a.test", "https://*.b.test"], "frame-ancestors https://a.test https://*.b.test"),
    ],
)
@pytest.mark.parametrize("kind", ["chat", "form"])
async def test_only_the_sites_that_are_named_may_show_a_page(alpha, owner, kind, origins, policy):
    await publish(owner, kind, origins=origins)
    async with visiting(alpha) as visitor:
        page = await visitor.http.get(f"/{kind}/support?embedded=1", follow_redirects=True)

    assert policy in page.headers["content-security-policy"].split("; ")


@pytest.mark.parametrize("origin", ["*", "https://a.test/x", "a.test", "https://a.test; x 'none'"])
async def test_what_is_no_site_is_not_published(owner, origin):
    with pytest.raises(Exception, match="no site"):
        await publish(owner, origins=[origin])


async def test_people_find_the_address_of_a_page_and_the_line_that_embeds_it(alpha, owner, api):
    workflow = await publish(owner)

    def ask() -> Any:
        return api("viewer").get(f"workflows/{workflow}/addresses/").json()["results"]

    (found,) = await sync_to_async(ask)()
    url = found["url"]
    assert url.endswith("/chat/support")
    assert found == {
        "node": "page",
        "method": "",
        "url": url,
        "is_live": True,
        "embed": f'<script src="{url}?widget" async></script>',
    }
