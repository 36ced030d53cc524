"""Notify by itself: e-mails to a server of this machine, webhooks in memory."""

from __future__ import annotations

import pytest

from headrace_sdk import UpstreamError, UserError
from headrace_sdk.testing import (
    LocalNet,
    MemoryContext,
    MemoryHttp,
    MemoryNotifications,
    answer,
    make_credential,
    run_node,
)
from nodes.credentials.smtp import Smtp
from nodes.messages.notify import Notify
from tests.support.mail import mail_server

HOOK = "https://chat.example.com/hook"


@pytest.fixture(scope="module")
def box():
    with mail_server(user="shop", password="canary-88c1") as box:
        yield box


def tell(*, ways, box=None, answers=None, **params):
    credentials = {}
    if box is not None:
        credentials["server"] = make_credential(
            Smtp,
            host="mail.test",
            port=box.port,
            user="shop",
            password="canary-88c1",
            encryption="none",
        )
    context = MemoryContext(
        notifications=MemoryNotifications(ways, HOOK),
        http=MemoryHttp(answers),
        net=LocalNet({box.port} if box else set()),
        credentials=credentials,
    )
    given = {"to": ["ada@example.com"], "title": "Order 17", "text": "Look.", **params}
    return run_node(Notify, given, context=context)


def test_an_email_goes_to_each_by_itself(box):
    made = tell(
        ways=("in_app", "email"),
        box=box,
        to=["ada@example.com", "bob@example.com"],
        sender="Flow <flow@example.com>",
    )

    assert [mail.rcpt_tos for mail in box.taken] == [["ada@example.com"], ["bob@example.com"]]
    assert b"Subject: Order 17" in box.taken[0].content
    assert made.json()[0]["failed"] == []
    assert len(made.json()[0]["told"]) == 4


def test_a_webhook_is_told_in_words_that_chats_show():
    made = tell(ways=("webhook",), answers={f"POST {HOOK}": {"ok": True}})

    assert made.requests[0].json()["text"] == "Order 17\nLook."
    assert made.json() == [{"told": [{"to": "ada@example.com", "way": "webhook"}], "failed": []}]


def test_a_way_that_fails_is_named_and_the_others_count():
    made = tell(ways=("in_app", "email", "webhook"), answers={HOOK: answer(status=500)}).json()[0]

    assert made["told"] == [{"to": "ada@example.com", "way": "in_app"}]
    assert [(one["way"], one["reason"]) for one in made["failed"]] == [
        ("email", "E-mails need the credential of an SMTP server and a sender."),
        ("webhook", "The webhook of ada@example.com answered 500."),
    ]


@pytest.mark.parametrize(("way", "error"), [("email", UserError), ("webhook", UpstreamError)])
def test_if_nobody_could_be_told_the_item_fails(way, error):
    with pytest.raises(error) as failed:
        tell(ways=(way,), answers={HOOK: answer(status=500)})

    assert failed.value.item == 0
