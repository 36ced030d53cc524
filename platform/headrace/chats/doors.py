"""Where a workflow can be spoken to: its Chat triggers, as they present themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from headrace.workflows import queries as workflows
from headrace_sdk.items import JsonObject

CHAT: Final = "triggers.chat"


@dataclass(frozen=True, slots=True)
class Door:
    """One Chat trigger."""

    node: str
    title: str
    greeting: str
    placeholder: str
    takes_files: bool


def doors(workflow_id: UUID, *, is_live: bool) -> Sequence[Door]:
    """Those of the live version, none while nothing is live; or those of the draft.

    Raises:
        WorkflowNotFound: there is no such workflow.
    """
    document = workflows.draft(workflow_id).document
    if is_live:
        version = workflows.published(workflow_id)
        document = workflows.version(version.id).document if version is not None else {}
    nodes: Any = document.get("nodes") or []
    return [_door(one) for one in nodes if one.get("type") == CHAT and not one.get("disabled")]


def _door(node: JsonObject) -> Door:
    params: Any = node.get("params") or {}
    return Door(
        node=str(node["id"]),
        title=_text(params, "title", "Chat"),
        greeting=_text(params, "greeting", "How can I help you?"),
        placeholder=_text(params, "placeholder", "Write a message"),
        takes_files=params.get("takes_files") is True,
    )


def _text(params: JsonObject, name: str, default: str) -> str:
    """As it is written, or what the form of the trigger says where nothing is."""
    found = params.get(name)
    return found if isinstance(found, str) else default
