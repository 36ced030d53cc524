"""Triggers that ask: nothing is lost, nothing comes twice, and what fails says so."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from headrace.credentials import actions as credentials
from headrace.executions.beginning import decode_start
from headrace.executions.models import Execution
from headrace.tenants.context import public
from headrace.triggers.models import Poll
from headrace.triggers.polls import claims
from headrace.triggers.polls.rounds import rounds
from headrace.workflows import actions as workflows
from headrace_sdk import Item, Needs
from headrace_sdk.polling import Polled
from tests.support import polled
from tests.support.plugged import plug
from tests.support.queue import ask
from tests.support.stub import serving
from tests.support.workflows import document, node

pytestmark = pytest.mark.usefixtures("committed", "in_alpha")


@pytest.fixture(autouse=True)
def feed(monkeypatch):
    plug(monkeypatch, polled.Feed)
    polled.rows.clear()
    return polled.rows


def flow(**given: Any) -> dict[str, Any]:
    made = {"auth": given.pop("credential")} if "credential" in given else {}
    trigger = node("feed", polled.KIND, given)
    if made:
        trigger["credentials"] = {"account": made["auth"]}
    return document([trigger, node("end", "flow.no_op")], "feed -> end")


def publish(owner, draft=None, **given):
    """A workflow that asks; with `draft`, its next version."""
    if draft is None:
        made = workflows.create(owner, document=flow(**given))
    else:
        made = workflows.save(
            owner, draft.row.id, document=flow(**given), revision=draft.row.revision
        )
    workflows.publish(owner, made.row.id)
    return made


def row():
    with public():
        return Poll.objects.get()


def begun():
    """The items of all runs, in the order of acceptance."""
    rows = ask("select start from public.run_queue order by number")
    return [item.json for row in rows for item in decode_start(bytes(row[0])).items]


def look():
    """Have whatever is due now or later asked, to the end."""
    with public():
        Poll.objects.update(look_at="2020-01-01T00:00:00Z")
    for one in rounds.look():
        one.result(30)


def test_what_is_new_begins_a_run_and_is_never_found_again(owner, feed):
    feed.append({"n": 0})
    publish(owner)
    look()
    feed += [{"n": 1}, {"n": 2}, {"n": 3}]

    for _ in range(4):
        look()

    assert begun() == [{"n": 1}, {"n": 2}, {"n": 3}]
    assert Execution.objects.filter(mode="poll").count() == 2
    assert row().cursor == 4


def test_more_than_fits_is_asked_for_at_once(owner, feed):
    publish(owner, every_s=3_600)
    look()
    feed += [{"n": 1}, {"n": 2}, {"n": 3}]

    look()

    assert row().look_at == row().polled_at


def test_a_scheduler_that_died_before_the_end_loses_nothing(owner, feed):
    publish(owner)
    look()
    feed.append({"n": 1})
    with public():
        Poll.objects.update(look_at="2020-01-01T00:00:00Z")

    (dead,) = claims.claim_due(10)
    assert claims.claim_due(10) == []
    look()

    assert claims.settle(dead, Polled([Item({"n": 1})], 1)) is None
    assert begun() == [{"n": 1}]


def test_items_that_cannot_begin_a_run_leave_the_cursor_where_it_was(owner, feed, monkeypatch):
    publish(owner)
    look()
    feed.append({"n": 1})

    def refuse(_beginning: Any) -> None:
        message = "The database is full."
        raise OSError(message)

    with monkeypatch.context() as broken:
        broken.setattr(claims.executions, "begin", refuse)
        look()
    assert row().cursor == 0
    look()

    assert begun() == [{"n": 1}]


def test_a_failure_is_told_without_secrets_and_tried_less_and_less_often(api, owner):
    made = credentials.create(owner, name="a", kind="http_bearer", data={"token": "s3cret-token"})
    draft = publish(owner, act="fail", every_s=60, credential=str(made.id))

    waits = []
    for _ in range(3):
        look()
        waits.append(row().look_at - row().polled_at)

    (told,) = api("owner").get(f"workflows/{draft.row.id}/polls/").json()["results"]
    assert told["problem"] == {"code": "shop_down", "message": "The shop is down. •••"}
    assert told["failures"] == 3
    assert waits == [timedelta(seconds=60 * factor) for factor in (2, 4, 8)]


def test_a_new_version_goes_on_from_the_cursor_unless_its_meaning_changed(owner, feed):
    feed.append({"n": 0})
    draft = publish(owner)
    look()

    draft = publish(owner, draft, every_s=30)
    kept = row().cursor
    publish(owner, draft, shelf="b")

    assert (kept, row().cursor) == (1, None)


def test_an_inactive_workflow_is_not_asked(owner):
    draft = publish(owner)

    workflows.deactivate(owner, draft.row.id)

    assert rounds.look() == []


def test_a_plugin_that_nobody_verified_asks_from_a_process_of_its_own(owner, settings, monkeypatch):
    plug(monkeypatch, polled.Feed, needs=Needs(hosts=("127.0.0.1",)), trust="community")
    with serving() as stub:
        settings.HEADRACE_EGRESS_ALLOW = (f"127.0.0.1:{stub.port}",)
        publish(owner, act="call", url=stub.url("/feed"))
        look()
        assert stub.count("/feed") == 1

    assert row().cursor == 200
    assert Execution.objects.filter(mode="poll").count() == 1


def test_polling_now_makes_the_trigger_due(api, owner):
    draft = publish(owner, every_s=3_600)
    look()

    answers = [
        api("owner").post(f"workflows/{draft.row.id}/polls/{name}/").status_code
        for name in ("feed", "end")
    ]

    assert answers == [204, 409]
    assert len(rounds.look()) == 1


def test_trying_the_draft_begins_a_test_run_and_moves_no_cursor(api, owner, feed):
    feed += [{"n": 1}, {"n": 2}]
    draft = workflows.create(owner, document=flow())

    told = api("owner").post(f"workflows/{draft.row.id}/polls/feed/try/").json()

    assert told["items"] == 1
    assert begun() == [{"n": 2}]


def test_trying_what_fails_says_why(api, owner):
    draft = workflows.create(owner, document=flow(act="fail"))

    answer = api("owner").post(f"workflows/{draft.row.id}/polls/feed/try/")

    assert (answer.status_code, answer.json()["facts"]) == (422, {"code": "shop_down"})
