"""How agents are doing: what waits, runs and has ended, how fast, for how much.

Counts of open runs come from an index of their own; what ended and what it cost in hours that are
over is kept by the hour, and the open hour is read from two indexes that hold all that is counted.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from headrace.executions import figures, recent_figures
from headrace.executions import queries as executions
from headrace.executions.types import Status
from headrace.llm.costs import cost_of_workflows

LAST: Final = 5
TOGETHER: Final = 50
"""Agents whose newest runs are asked for in one statement."""


def figures_of(workflow_ids: Collection[UUID]) -> Mapping[UUID, dict[str, Any]]:
    """Of each: `queued`, `running`, `waiting` now, and of seven days what ended and its cost.

    While `is_counting`, the oldest of those days are not in it yet.
    """
    open_now = figures.under_way(workflow_ids)
    ended = recent_figures.of_workflows(workflow_ids)
    costs, is_counting = cost_of_workflows(workflow_ids)
    return {
        key: {
            "queued": open_now[key][Status.QUEUED],
            "running": open_now[key][Status.RUNNING],
            "waiting": open_now[key][Status.WAITING] + open_now[key][Status.PAUSED],
            **ended[key],
            "cost_micro": costs[key],
            "is_counting": is_counting or ended[key]["is_counting"],
        }
        for key in workflow_ids
    }


def last_of(workflow_ids: Collection[UUID]) -> Mapping[UUID, Sequence[dict[str, Any]]]:
    """The newest runs of each, newest first."""
    found: dict[UUID, list[dict[str, Any]]] = {key: [] for key in workflow_ids}
    rows = executions.rows().values("workflow_id", "id", "number", "status", "ended_at")
    keys = [*found]
    for start in range(0, len(keys), TOGETHER):
        # Not joined: each is planned by how often that workflow runs, which may be never.
        some = keys[start : start + TOGETHER]
        newest = [rows.filter(workflow_id=key)[:LAST] for key in some]
        for row in newest[0].union(*newest[1:], all=True):
            shown = {name: value for name, value in row.items() if name != "workflow_id"}
            found[row["workflow_id"]].append(shown)
    return {key: sorted(runs, key=lambda run: -run["number"]) for key, runs in found.items()}
