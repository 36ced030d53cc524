"""Members speak with a workflow: with its draft while they edit, or with what is live."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import transaction

from headrace.accounts import queries as people
from headrace.accounts.types import Actor
from headrace.accounts.visits import Visitor
from headrace.chats import actions, queries
from headrace.chats.doors import Door, doors
from headrace.chats.errors import ConversationNotFound, ConversationOfAnother, NoChat, NotLive
from headrace.chats.models import Turn
from headrace.chats.types import Said, Session
from headrace.executions.actions import run_version
from headrace.files import queries as files
from headrace.tenants.clock import database_now
from headrace.workflows import actions as workflow_actions
from headrace.workflows import queries as workflows
from headrace.workflows.types import VersionRef
from headrace_sdk.items import FileRef, Item, JsonObject, JsonValue

REMEMBERED: Final = 20
"""Turns that a run is given with a message."""

_NAME: Final = re.compile(r"[A-Za-z0-9_-]{16,64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """A message. `key` is the same if it is sent again. `node` is a Chat trigger, if not the first.

    With `is_fresh` the run is told nothing of what was said before, nor is any later one.
    """

    session: str
    message: str
    key: str
    node: str = ""
    is_live: bool = False
    is_fresh: bool = False
    file: UUID | None = None


@transaction.atomic
def speak(actor: Actor, workflow_id: UUID, saying: Saying) -> Turn:
    """Begin the run of a message. What is said belongs to the person, not to the key they use.

    Raises:
        Forbidden: the actor may not run workflows.
        WorkflowNotFound, FileNotFound: as they say.
        NotLive, NoChat, ConversationOfAnother: nobody can speak there.
    """
    version = _version(actor, workflow_id, is_live=saying.is_live)
    door = _door(workflow_id, saying)
    session = Session(workflow_id, door.node, saying.session, who(actor))
    _require_own(session)
    actions.settle(Turn.objects.filter(workflow_id=workflow_id, session=session.name, reply=None))
    before = queries.said(session, limit=REMEMBERED)
    era = (before[-1].era if before else 0) + (1 if saying.is_fresh and before else 0)
    told = data_of(
        named(session.name, era),
        saying.message,
        [turn for turn in before if turn.era == era],
        database_now().isoformat(timespec="seconds"),
    )
    told["user"] = _user(actor)
    file = files.get(saying.file) if saying.file is not None and door.takes_files else None
    brought: Mapping[str, FileRef] | None = {"file": file} if file is not None else None
    ref = run_version(
        actor,
        version,
        mode="manual" if actor.kind == "person" else "api",
        items=[Item(told, brought)],
        trigger=door.node,
        dedupe_key=f"chat:{session.name}:{saying.key}",
    )
    return actions.say(session, saying.message, ref.id, era=era, file=file.name if file else "")


def data_of(session: str, message: str, before: Sequence[Said], at: str) -> JsonObject:
    """What a run is given with a message; `at` is when it was sent, in ISO 8601."""
    history: list[JsonValue] = [{"message": one.message, "reply": one.reply} for one in before]
    return {"session": session, "message": message, "history": history, "submitted_at": at}


def named(session: str, era: int) -> str:
    """What runs know a conversation by. Each reset makes it another: so every memory is empty."""
    return f"{session}.{era}" if era else session


def who(actor: Actor) -> str:
    """Ties what a member says to them."""
    return f"member:{actor.person_id.hex if actor.person_id else ''}"


def _user(actor: Actor) -> JsonValue:
    """Who speaks, as a page for members tells it."""
    facts = people.person_facts(actor.person_id) if actor.person_id else None
    if facts is None or actor.role is None:
        return None
    return Visitor(facts["id"], facts["name"], facts["email"], actor.role.value).to_json()


def _version(actor: Actor, workflow_id: UUID, *, is_live: bool) -> VersionRef:
    if not is_live:
        return workflow_actions.freeze_draft(actor, workflow_id).ref
    workflows.require_exists(workflow_id)
    found = workflows.published(workflow_id)
    if found is None:
        raise NotLive
    return found


def _door(workflow_id: UUID, saying: Saying) -> Door:
    """The Chat trigger that is spoken to.

    Raises:
        NoChat: there is none, or not that one.
    """
    found = doors(workflow_id, is_live=saying.is_live)
    fitting = [one for one in found if saying.node in ("", one.node)]
    if not fitting:
        raise NoChat
    return fitting[0]


def _require_own(session: Session) -> None:
    """A conversation is one person's; others may read it, but do not speak in it.

    Raises:
        ConversationOfAnother: it is not theirs.
        ConversationNotFound: no conversation is named like that.
    """
    if not _NAME.fullmatch(session.name):
        raise ConversationNotFound
    found = Turn.objects.filter(workflow_id=session.workflow_id, session=session.name)
    if found.exclude(who=session.who).exists():
        raise ConversationOfAnother
