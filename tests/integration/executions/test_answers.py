"""What a waiting webhook is told by the worker."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
import redis
from django.conf import settings

from headrace.executions import actions
from headrace.executions.beginning import Beginning
from headrace.workflows.actions import freeze
from headrace_sdk.items import Item
from tests.support.engine import ended, until, working
from tests.support.workflows import MANUAL, document, node

pytestmark = pytest.mark.usefixtures("committed")

CHANNEL = "answer:test"
PLAIN = document([MANUAL, node("end", "flow.no_op")], "start -> end")
RESPOND = document(
    [MANUAL, node("respond", "web.respond"), node("end", "flow.no_op")],
    "start -> respond",
    "respond -> end",
)


@pytest.mark.parametrize(("flow", "told"), [(PLAIN, "items"), (RESPOND, "reply")])
def test_a_waiting_webhook_is_told_once(in_alpha, owner, flow, told):
    version = freeze(owner, flow).ref
    heard: list[dict[str, Any]] = []
    with redis.Redis.from_url(settings.REDIS_URL).pubsub(ignore_subscribe_messages=True) as channel:
        channel.subscribe(CHANNEL)
        channel.get_message(timeout=5)

        def answered():
            # A worker leaves Redis alone for a while after a slow answer; then it tells nothing.
            with working():
                ended(actions.begin(beginning(version)).id)
            heard.extend(orjson.loads(one["data"]) for one in iter(channel.get_message, None))
            return heard

        until(answered, "an answer by Redis")

    assert [told in one for one in heard] == [True]


def beginning(version):
    return Beginning(
        workflow_id=version.workflow_id,
        workflow_name="Test",
        version_id=version.id,
        version_number=None,
        mode="webhook",
        trigger_node="start",
        trigger_type="triggers.manual",
        items=[Item({"a": 1})],
        answer_to=CHANNEL,
    )
