"""One action on several workflows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final
from uuid import UUID

from django.db import transaction

from headrace.accounts.errors import Forbidden
from headrace.accounts.types import Actor
from headrace.workflows import actions
from headrace.workflows.organising import folders, tags
from headrace_sdk.errors import HeadraceError
from headrace_sdk.items import JsonObject

MOST: Final = 200

_PLAIN: Final[Mapping[str, Callable[[Actor, UUID], object]]] = {
    "activate": actions.publish,
    "deactivate": actions.deactivate,
    "delete": actions.delete,
    "undelete": actions.undelete,
}
ACTIONS: Final = (*_PLAIN, "move", "tag", "untag")


def bulk(
    actor: Actor,
    action: str,
    ids: Sequence[UUID],
    *,
    folder: UUID | None = None,
    tag: UUID | None = None,
) -> JsonObject:
    """`{"accepted", "refused": [{"id", "code", "message"}]}`.

    Each is done on its own: one that cannot be is refused, and the others are done all the same.

    Raises:
        Forbidden: the actor may not do this at all.
    """
    act = _act(action, folder, tag)
    accepted: list[JsonObject | str] = []
    refused: list[JsonObject] = []
    for one in dict.fromkeys(ids):
        try:
            with transaction.atomic():
                act(actor, one)
        except Forbidden:
            raise
        except HeadraceError as error:
            refused.append({"id": str(one), "code": error.code, "message": error.message})
        else:
            accepted.append(str(one))
    return {"accepted": [*accepted], "refused": [*refused]}


def _act(action: str, folder: UUID | None, tag: UUID | None) -> Callable[[Actor, UUID], object]:
    if action == "move":
        return partial(_move, folder)
    if tag is not None and action == "tag":
        return partial(_tag, tag)
    if tag is not None and action == "untag":
        return partial(_untag, tag)
    return _PLAIN[action]


def _move(folder: UUID | None, actor: Actor, workflow_id: UUID) -> None:
    folders.move(actor, workflow_id, folder)


def _tag(tag: UUID, actor: Actor, workflow_id: UUID) -> None:
    tags.put(actor, workflow_id, tag, how="on")


def _untag(tag: UUID, actor: Actor, workflow_id: UUID) -> None:
    tags.put(actor, workflow_id, tag, how="off")
