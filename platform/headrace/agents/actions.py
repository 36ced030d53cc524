"""Writes of the agents app: make, describe, limit, pause and let go on."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from headrace.accounts.permissions import require
from headrace.accounts.types import Actor
from headrace.agents.drafting import agent_document, limit_of, limited
from headrace.agents.errors import AgentNotFound, AlreadyAgent, NotCallable
from headrace.agents.models import Profile
from headrace.agents.queries import agent
from headrace.agents.types import AgentRow, Wanted
from headrace.audit import actions as audit
from headrace.executions import pausing
from headrace.llm.limits import limit_workflow
from headrace.workflows import actions as workflows
from headrace.workflows import queries as workflow_queries
from headrace.workflows.call_inputs import callable_workflows
from headrace_sdk.items import JsonObject


@transaction.atomic
def create(
    actor: Actor, wanted: Wanted, *, model: str, instructions: str, publish: bool
) -> AgentRow:
    """Make an agent and the workflow that it is.

    Raises:
        Forbidden: the actor may not edit agents, or not publish.
        InvalidWorkflow: it cannot be published as it is.
    """
    require(actor, "agent.edit")
    document = agent_document(
        wanted.name, model=model, instructions=instructions, limit=wanted.max_concurrent
    )
    workflow_id = workflows.create(actor, name=wanted.name, document=document).row.id
    _keep(actor, workflow_id, wanted, "created")
    if publish:
        workflows.publish(actor, workflow_id)
    return agent(workflow_id)


@transaction.atomic
def adopt(actor: Actor, workflow_id: UUID, wanted: Wanted) -> AgentRow:
    """Make a workflow that can be called an agent.

    Raises:
        Forbidden: the actor may not edit agents.
        WorkflowNotFound: there is no such workflow.
        AlreadyAgent, NotCallable: it is one, or cannot be.
    """
    require(actor, "agent.edit")
    workflow_queries.require_exists(workflow_id)
    if Profile.objects.filter(workflow_id=workflow_id).exists():
        raise AlreadyAgent
    if str(workflow_id) not in {choice.value for choice in callable_workflows()}:
        raise NotCallable
    _rename_and_limit(actor, workflow_id, wanted)
    _keep(actor, workflow_id, wanted, "created")
    return agent(workflow_id)


@transaction.atomic
def change(actor: Actor, workflow_id: UUID, wanted: Wanted) -> AgentRow:
    """Replace what is said of an agent. Its name and runs at once are the draft's: publish them.

    Raises:
        Forbidden, AgentNotFound: as they say.
    """
    require(actor, "agent.edit")
    _require_agent(workflow_id)
    _rename_and_limit(actor, workflow_id, wanted)
    _keep(actor, workflow_id, wanted, "updated")
    return agent(workflow_id)


@transaction.atomic
def remove(actor: Actor, workflow_id: UUID) -> None:
    """Take an agent from the registry, with its limits; the workflow stays, and goes on.

    Raises:
        Forbidden, AgentNotFound: as they say.
    """
    require(actor, "agent.edit")
    name = _require_agent(workflow_id)
    pausing.let_go_on(actor, workflow_id)
    limit_workflow(actor, workflow_id, name, run_micro=None, day_micro=None)
    Profile.objects.filter(workflow_id=workflow_id).delete()
    audit.record(actor.value, "agent.deleted", "agent", workflow_id, {"name": name})


@transaction.atomic
def pause(actor: Actor, workflow_id: UUID) -> AgentRow:
    """Let an agent begin nothing new: what it is given waits in the queue, with whoever gave it.

    What it has begun goes on. Test runs of its draft do, too, so that it can be mended.

    Raises:
        Forbidden, AgentNotFound: as they say.
    """
    require(actor, "agent.edit")
    name = _require_agent(workflow_id)
    if pausing.pause(actor, workflow_id):
        audit.record(actor.value, "agent.paused", "agent", workflow_id, {"name": name})
    return agent(workflow_id)


@transaction.atomic
def enable(actor: Actor, workflow_id: UUID) -> AgentRow:
    """Let a paused agent work again, at first on what has waited.

    Raises:
        Forbidden, AgentNotFound: as they say.
    """
    require(actor, "agent.edit")
    name = _require_agent(workflow_id)
    if pausing.let_go_on(actor, workflow_id):
        audit.record(actor.value, "agent.enabled", "agent", workflow_id, {"name": name})
    return agent(workflow_id)


def _require_agent(workflow_id: UUID) -> str:
    """The agent's name."""
    name = workflow_queries.names([workflow_id]).get(workflow_id)
    if name is None or not Profile.objects.filter(workflow_id=workflow_id).exists():
        raise AgentNotFound
    return name


def _rename_and_limit(actor: Actor, workflow_id: UUID, wanted: Wanted) -> None:
    draft = workflow_queries.draft(workflow_id)
    if draft.row.name == wanted.name and limit_of(draft.document) == wanted.max_concurrent:
        return
    changed = limited(draft.document, wanted.max_concurrent)
    workflows.save(actor, workflow_id, changed, revision=draft.row.revision, name=wanted.name)


def _keep(actor: Actor, workflow_id: UUID, wanted: Wanted, word: str) -> None:
    skills = sorted({skill.strip().lower() for skill in wanted.skills if skill.strip()})
    said = {"layer": wanted.layer, "description": wanted.description, "skills": skills}
    Profile.objects.update_or_create(workflow_id=workflow_id, defaults=said)
    limit_workflow(
        actor,
        workflow_id,
        wanted.name,
        run_micro=wanted.max_cost_run_micro,
        day_micro=wanted.max_cost_day_micro,
    )
    facts: JsonObject = {"name": wanted.name, "layer": wanted.layer, "skills": [*skills]}
    audit.record(actor.value, f"agent.{word}", "agent", workflow_id, facts)
