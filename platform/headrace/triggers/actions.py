"""Writes of the triggers app: what a published version waits for."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from headrace.accounts.permissions import require
from headrace.accounts.types import Actor
from headrace.audit import actions as audit
from headrace.bus import actions as bus
from headrace.catalog.queries import catalog, stored_params
from headrace.tenants.context import current
from headrace.triggers import paths, planning
from headrace.triggers.errors import NoPoll, WebhookPathTaken
from headrace.triggers.models import Hook, Schedule, TestListener
from headrace.triggers.polls import registering as polls
from headrace.triggers.schedules import rule_of
from headrace.workflows.actions import freeze_draft
from headrace.workflows.queries import draft
from headrace.workflows.types import VersionRecord
from headrace_sdk.items import JsonObject
from headrace_sdk.node import Trigger
from headrace_sdk.registrations import (
    ErrorRegistration,
    EventRegistration,
    PollRegistration,
    Registration,
    ScheduleRegistration,
    WebhookRegistration,
)

LISTEN_FOR = timedelta(seconds=120)


class TriggerRegistry:
    """Implements `headrace.workflows.ports.Triggers`."""

    def register(self, version: VersionRecord) -> None:
        """Replace the workflow's registrations by those of this version.

        Raises:
            WebhookPathTaken: another active workflow of the tenant answers there.
        """
        paused = planning.paused_rules(version.ref.workflow_id)
        _unregister(version.ref.workflow_id)
        found = list(registrations(version))
        asking = [(node, one) for node, one in found if isinstance(one, PollRegistration)]
        polls.register(version, asking)
        for node, registration in found:
            if isinstance(registration, WebhookRegistration):
                _add_hooks(version, node, registration)
            elif isinstance(registration, ScheduleRegistration):
                _add_schedule(version, node, registration, paused)
            elif isinstance(registration, EventRegistration | ErrorRegistration):
                bus.subscribe(version, node, registration)
        planning.take_over(version, [str(node["id"]) for node, _ in found])

    def unregister(self, workflow_id: UUID) -> None:
        """Drop every registration of the workflow."""
        _unregister(workflow_id)
        polls.unregister(workflow_id)
        planning.rest(workflow_id)


def _unregister(workflow_id: UUID) -> None:
    """All but polls, whose cursors a new version takes over, and schedules that were added."""
    for rows in (Hook.objects.all(), Schedule.objects.filter(added_by="")):
        rows.filter(tenant_id=current().id, workflow_id=workflow_id).delete()
    bus.unsubscribe(workflow_id)


def registrations(version: VersionRecord) -> Iterator[tuple[JsonObject, Registration]]:
    """What every enabled trigger of a version waits for, with its node."""
    for node in cast("list[JsonObject]", version.document["nodes"]):
        node_class = catalog().find(str(node["type"]))
        if node_class is None or not issubclass(node_class, Trigger) or node.get("disabled"):
            continue
        params = node_class.Params.model_validate(stored_params(node_class, node))
        for registration in node_class.register(params, str(node["id"])):
            yield node, registration


@transaction.atomic
def listen(actor: Actor, workflow_id: UUID) -> tuple[list[str], Any]:
    """Open the draft's webhooks under `/webhook-test/` for two minutes.

    Returns the addresses and until when they answer.

    Raises:
        Forbidden, WorkflowNotFound, InvalidWorkflow: as they say.
    """
    require(actor, "workflow.run")
    version = freeze_draft(actor, workflow_id)
    hooks = [
        {
            "node": row.node,
            "node_type": row.node_type,
            "path": row.path,
            "pattern": row.pattern,
            "method": row.method,
            "config": row.config,
        }
        for node, registration in registrations(version)
        if isinstance(registration, WebhookRegistration)
        for row in _hooks(version, node, registration)
    ]
    listener, _ = TestListener.objects.update_or_create(
        tenant_id=current().id,
        workflow_id=workflow_id,
        defaults={
            "version_id": version.ref.id,
            "hooks": hooks,
            "until": Now() + LISTEN_FOR,
            "started_by": actor.label,
        },
    )
    listener.refresh_from_db()
    return sorted(
        {paths.test_address(hook["method"], hook["path"]) for hook in hooks}
    ), listener.until


@transaction.atomic
def poll_now(actor: Actor, workflow_id: UUID, node: str) -> None:
    """Have the scheduler ask a trigger of the active version at once.

    Raises:
        Forbidden, WorkflowNotFound: as they say.
        NoPoll: it has no such trigger.
    """
    require(actor, "workflow.run")
    draft(workflow_id)
    if not polls.look_now(workflow_id, node):
        raise NoPoll(node)
    audit.record(actor.value, "workflow.polled", "workflow", workflow_id, {"node": node})


def _hooks(
    version: VersionRecord, node: JsonObject, registration: WebhookRegistration
) -> Iterator[Hook]:
    path = paths.path_of(registration, version.ref.workflow_id, str(node["id"]))
    for method in paths.methods_of(registration):
        yield Hook(
            tenant_id=current().id,
            workflow_id=version.ref.workflow_id,
            version_id=version.ref.id,
            node=str(node["id"]),
            node_type=str(node["type"]),
            path=path,
            pattern=paths.pattern(path),
            method=method,
            config={
                "version": node.get("version"),
                "params": node.get("params") or {},
                "credentials": node.get("credentials") or {},
            },
        )


def _add_hooks(version: VersionRecord, node: JsonObject, registration: WebhookRegistration) -> None:
    for hook in _hooks(version, node, registration):
        try:
            with transaction.atomic():
                hook.save(force_insert=True)
        except IntegrityError as error:
            raise WebhookPathTaken(hook.path, hook.method) from error


def _add_schedule(
    version: VersionRecord,
    node: JsonObject,
    registration: ScheduleRegistration,
    paused: Collection[tuple[str, str]],
) -> None:
    rule = rule_of(registration, cast("Mapping[str, Any]", version.document.get("settings") or {}))
    schedule = Schedule(
        tenant_id=current().id,
        workflow_id=version.ref.workflow_id,
        version_id=version.ref.id,
        node=str(node["id"]),
        node_type=str(node["type"]),
        rule=rule,
        is_paused=planning.key(str(node["id"]), rule) in paused,
    )
    planning.plan(schedule)
    schedule.save(force_insert=True)
