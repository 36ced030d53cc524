"""Serves a chat: the conversation so far, one more message, and the answer as it comes."""

from __future__ import annotations

import asyncio
import base64
import re
import secrets
import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, cast
from urllib.parse import parse_qs
from uuid import UUID

import orjson
from django.core import signing

from headrace.chats import actions as chats
from headrace.chats import queries
from headrace.chats.types import Session
from headrace.executions.beginning import Beginning
from headrace.files import actions as files
from headrace.tenants.context import TenantRef, tenant
from headrace.tenants.threads import in_thread
from headrace.triggers.gate import body as bodies
from headrace.triggers.gate.acceptance import Acceptance, Accepted, Told
from headrace.triggers.gate.http import Answer, Request
from headrace.triggers.gate.lookup import Registered
from headrace.triggers.gate.pages import outcomes
from headrace.triggers.gate.pages.drawing import page
from headrace.triggers.ports import ports
from headrace_sdk.items import FileRef, JsonObject, JsonValue
from headrace_sdk.node import Arrival
from headrace_sdk.pages import ChatPage
from headrace_sdk.texts import as_text

SHOWN: Final = 50
REMEMBERED: Final = 20
"""Turns that the run is given with a message."""

MAX_MESSAGE: Final = 20_000
LASTS_S: Final = 24 * 3600
FAILED: Final = "That did not work. Please try again."
EVENTS: Final = "text/event-stream; charset=utf-8"
_NAME: Final = re.compile(r"[A-Za-z0-9_-]{32}")
_KEY: Final = re.compile(r"[A-Za-z0-9_-]{8,64}")
_FIELDS: Final = ("text", "reply", "answer", "output", "message")


@dataclass(frozen=True, slots=True)
class Chat:
    """One chat, for whoever asks for it. Only public ones have a script: it cannot sign in."""

    trigger: Registered
    page: ChatPage
    who: str
    is_public: bool
    owner: TenantRef
    acceptance: Acceptance

    def session(self, name: str) -> Session:
        """A conversation at this trigger."""
        return Session(self.trigger.hook.workflow_id, self.trigger.hook.node, name, self.who)

    @property
    def salt(self) -> str:
        """What ties a seal to this chat."""
        hook = self.trigger.hook
        return f"chat:{self.owner.id}:{hook.workflow_id}:{hook.node}:{self.who}"


async def serve_chat(chat: Chat, request: Request, content: bytes) -> Answer | None:
    """The answer to a request; `None` when the chat's version is no longer the active one."""
    if request.method in {"GET", "HEAD"}:
        return await _shown(chat, parse_qs(request.query))
    if request.method != "POST":
        return outcomes.refused(chat.page.theme, 405, "A chat is read and written only.")
    return await _received(chat, request, content)


async def _received(chat: Chat, request: Request, content: bytes) -> Answer | None:
    """A message came."""
    body = bodies.parse(content, request.headers.get("content-type", ""), keep_raw=False)
    given = body.value if isinstance(body.value, dict) else {}
    name = _unsealed(chat, given.get("_state"))
    if name is None:
        return outcomes.expired(chat.page.theme)
    message, key = given.get("message"), str(given.get("_key"))
    wrong = _wrong(message, key)
    if wrong:
        return outcomes.refused(chat.page.theme, 422, wrong)
    said = str(message).strip()
    file = body.files.get("file") if chat.page.takes_files else None
    begun = await _beginning(chat, name, said, key, await _stored(file))
    if chat.is_public and EVENTS.startswith(request.headers.get("accept", "-")):
        return await _streaming(chat, name, said, begun)
    return await _whole(chat, name, said, begun)


async def _stored(part: bodies.Part | None) -> Mapping[str, FileRef] | None:
    """The file of a message, by the name that it has on the item."""
    if part is None or not part.content:
        return None
    stored = await in_thread(files.put, part.content, name=part.name, mime=part.mime, is_loose=True)
    return {"file": stored}


def _wrong(message: JsonValue, key: str) -> str:
    """What cannot be taken, with its path; nothing if all is well."""
    if not isinstance(message, str) or not 0 < len(message.strip()) <= MAX_MESSAGE:
        return f"/message: Write something, of at most {MAX_MESSAGE} characters."
    return "" if _KEY.fullmatch(key) else "/_key: This is not one of our keys."


async def _shown(chat: Chat, query: Mapping[str, list[str]]) -> Answer:
    """The page. Without a session it leads to a new one, so that its address can be kept."""
    name = query.get("session", [""])[0]
    if not _NAME.fullmatch(name):
        more = "&embedded=1" if "embedded" in query else ""
        return Answer(303, headers={"Location": f"?session={secrets.token_urlsafe(24)}{more}"})
    before = _id(query.get("before", [""])[0])
    turns = await in_thread(queries.said, chat.session(name), limit=SHOWN, before=before)
    rows = [
        {"message": turn.message, "reply": await _reply(chat, turn.execution_id, turn.reply)}
        for turn in turns
    ]
    facts = {
        "chat": chat.page,
        "turns": rows,
        "earlier": str(turns[0].id) if len(turns) == SHOWN else "",
        "is_earlier": before is not None,
        "session": name,
        "state": signing.dumps(name, salt=chat.salt),
        "key": secrets.token_urlsafe(12),
        "most": str(MAX_MESSAGE),
        "is_embedded": "embedded" in query,
    }
    script = "chat.js" if chat.is_public else ""
    theme = chat.page.theme
    return page("chat", facts, theme=theme, is_framed=chat.is_public, script=script)


async def _reply(chat: Chat, execution: UUID, known: str | None) -> str | None:
    """What was answered, also if nobody was there to hear it."""
    if known is not None:
        return known
    told = await chat.acceptance.told_before(execution, chat.owner)
    return None if told is None else await _kept(execution, told)


async def _kept(execution: UUID, told: Told) -> str:
    reply = reply_of(told)
    await in_thread(chats.answer, execution, reply)
    return reply


async def _beginning(
    chat: Chat, name: str, message: str, key: str, brought: Mapping[str, FileRef] | None
) -> Beginning:
    turns = await in_thread(queries.said, chat.session(name), limit=REMEMBERED)
    history: list[JsonValue] = [{"message": one.message, "reply": one.reply} for one in turns]
    data: JsonObject = {
        "session": name,
        "message": message,
        "history": history,
        "submitted_at": datetime.fromtimestamp(int(time.time()), UTC).isoformat(),
    }
    dedupe_key = f"chat:{name}:{key}"
    return chat.acceptance.beginning(chat.trigger, Arrival(data, brought), dedupe_key=dedupe_key)


async def _whole(chat: Chat, name: str, message: str, begun: Beginning) -> Answer | None:
    """Without a script: wait, then show the conversation."""
    async with chat.acceptance.accepted(begun, chat.owner) as accepted:
        if accepted is None:
            return None
        await in_thread(chats.say, chat.session(name), message, accepted.ref.id)
        told = await _told(chat, accepted)
        if told is not None:
            await _kept(accepted.ref.id, told)
    return Answer(303, headers={"Location": f"?session={name}#last"})


async def _streaming(chat: Chat, name: str, message: str, begun: Beginning) -> Answer | None:
    """With a script: what happens is sent as it happens. The first event says it is accepted."""
    events = _events(chat, name, message, begun)
    if await anext(events) == b"":
        return None
    # The page is of an origin of its own, so even this address is another one to it.
    headers = {"Access-Control-Allow-Origin": "*"}
    return Answer(200, b": accepted\n\n", EVENTS, headers, parts=events)


async def _events(chat: Chat, name: str, message: str, begun: Beginning) -> AsyncIterator[bytes]:
    """Empty if it was not accepted; else a comment, texts, and last `reply` or `late`.

    It goes on after the request's own block, so the tenant is set anew where it is needed.
    """
    async with (
        ports.texts.following(chat.owner.id, begun.execution_id) as texts,
        chat.acceptance.accepted(begun, chat.owner) as accepted,
    ):
        if accepted is None:
            yield b""
            return
        await in_thread(chats.say, chat.session(name), message, accepted.ref.id)
        yield b": accepted\n\n"
        waiting = asyncio.create_task(_told(chat, accepted))
        async for text in _until(waiting, texts):
            yield _event("text", text)
        told = waiting.result()
        with tenant(chat.owner):
            reply = None if told is None else await _kept(accepted.ref.id, told)
        yield _event("late" if reply is None else "reply", reply or "")


async def _told(chat: Chat, accepted: Accepted) -> Told | None:
    if accepted.ref.is_new:
        return await chat.acceptance.told(accepted)
    return await chat.acceptance.told_before(accepted.ref.id, chat.owner)


async def _until(done: asyncio.Task[Any], texts: asyncio.Queue[str]) -> AsyncIterator[str]:
    """The texts that come before the task is done."""
    while not done.done():
        following = asyncio.create_task(texts.get())
        await asyncio.wait({done, following}, return_when=asyncio.FIRST_COMPLETED)
        if following.done():
            yield following.result()
        else:
            following.cancel()


def _event(kind: str, text: str) -> bytes:
    return b"event: %s\ndata: %s\n\n" % (kind.encode(), orjson.dumps(text))


def reply_of(told: Told) -> str:
    """The answer as a text: that of a Respond node, or of the first item of the last node."""
    reply = told.get("reply")
    if reply and reply["kind"] == "bytes":
        return base64.b64decode(reply["body"]).decode("utf-8", "replace")
    if reply and reply["kind"] != "file":
        return _text(reply["body"])
    if reply or told["status"] != "completed":
        return FAILED
    items = told.get("items") or []
    return _text(items[0]["json"]) if items else ""


def _text(value: Any) -> str:
    if isinstance(value, dict):
        found = next((value[name] for name in _FIELDS if isinstance(value.get(name), str)), None)
        return as_text(cast("JsonValue", value)) if found is None else found
    return as_text(value)


def _unsealed(chat: Chat, text: JsonValue) -> str | None:
    try:
        return str(signing.loads(str(text), salt=chat.salt, max_age=LASTS_S))
    except signing.BadSignature:
        return None


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
