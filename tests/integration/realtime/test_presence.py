"""Two people at one workflow: who is seen where, who holds a node, and whose saves are followed."""

from __future__ import annotations

import pytest
import redis
from asgiref.sync import sync_to_async
from django.conf import settings

from headrace.realtime import presence, workflow_channel
from headrace.workflows import actions
from tests.support.clients import actor
from tests.support.pages import OpenPage
from tests.support.workflows import MANUAL, in_a_row, node

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def flow(in_alpha):
    """A workflow with one node after its trigger."""
    return actions.create(actor(in_alpha), document=in_a_row([MANUAL, node("a", "flow.no_op")]))


@pytest.fixture(autouse=True)
def _without_waiting(monkeypatch):
    monkeypatch.setattr(workflow_channel, "APART_S", 0)


async def _opened(in_alpha, api, flow, role="owner"):
    browser = await sync_to_async(api)(role)
    page = await OpenPage(in_alpha, browser).connect()
    people = await page.follow(f"workflow:{flow.row.id}", "people")
    return page, people


async def _go(page, flow, at=None, *, holds=False):
    await page.say({"at": f"workflow:{flow.row.id}", "node": at, "holds": holds})


async def test_people_see_each_other_come_move_and_go(in_alpha, api, flow):
    first, _ = await _opened(in_alpha, api, flow)
    await _go(first, flow)
    await first.hear("people")
    second, there_already = await _opened(in_alpha, api, flow, "member")

    assert [(one["node"], one["you"]) for one in there_already] == [(None, False)]
    await _go(first, flow, "a", holds=True)
    assert [(one["node"], one["holds"]) for one in await second.hear("people")] == [("a", True)]
    await first.leave()
    assert await second.hear("people") == []
    await second.leave()


async def test_a_page_is_told_which_entry_is_its_own(in_alpha, api, flow):
    first, _ = await _opened(in_alpha, api, flow)
    await _go(first, flow, "a")
    assert [one["you"] for one in await first.hear("people")] == [True]
    second, people = await _opened(in_alpha, api, flow)

    assert [one["you"] for one in people] == [False]
    await first.leave()
    await second.leave()


async def test_the_newest_hold_is_the_one_that_counts(in_alpha, api, flow):
    first, _ = await _opened(in_alpha, api, flow)
    await _go(first, flow, "a", holds=True)
    second, people = await _opened(in_alpha, api, flow, "member")

    await _go(second, flow, "a", holds=True)

    later = next(one for one in await second.hear("people") if one["you"])
    assert later["at"] > people[0]["at"]
    await first.leave()
    await second.leave()


async def test_who_may_only_look_is_seen_but_holds_nothing(in_alpha, api, flow):
    editor, _ = await _opened(in_alpha, api, flow)
    viewer, _ = await _opened(in_alpha, api, flow, "viewer")

    await _go(viewer, flow, "a", holds=True)

    assert [(one["node"], one["holds"]) for one in await editor.hear("people")] == [("a", False)]
    await editor.leave()
    await viewer.leave()


async def test_people_of_another_tenant_are_not_seen(in_alpha, api, flow):
    page, _ = await _opened(in_alpha, api, flow)
    await _go(page, flow, "a")
    stranger = presence.Presence(flow.row.id, flow.row.id, "x", {"id": "x", "name": "Eve"})

    assert await stranger.people() == []
    await stranger.leave()
    await page.leave()


async def test_who_died_without_a_word_is_gone_when_their_entry_is_old(in_alpha, flow, monkeypatch):
    me = presence.Presence(in_alpha.id, flow.row.id, "me", {"id": "m", "name": "Me"})
    dead = presence.Presence(in_alpha.id, flow.row.id, "dead", {"id": "d", "name": "Dead"})
    monkeypatch.setattr(presence, "GONE_S", -1)
    await dead.come("a", holds=True)

    assert await me.people() == []
    await me.leave()
    await dead.leave()


async def test_the_key_expires_by_itself(in_alpha, flow):
    here = presence.Presence(in_alpha.id, flow.row.id, "me", {"id": "m", "name": "Me"})
    await here.come("a", holds=False)
    key = f"{in_alpha.id.hex}:presence:{flow.row.id.hex}"

    with redis.Redis.from_url(settings.REDIS_URL) as client:
        assert 0 < client.ttl(key) <= 2 * presence.GONE_S
    await here.leave()


async def test_a_save_is_told_to_every_open_page_with_its_author(in_alpha, api, flow, owner):
    page, _ = await _opened(in_alpha, api, flow, "member")

    await sync_to_async(actions.save)(owner, flow.row.id, flow.document, revision=1)

    assert await page.hear("draft") == {"revision": 2, "author": owner.label}
    await page.leave()


async def test_a_save_that_nobody_told_of_is_found_by_itself(
    in_alpha, api, flow, owner, monkeypatch
):
    monkeypatch.setattr(workflow_channel, "LOOK_TURNS", 1)
    page, _ = await _opened(in_alpha, api, flow, "member")
    monkeypatch.setattr(actions.ports.drafts, "saved", lambda *_: None)

    await sync_to_async(actions.save)(owner, flow.row.id, flow.document, revision=1)

    assert (await page.hear("draft"))["revision"] == 2
    await page.leave()
