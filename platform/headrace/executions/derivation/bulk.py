"""One action on many executions, by their ids or by what the list can be filtered by."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet

from headrace.accounts.permissions import require
from headrace.accounts.types import Actor
from headrace.executions import actions, control, deleting, queries
from headrace.executions.models import Execution
from headrace_sdk.errors import HeadraceError

MOST: Final = 1_000
"""So many are dealt with in one call; call again for the rest."""

ACTIONS: Final[Mapping[str, tuple[str, Callable[[Actor, UUID], object]]]] = {
    "cancel": ("execution.cancel", actions.cancel),
    "retry": ("execution.retry", control.retry),
    "delete": ("execution.delete", deleting.delete),
}
"""By name: the right that it needs, and what is done to each."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which executions: those of `ids`, or all that fit everything that is given."""

    ids: Sequence[UUID] | None = None
    status: Sequence[str] | None = None
    workflow: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    search: str | None = None


def bulk(actor: Actor, action: str, choice: Choice) -> dict[str, Any]:
    """`{"matched", "accepted", "refused": [{"id", "code"}]}`, newest first.

    Each is done on its own: one that cannot be is refused, and the others are done all the same.

    Raises:
        Forbidden: the actor may not do this at all.
    """
    verb, act = ACTIONS[action]
    require(actor, verb)
    rows = _rows(choice)
    ids = list(rows.values_list("pk", flat=True)[:MOST])
    refused = [{"id": str(one), "code": "execution_not_found"} for one in _unknown(choice, ids)]
    accepted = 0
    for execution_id in ids:
        try:
            act(actor, execution_id)
        except HeadraceError as error:
            refused.append({"id": str(execution_id), "code": error.code})
        else:
            accepted += 1
    matched = rows.count() if len(ids) == MOST else len(ids)
    return {"matched": matched, "accepted": accepted, "refused": refused}


def _rows(choice: Choice) -> QuerySet[Execution]:
    rows = queries.rows()
    if choice.ids is not None:
        return rows.filter(pk__in=choice.ids)
    given = {
        "status__in": choice.status,
        "workflow_id": choice.workflow,
        "queued_at__gte": choice.since,
        "queued_at__lt": choice.until,
    }
    rows = rows.filter(**{name: value for name, value in given.items() if value is not None})
    return rows.filter(_search(choice.search)) if choice.search else rows


def _search(text: str) -> Q:
    found = Q(workflow_name__icontains=text)
    number = text.removeprefix("#")
    if number.isascii() and number.isdigit() and len(number) < 19:
        found |= Q(number=int(number))
    return found


def _unknown(choice: Choice, found: Sequence[UUID]) -> list[UUID]:
    return sorted(set(choice.ids or ()) - set(found))
