"""Hosted chats: what is said starts runs, what is answered is kept, and nobody reads another's."""

from __future__ import annotations

import asyncio
import json
import re
from contextlib import asynccontextmanager
from typing import Any

import pytest
from asgiref.sync import sync_to_async

from headrace.chats import actions as chats
from headrace.chats import queries
from headrace.chats.parts import Part
from headrace.chats.types import Session
from headrace.executions.models import Execution
from headrace.triggers.gate.acceptance import Acceptance
from headrace.triggers.ports import ports
from headrace.workflows import actions as workflows
from tests.support.hosted import begun, elements, state_of, visiting
from tests.support.workflows import document, node

pytestmark = pytest.mark.usefixtures("committed", "in_alpha")

NASTY = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{7*191}}'
KEY = "k" * 16
EVENT = re.compile(r"event: (\w+)\ndata: (.*)\n")
PASSAGE = {"citation": "Handbook, Delivery", "text": "Two days.", "similarity": 0.9}
CALL = {"call": "agent/0/0.0.0", "name": "find_order", "status": "running"}


class Live:
    """In place of Channels: a run that says and does this."""

    def __init__(self, *parts: Part) -> None:
        self.parts: asyncio.Queue[Part] = asyncio.Queue()
        for part in parts:
            self.parts.put_nowait(part)

    @asynccontextmanager
    async def following(self, *_: Any) -> Any:
        yield self.parts

    async def told(self, *_: Any) -> dict[str, Any]:
        while not self.parts.empty():
            await asyncio.sleep(0)
        return gives({"text": "It is on its way.", "passages": [PASSAGE]})


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What runs give, in place of a worker; none while it is empty."""
    given: list[dict[str, Any]] = []

    async def told(*_: Any) -> dict[str, Any] | None:
        return given[0] if given else None

    monkeypatch.setattr(Acceptance, "told", told)
    monkeypatch.setattr(Acceptance, "told_before", told)
    return given


def gives(value: dict[str, Any]) -> dict[str, Any]:
    """As a worker says it."""
    return {"status": "completed", "items": [{"json": value}]}


async def publish(owner: Any, **params: Any) -> str:
    """A workflow with a chat at /chat/support; its id."""
    chat = node("chat", "triggers.chat", {"path": "support", **params})
    flow = document([chat, node("end", "flow.no_op")], "chat -> end")

    def work() -> str:
        draft = workflows.create(owner, document=flow)
        workflows.publish(owner, draft.row.id)
        return str(draft.row.id)

    return await sync_to_async(work)()


async def opened(visitor: Any) -> Any:
    """The page of a new session."""
    return await visitor.http.get("/chat/support", follow_redirects=True)


async def say(visitor: Any, page: Any, message: Any, key: str = KEY, **headers: str) -> Any:
    """Send a message as the page would."""
    data = {"_state": state_of(page), "_key": key, "message": message}
    return await visitor.http.post(str(page.url), data=data, headers=headers)


async def test_a_message_starts_a_run_and_its_answer_stands_in_the_conversation(
    alpha, owner, answers
):
    await publish(owner)
    answers.append(gives({"text": "It is on its way."}))
    async with visiting(alpha) as visitor:
        page = await opened(visitor)
        sent = await say(visitor, page, "Where is it?")
        again = await visitor.http.get(str(page.url))

    assert (sent.status_code, "session=" in sent.headers["location"]) == (303, True)
    assert "Where is it?" in again.text
    assert "It is on its way." in again.text
    (item,) = begun()
    assert item.json["message"] == "Where is it?"
    assert re.fullmatch(r"[\w-]{32}", str(item.json["session"]))
    assert item.json["history"] == []


async def test_the_run_is_given_the_turns_before(alpha, owner, answers):
    await publish(owner)
    answers.append(gives({"n": 1}))
    async with visiting(alpha) as visitor:
        page = await opened(visitor)
        await say(visitor, page, "one", "a" * 16)
        await say(visitor, page, "two", "b" * 16)

    assert begun()[1].json["history"] == [{"message": "one", "reply": '{"n":1}'}]


async def test_the_same_message_sent_twice_starts_one_run(alpha, owner, answers):
    await publish(owner)
    async with visiting(alpha) as visitor:
        page = await opened(visitor)
        for _ in range(2):
            await say(visitor, page, "once")
        shown = await visitor.http.get(str(page.url))

    assert len(begun()) == 1
    assert shown.text.count(">once</div>") == 1


async def test_an_answer_that_came_late_is_found_later(alpha, owner, answers):
    await publish(owner)
    async with visiting(alpha) as visitor:
        page = await opened(visitor)
        late = await say(visitor, page, "slow", accept="text/event-stream")
        waiting = await visitor.http.get(str(page.url))
        answers.append(gives({"reply": "Here it is."}))
        again = await say(visitor, page, "slow", accept="text/event-stream")
        answers.clear()
        shown = await visitor.http.get(str(page.url))

    assert 'event: late\ndata: ""' in late.text
    assert "No answer yet" in waiting.text
    assert 'event: reply\ndata: "Here it is."' in again.text
    assert "Here it is." in shown.text
    assert len(begun()) == 1


@pytest.mark.parametrize(("takes_files", "names"), [(True, ["file"]), (False, [])])
async def test_a_message_may_bring_a_file_where_the_chat_takes_them(
    alpha, owner, answers, takes_files, names
):
    await publish(owner, takes_files=takes_files)
    async with visiting(alpha) as visitor:
        page = await opened(visitor)
        data = {"_state": state_of(page), "_key": KEY, "message": "Look."}
        sent = {"file": ("cart.txt", b"empty", "text/plain")}
        await visitor.http.post(str(page.url), data=data, files=sent)

    (item,) = begun()
    assert [*(item.binary or {})] == names
    assert bool(elements(page.text, "input")[-1].get("type") == "file") is takes_files
    assert all((file.name, file.size) == ("cart.txt", 5) for file in (item.binary or {}).values())


async def test_a_message_may_bring_five_files_and_no_more(alpha, owner, answers):
    await publish(owner, takes_files=True)
    async with visiting(alpha) as visitor:
        page = await opened(visitor)
        data = {"_state": state_of(page), "_key": KEY, "message": "Look."}
        names = ["file", *(f"file_{number}" for number in range(2, 8)), "other"]
        sent = {name: (f"{name}.txt", name.encode(), "text/plain") for name in names}
        await visitor.http.post(str(page.url), data=data, files=sent)

    (item,) = begun()
    assert [file.name for file in (item.binary or {}).values()] == [
        f"{name}.txt" for name in names[:5]
    ]


@pytest.mark.parametrize("shows_tools", [True, False])
async def test_what_a_run_says_and_does_is_sent_before_its_answer_and_its_sources(
    alpha, owner, monkeypatch, shows_tools
):
    """The names of tools only where the author of the chat wants it."""
    live = Live(Part("call", CALL), Part("text", "It"))
    monkeypatch.setattr(ports, "parts", live)
    monkeypatch.setattr(Acceptance, "told", live.told)
    await publish(owner, shows_tools=shows_tools)
    async with visiting(alpha) as visitor:
        page = await opened(visitor)
        sent = await say(visitor, page, "Where?", accept="text/event-stream")

    assert sent.headers["content-type"].startswith("text/event-stream")
    told = [(kind, json.loads(data)) for kind, data in EVENT.findall(sent.text)]
    source = {"title": "Handbook, Delivery", "text": "Two days.", "url": ""}
    assert told == [
        *([("call", CALL)] if shows_tools else []),
        ("text", "It"),
        ("sources", [source]),
        ("reply", "It is on its way."),
    ]


@pytest.mark.parametrize(
    ("message", "key", "path"),
    [
        ("", KEY, "/message"),
        (" \n", KEY, "/message"),
        ("x" * 20_001, KEY, "/message"),
        (["a", "b"], KEY, "/message"),
        ("a", "", "/_key"),
        ("a", "../x", "/_key"),
    ],
)
async def test_what_is_no_message_is_refused_with_its_path(
    alpha, owner, answers, message, key, path
):
    await publish(owner)
    async with visiting(alpha) as visitor:
        page = await say(visitor, await opened(visitor), message, key)

    assert (page.status_code, f"{path}:" in page.text) == (422, True)
    assert begun() == []


async def test_a_message_without_our_seal_is_refused(alpha, owner, answers):
    """S-071: every message, not only the page, is checked."""
    await publish(owner)
    data = {"_state": "forged", "_key": KEY, "message": "a"}
    async with visiting(alpha) as visitor:
        page = await visitor.http.post("/chat/support", data=data)

    assert (page.status_code, begun()) == (403, [])


async def test_one_session_does_not_show_another(alpha, owner, answers):
    await publish(owner)
    answers.append(gives({"text": "secret"}))
    async with visiting(alpha) as visitor:
        await say(visitor, await opened(visitor), "Only I know.")
        other = await opened(visitor)

    assert "Only I know." not in other.text
    assert "secret" not in other.text


async def test_nothing_that_is_said_or_answered_becomes_markup(alpha, owner, answers):
    """S-037, S-038: in the greeting, in messages and in answers."""
    await publish(owner, title=NASTY, greeting=NASTY, placeholder=NASTY)
    answers.append(gives({"text": NASTY}))
    async with visiting(alpha) as visitor:
        page = await opened(visitor)
        await say(visitor, page, NASTY)
        shown = await visitor.http.get(str(page.url))

    assert elements(shown.text, "img") == []
    assert [one.keys() for one in elements(shown.text, "script")] == [{"nonce"}]
    policy = shown.headers["content-security-policy"]
    assert policy.startswith("sandbox ")
    assert "allow-same-origin" not in policy
    assert "set-cookie" not in shown.headers


async def test_the_history_is_read_in_pages(alpha, owner):
    session = Session(Execution().pk, "chat", "s" * 32)

    def work() -> Any:
        for number in range(5):
            chats.say(session, str(number), Execution().pk)
        last = queries.said(session, limit=2)
        return last, queries.said(session, limit=2, before=last[0].id)

    last, earlier = await sync_to_async(work)()

    assert [[one.message for one in page] for page in (earlier, last)] == [["1", "2"], ["3", "4"]]
