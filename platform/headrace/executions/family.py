"""Who called an execution, and whom it called: the way up and down between runs."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final
from uuid import UUID

from headrace.executions.models import Execution

MOST_CHILDREN: Final = 200
"""In one answer; the list of executions, filtered by `parent`, pages through all of them."""


def family_of(execution: Execution) -> dict[str, Any]:
    """`parent` (or null) and the first `children`, with how many there are, as the API has them."""
    children = Execution.objects.filter(parent_id=execution.pk).order_by("number")
    return {
        "parent": _parent(execution),
        "children": [_child(row) for row in children[:MOST_CHILDREN]],
        "children_total": children.count(),
    }


def _parent(execution: Execution) -> dict[str, Any] | None:
    origin = execution.origin or {}
    if execution.parent_id is None:
        return None
    return {
        "execution": str(execution.parent_id),
        "node": origin["node"],
        "run": origin["run"],
    }


def _child(row: Execution) -> dict[str, Any]:
    origin = row.origin or {}
    return {
        "execution": str(row.pk),
        "number": row.number,
        "workflow_id": str(row.workflow_id),
        "workflow_name": row.workflow_name,
        "node": origin["node"],
        "run": origin["run"],
        "item": origin["item"],
        "status": row.status,
    }


def descendants(execution_ids: Collection[UUID]) -> set[UUID]:
    """These executions and all that they called, and those that these called in turn."""
    found = set(execution_ids)
    newest = found
    while newest:
        called = Execution.objects.filter(parent_id__in=newest).values_list("pk", flat=True)
        newest = set(called) - found
        found = found | newest
    return found
