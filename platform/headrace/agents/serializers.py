"""Bodies that the API of agents takes, and the shapes that it gives."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Final

from rest_framework import serializers

from headrace.accounts.http import Input
from headrace.agents.types import AgentRow, Definition, Wanted
from headrace.executions.types import Status

MOST_MICRO: Final = 10**15


def _limit(most: int) -> serializers.IntegerField:
    return serializers.IntegerField(
        min_value=1, max_value=most, allow_null=True, required=False, default=None
    )


class AgentInput(Input):
    """`PUT agents/{id}/`. Costs are in millionths of a US dollar; `null` is no limit."""

    name = serializers.CharField(max_length=200)
    layer = serializers.CharField(max_length=60, required=False, default="", allow_blank=True)
    description = serializers.CharField(
        max_length=2_000, required=False, default="", allow_blank=True
    )
    skills = serializers.ListField(
        child=serializers.CharField(max_length=60), required=False, default=list, max_length=50
    )
    max_concurrent = _limit(10_000)
    max_cost_run_micro = _limit(MOST_MICRO)
    max_cost_day_micro = _limit(MOST_MICRO)


class NewAgentInput(AgentInput):
    """`POST agents/`. With `workflow` that one becomes the agent, as it is."""

    workflow = serializers.UUIDField(allow_null=True, required=False, default=None)
    model = serializers.CharField(max_length=100, required=False, default="auto")
    instructions = serializers.CharField(
        max_length=100_000, required=False, default="", allow_blank=True
    )
    publish = serializers.BooleanField(required=False, default=False)


class AgentFiguresShape(serializers.Serializer[Any]):
    """What an agent has under way, and what became of its runs of the last seven days.

    While `is_counting`, the oldest of those days are not in it yet.
    """

    queued = serializers.IntegerField()
    running = serializers.IntegerField()
    waiting = serializers.IntegerField()
    runs = serializers.IntegerField()
    failed = serializers.IntegerField()
    success_rate = serializers.FloatField(allow_null=True)
    p50_ms = serializers.FloatField(allow_null=True)
    p95_ms = serializers.FloatField(allow_null=True)
    cost_micro = serializers.IntegerField()
    is_counting = serializers.BooleanField()


class AgentRunShape(serializers.Serializer[Any]):
    """One of its newest runs."""

    id = serializers.UUIDField()
    number = serializers.IntegerField()
    status = serializers.ChoiceField(choices=[one.value for one in Status])
    ended_at = serializers.DateTimeField(allow_null=True)


class AgentShape(serializers.Serializer[Any]):
    """An agent. Its id is that of its workflow; `version` is the published one."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    layer = serializers.CharField()
    description = serializers.CharField()
    skills = serializers.ListField(child=serializers.CharField())
    state = serializers.ChoiceField(choices=["enabled", "paused"])
    max_concurrent = serializers.IntegerField(allow_null=True)
    max_cost_run_micro = serializers.IntegerField(allow_null=True)
    max_cost_day_micro = serializers.IntegerField(allow_null=True)
    version = serializers.IntegerField(allow_null=True)
    has_unpublished_changes = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    figures = AgentFiguresShape()
    last = AgentRunShape(many=True)


class AgentsShape(serializers.Serializer[Any]):
    """The registry, on one page, and every skill that is in it."""

    results = AgentShape(many=True)
    skills = serializers.ListField(child=serializers.CharField())
    next = serializers.CharField(allow_null=True)


class AgentInputShape(serializers.Serializer[Any]):
    """What an agent wants to be given."""

    name = serializers.CharField()
    type = serializers.CharField()
    required = serializers.BooleanField()  # type: ignore[assignment]
    help = serializers.CharField()


class AgentToolShape(serializers.Serializer[Any]):
    """A node that an agent may call."""

    node = serializers.CharField()
    name = serializers.CharField()
    type = serializers.CharField()


class DefinitionShape(serializers.Serializer[Any]):
    """What an agent is made of: as published, or as drafted where nothing is."""

    is_published = serializers.BooleanField()
    model = serializers.CharField()
    instructions = serializers.CharField()
    inputs = AgentInputShape(many=True)
    tools = AgentToolShape(many=True)
    schema = serializers.DictField()


class AgentDetailShape(AgentShape):
    """One agent with what it is made of."""

    definition = DefinitionShape()


def wanted(body: dict[str, Any]) -> Wanted:
    """What a body says of an agent."""
    names = (*AgentInput().fields,)
    return Wanted(**{name: body[name] for name in names})


def agent_json(row: AgentRow) -> dict[str, Any]:
    """An agent."""
    return {
        "id": str(row.id),
        **asdict(row.wanted),
        "skills": list(row.wanted.skills),
        "state": "paused" if row.is_paused else "enabled",
        "version": row.version,
        "has_unpublished_changes": row.has_unpublished_changes,
        "created_at": row.created_at,
        "figures": dict(row.figures),
        "last": AgentRunShape(row.last, many=True).data,
    }


def detail_json(row: AgentRow, made_of: Definition) -> dict[str, Any]:
    """One agent with what it is made of."""
    return {**agent_json(row), "definition": asdict(made_of)}
