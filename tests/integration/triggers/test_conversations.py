"""Conversations as members see them, for as long as their executions are kept."""

from __future__ import annotations

from typing import Any

from headrace.chats import actions as chats
from headrace.chats.replies import Reply
from headrace.chats.types import Session
from headrace.executions import retention
from headrace.executions.models import Execution
from headrace.operations.cleaning import clean
from headrace.workflows import actions as workflows
from tests.support.engine import begin
from tests.support.workflows import MANUAL, in_a_row

NAME = "s" * 32


def said(owner: Any, *messages: str) -> str:
    """A conversation in so many turns; the id of its workflow."""
    workflow = workflows.create(owner, document=in_a_row([MANUAL])).row.id
    for message in messages:
        execution = begin(owner, in_a_row([MANUAL]), {})
        chats.say(Session(workflow, "chat", NAME), message, execution)
        chats.answer(execution, Reply(f"You said {message}."))
    return str(workflow)


def test_a_conversation_is_listed_and_read_newest_first(in_alpha, owner, api):
    workflow = said(owner, "one", "two")

    (listed,) = api("member").get(f"workflows/{workflow}/chats/").json()["results"]
    turns = api("member").get(f"workflows/{workflow}/chats/{NAME}/").json()["results"]

    assert (listed["session"], listed["node"], listed["turns"]) == (NAME, "chat", 2)
    assert [(turn["message"], turn["reply"]) for turn in turns] == [
        ("two", "You said two."),
        ("one", "You said one."),
    ]


def test_one_that_never_was_is_not_found(in_alpha, owner, api):
    workflow = said(owner)

    answer = api("member").get(f"workflows/{workflow}/chats/{NAME}/")

    assert (answer.status_code, answer.json()["code"]) == (404, "conversation_not_found")


def test_turns_go_with_their_executions(in_alpha, owner, api):
    workflow = said(owner, "old", "new")
    old = Execution.objects.order_by("number").first()
    assert old is not None
    Execution.objects.filter(pk=old.pk).update(status="completed")

    retention.delete([old.pk])
    clean()

    turns = api("member").get(f"workflows/{workflow}/chats/{NAME}/").json()["results"]
    assert [turn["message"] for turn in turns] == ["new"]
