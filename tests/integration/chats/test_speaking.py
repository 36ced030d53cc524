"""Members speak with a workflow from inside; what is said starts runs, and is kept with the answer."""

from __future__ import annotations

from typing import Any

import pytest

from headrace.chats import actions as chats
from headrace.chats.types import Session
from headrace.executions import queries as executions
from headrace.executions.models import Execution
from headrace.files import actions as files
from headrace.workflows import actions as workflows
from tests.support.engine import ended, working
from tests.support.workflows import document, node

NAME = "s" * 32
ECHO = {
    "keep": "none",
    "assignments": [
        {"name": "text", "type": "auto", "value": {"=": "You said: {{ $json.message }}"}},
        {"name": "sources", "type": "auto", "value": {"=": "{{ [{ title: $json.session }] }}"}},
    ],
}


@pytest.fixture
def flow(in_alpha, owner):
    """The id of a workflow that repeats what it is told."""
    chat = node("chat", "triggers.chat", {"title": "Desk", "takes_files": True})
    drawn = document([chat, node("say", "data.edit_fields", ECHO)], "chat -> say")
    return str(workflows.create(owner, document=drawn).row.id)


def say(client: Any, flow: str, message: str, *, session: str = NAME, **given: Any) -> Any:
    """One message; its key is the message."""
    key = f"{message}-key".replace(" ", "-")
    body = {"message": message, "key": key, **given}
    return client.post(f"workflows/{flow}/chats/{session}/", body)


def told(answer: Any) -> Any:
    """What the run of an answer was given, with its files."""
    (item,) = executions.output(answer.json()["execution_id"], "chat", "0", "main")
    return item


@pytest.mark.usefixtures("committed")
def test_a_message_is_answered_by_the_draft_with_the_sources_of_the_answer(flow, api):
    member = api("member")
    with working():
        said = say(member, flow, "Hello there")
        ended(said.json()["execution_id"])
    (turn,) = member.get(f"workflows/{flow}/chats/{NAME}/").json()["results"]

    assert (said.status_code, said.json()["reply"]) == (201, None)
    assert (turn["reply"], turn["status"]) == ("You said: Hello there", "completed")
    assert turn["sources"] == [{"title": NAME, "text": "", "url": ""}]


@pytest.mark.usefixtures("committed")
def test_a_run_is_told_what_was_said_until_the_memory_is_reset(flow, api):
    member = api("member")
    with working():
        first = say(member, flow, "one one one")
        ended(first.json()["execution_id"])
        second = say(member, flow, "two two two")
        ended(second.json()["execution_id"])
        third = say(member, flow, "three three", fresh=True)
        ended(third.json()["execution_id"])
        after = told(second).json, told(third).json
    turns = member.get(f"workflows/{flow}/chats/{NAME}/").json()["results"]

    before = {"message": "one one one", "reply": "You said: one one one"}
    assert (after[0]["session"], after[0]["history"]) == (NAME, [before])
    assert (after[1]["session"], after[1]["history"]) == (f"{NAME}.1", [])
    assert [turn["era"] for turn in turns] == [1, 0, 0]


def test_the_same_message_sent_twice_starts_one_run(flow, api):
    first, second = (say(api("member"), flow, "only once") for _ in range(2))

    assert first.json()["id"] == second.json()["id"]
    assert Execution.objects.count() == 1


@pytest.mark.usefixtures("committed")
def test_a_file_comes_along(flow, api):
    stored = files.put(b"empty", name="cart.txt", mime="text/plain")

    with working():
        said = say(api("member"), flow, "Look at this", file=stored.id)
        ended(said.json()["execution_id"])

    assert said.json()["file"] == "cart.txt"
    assert told(said).binary == {"file": stored}


def test_a_conversation_is_its_own_persons_alone(flow, api):
    """Not even an owner speaks in another's name; a visitor's is not taken over either."""
    say(api("member"), flow, "mine and mine")
    chats.say(Session(flow, "chat", "v" * 32), "a visitor", Execution().pk)

    refused = [
        say(api("owner"), flow, "yours now", session=session) for session in (NAME, "v" * 32)
    ]
    mine = api("member").get(f"workflows/{flow}/chats/?mine=1").json()["results"]
    theirs = api("owner").get(f"workflows/{flow}/chats/?mine=1").json()["results"]

    assert [one.json()["code"] for one in refused] == ["conversation_of_another"] * 2
    assert [(one["session"], one["title"]) for one in mine] == [(NAME, "mine and mine")]
    assert theirs == []


def test_what_is_live_is_spoken_to_only_once_there_is_something(flow, api, owner):
    member = api("member")
    before = say(member, flow, "anybody there", live=True)
    workflows.publish(owner, flow)
    after = say(member, flow, "anybody there", live=True)

    assert (before.status_code, before.json()["code"]) == (409, "not_published")
    assert after.status_code == 201
    assert Execution.objects.get().version_number == 1


def test_a_workflow_says_how_its_chat_is_called(flow, api):
    draft = api("viewer").get(f"workflows/{flow}/chat/").json()["results"]
    live = api("viewer").get(f"workflows/{flow}/chat/?live=1").json()["results"]

    (door,) = draft
    assert (door["title"], door["greeting"]) == ("Desk", "How can I help you?")
    assert live == []


def test_who_may_only_look_says_nothing(flow, api):
    assert say(api("viewer"), flow, "let me in please").status_code == 403


def test_a_workflow_without_a_chat_cannot_be_spoken_to(in_alpha, owner, api):
    plain = workflows.create(owner, document=document([node("m", "triggers.manual")])).row.id

    answer = say(api("member"), str(plain), "anybody there")

    assert (answer.status_code, answer.json()["code"]) == (422, "no_chat_trigger")
