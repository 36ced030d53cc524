"""Reads of the agents app."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from headrace.agents.drafting import limit_of
from headrace.agents.errors import AgentNotFound
from headrace.agents.figures import figures_of, last_of
from headrace.agents.models import Profile
from headrace.agents.types import AgentRow, Wanted
from headrace.llm.limits import limits_of_workflows
from headrace.workflows import document as documents
from headrace.workflows.queries import as_row
from headrace.workflows.queries import rows as workflow_rows
from headrace.workflows.types import WorkflowRow
from headrace_sdk.agents import AgentInfo
from headrace_sdk.context import Choice

MOST: Final = 500
"""Agents that one list shows."""


def agents(*, skill: str = "", search: str = "") -> Sequence[AgentRow]:
    """The registry by layer and name: those with a skill, those that mention a text."""
    profiles = Profile.objects.order_by("layer")
    if skill:
        profiles = profiles.filter(skills__contains=[skill.strip().lower()])
    found = _rows(profiles)
    text = search.strip().casefold()
    chosen = [one for one in found if text in _said(one)] if text else found
    ids = [one.id for one in chosen]
    figures, last = figures_of(ids), last_of(ids)
    return [replace(one, figures=figures[one.id], last=last[one.id]) for one in chosen]


def agent(workflow_id: UUID) -> AgentRow:
    """One agent.

    Raises:
        AgentNotFound: there is none, or its workflow was deleted.
    """
    found = _rows(Profile.objects.filter(workflow_id=workflow_id))
    if not found:
        raise AgentNotFound
    figures, last = figures_of([workflow_id]), last_of([workflow_id])
    return replace(found[0], figures=figures[workflow_id], last=last[workflow_id])


def skills() -> Sequence[str]:
    """Every skill that an agent of the registry has, by name."""
    return sorted({skill for one in _rows(Profile.objects.all()) for skill in one.wanted.skills})


class AgentBook:
    """Implements `headrace.workflows.ports.Agents`."""

    def listed(self) -> Sequence[AgentInfo]:
        """Every agent that is published, by name."""
        return [
            AgentInfo(
                id=str(one.id),
                name=one.wanted.name,
                description=one.wanted.description,
                skills=one.wanted.skills,
                is_paused=one.is_paused,
            )
            for one in sorted(_rows(Profile.objects.all()), key=lambda one: one.wanted.name)
            if one.version is not None
        ]

    def choices(self) -> Sequence[Choice]:
        """Every agent by name, for a form."""
        found = sorted(_rows(Profile.objects.all()), key=lambda one: one.wanted.name)
        return [Choice(str(one.id), one.wanted.name, help=one.wanted.description) for one in found]


def _rows(profiles: QuerySet[Profile]) -> list[AgentRow]:
    """Those whose workflow was not deleted, without figures."""
    chosen = {one.workflow_id: one for one in profiles[:MOST]}
    rows = workflow_rows().filter(pk__in=chosen).defer(None)
    limits = limits_of_workflows(list(chosen))
    made = [
        _row(
            chosen[row.pk],
            as_row(row),
            limit_of(documents.load(row.document)),
            limits.get(row.pk, (None, None)),
        )
        for row in rows
    ]
    return sorted(made, key=lambda one: (one.wanted.layer, one.wanted.name, one.id))


def _row(
    profile: Profile,
    workflow: WorkflowRow,
    max_concurrent: int | None,
    costs: tuple[int | None, int | None],
) -> AgentRow:
    wanted = Wanted(
        name=workflow.name,
        layer=profile.layer,
        description=profile.description,
        skills=tuple(profile.skills),
        max_concurrent=max_concurrent,
        max_cost_run_micro=costs[0],
        max_cost_day_micro=costs[1],
    )
    return AgentRow(
        id=workflow.id,
        wanted=wanted,
        is_paused=workflow.is_paused,
        version=workflow.published_version,
        has_unpublished_changes=workflow.has_unpublished_changes,
        created_at=profile.created_at,
    )


def _said(row: AgentRow) -> str:
    wanted = row.wanted
    return " ".join((wanted.name, wanted.layer, wanted.description, *wanted.skills)).casefold()
