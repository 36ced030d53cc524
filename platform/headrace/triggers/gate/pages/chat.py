"""Serves a chat: the conversation so far, one more message, and the answer as it comes."""

from __future__ import annotations

import asyncio
import re
import secrets
import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import parse_qs, urlencode
from uuid import UUID

import orjson
from django.conf import settings
from django.core import signing

from headrace.accounts.visits import Visitor
from headrace.chats import actions as chats
from headrace.chats import queries
from headrace.chats.parts import Part
from headrace.chats.replies import Reply, reply_of
from headrace.chats.speaking import REMEMBERED, data_of
from headrace.chats.types import Said, Session
from headrace.executions.beginning import Beginning
from headrace.tenants.context import TenantRef, tenant
from headrace.tenants.threads import in_thread
from headrace.triggers.gate import body as bodies
from headrace.triggers.gate.acceptance import Acceptance, Accepted, Told
from headrace.triggers.gate.http import Answer, Request
from headrace.triggers.gate.lookup import Registered
from headrace.triggers.gate.pages import outcomes
from headrace.triggers.gate.pages.attachments import MOST_FILES, OVERHEAD, stored
from headrace.triggers.gate.pages.drawing import page
from headrace.triggers.gate.pages.members import PASSED_BY
from headrace.triggers.ports import ports
from headrace_sdk.items import FileRef, JsonValue
from headrace_sdk.node import Arrival
from headrace_sdk.pages import ChatPage

SHOWN: Final = 50
MAX_MESSAGE: Final = 20_000
SCRIPTS: Final = ("markdown.gen.js", "drawn-markdown.js", "chat.js")
LASTS_S: Final = 24 * 3600
EVENTS: Final = "text/event-stream; charset=utf-8"
_NAME: Final = re.compile(r"[A-Za-z0-9_-]{32}")
_KEY: Final = re.compile(r"[A-Za-z0-9_-]{8,64}")
LOOK_EVERY_S: Final = 1.0
"""So often a request that was sent again looks whether its run has ended."""


@dataclass(frozen=True, slots=True)
class Chat:
    """One chat, for whoever asks for it. `visitor` is the member, where it is for members."""

    trigger: Registered
    page: ChatPage
    who: str
    visitor: Visitor | None
    owner: TenantRef
    acceptance: Acceptance

    @property
    def is_public(self) -> bool:
        """May anybody see it, and other sites show it?"""
        return self.trigger.registration.auth == "none"

    @property
    def has_script(self) -> bool:
        """A script of a page without an origin cannot sign in by a password."""
        return self.is_public or self.visitor is not None

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
    brought = body.files if chat.page.takes_files else {}
    begun = await _beginning(chat, name, said, key, await stored(brought))
    if chat.has_script and EVENTS.startswith(request.headers.get("accept", "-")):
        return await _streaming(chat, name, said, begun)
    return await _whole(chat, name, said, begun)


def _wrong(message: JsonValue, key: str) -> str:
    """What cannot be taken, with its path; nothing if all is well."""
    if not isinstance(message, str) or not 0 < len(message.strip()) <= MAX_MESSAGE:
        return f"/message: Write something, of at most {MAX_MESSAGE} characters."
    return "" if _KEY.fullmatch(key) else "/_key: This is not one of our keys."


async def _shown(chat: Chat, query: Mapping[str, list[str]]) -> Answer:
    """The page. Without a session it leads to a new one, so that its address can be kept."""
    name = query.get("session", [""])[0]
    if not _NAME.fullmatch(name):
        kept = {key: query[key][0] for key in ("embedded", PASSED_BY) if key in query}
        more = urlencode({"session": secrets.token_urlsafe(24), **kept})
        return Answer(303, headers={"Location": f"?{more}"})
    before = _id(query.get("before", [""])[0])
    turns = await in_thread(queries.said, chat.session(name), limit=SHOWN, before=before)
    rows = [{"message": turn.message, **_shown_reply(await _reply(chat, turn))} for turn in turns]
    facts = {
        "chat": chat.page,
        "turns": rows,
        "earlier": str(turns[0].id) if len(turns) == SHOWN else "",
        "is_earlier": before is not None,
        "session": name,
        "state": signing.dumps(name, salt=chat.salt),
        "key": secrets.token_urlsafe(12),
        "most": str(MAX_MESSAGE),
        "most_files": str(MOST_FILES),
        "most_bytes": str(settings.HEADRACE_MAX_BODY_BYTES - OVERHEAD),
    }
    scripts = SCRIPTS if chat.has_script else ()
    theme = chat.page.theme
    return page("chat", facts, theme=theme, is_framed=chat.is_public, scripts=scripts)


async def _reply(chat: Chat, turn: Said) -> Reply | None:
    """What was answered, also if nobody was there to hear it."""
    if turn.reply is not None:
        return Reply(turn.reply, tuple(turn.sources))
    told = await chat.acceptance.told_before(turn.execution_id, chat.owner)
    return None if told is None else await _kept(turn.execution_id, told)


def _shown_reply(reply: Reply | None) -> dict[str, Any]:
    return {"reply": reply and reply.text, "sources": reply.sources if reply else ()}


async def _kept(execution: UUID, told: Told) -> Reply:
    reply = reply_of(told)
    await in_thread(chats.answer, execution, reply)
    return reply


async def _beginning(
    chat: Chat, name: str, message: str, key: str, brought: Mapping[str, FileRef] | None
) -> Beginning:
    turns = await in_thread(queries.said, chat.session(name), limit=REMEMBERED)
    sent_at = datetime.fromtimestamp(int(time.time()), UTC).isoformat()
    data = data_of(name, message, turns, sent_at)
    if chat.visitor:
        data["user"] = chat.visitor.to_json()
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
    """Empty if it was not accepted; else a comment, and then these, each with JSON as its data.

    `text`    all that is written so far, in place of what was shown
    `call`    `{"call", "name", "status"}`: a tool, and again when its status changes
    `sources` a list of `{"title", "text", "url"}`, before the answer that rests on them
    `reply`   the answer, the last event; or `late`: ask again with the same key

    It goes on after the request's own block, so the tenant is set anew where it is needed.
    """
    async with (
        ports.parts.following(chat.owner.id, begun.execution_id) as parts,
        chat.acceptance.accepted(begun, chat.owner) as accepted,
    ):
        if accepted is None:
            yield b""
            return
        await in_thread(chats.say, chat.session(name), message, accepted.ref.id)
        yield b": accepted\n\n"
        waiting = asyncio.create_task(_told_in_time(chat, accepted))
        async for part in _until(waiting, parts):
            if part.kind == "text" or chat.page.shows_tools:
                yield _event(part.kind, part.value)
        told = waiting.result()
        with tenant(chat.owner):
            reply = None if told is None else await _kept(accepted.ref.id, told)
        if reply is not None and reply.sources:
            yield _event("sources", [*reply.sources])
        yield _event("late", "") if reply is None else _event("reply", reply.text)


async def _told(chat: Chat, accepted: Accepted) -> Told | None:
    if accepted.ref.is_new:
        return await chat.acceptance.told(accepted)
    return await chat.acceptance.told_before(accepted.ref.id, chat.owner)


async def _told_in_time(chat: Chat, accepted: Accepted) -> Told | None:
    """Of a run that an earlier request began nobody tells this process, so it looks."""
    until = time.monotonic() + settings.HEADRACE_RESPOND_TIMEOUT_S
    while True:
        told = await _told(chat, accepted)
        if told is not None or accepted.ref.is_new or time.monotonic() + LOOK_EVERY_S > until:
            return told
        await asyncio.sleep(LOOK_EVERY_S)


async def _until(done: asyncio.Task[Any], parts: asyncio.Queue[Part]) -> AsyncIterator[Part]:
    """What comes before the task is done."""
    while not done.done():
        following = asyncio.create_task(parts.get())
        await asyncio.wait({done, following}, return_when=asyncio.FIRST_COMPLETED)
        if following.done():
            yield following.result()
        else:
            following.cancel()


def _event(kind: str, value: JsonValue) -> bytes:
    return b"event: %s\ndata: %s\n\n" % (kind.encode(), orjson.dumps(value))


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
