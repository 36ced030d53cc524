"""Writes of the triggers app: what a published version waits for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from headrace.accounts.permissions import require
from headrace.accounts.types import Actor
from headrace.bus import actions as bus
from headrace.catalog.queries import catalog, stored_params
from headrace.tenants.context import current
from headrace.triggers import paths
from headrace.triggers.errors import WebhookPathTaken
from headrace.triggers.models import Hook, Schedule, TestListener
from headrace.triggers.schedules import delay, first_time, rule_of
from headrace.workflows.actions import freeze_draft
from headrace.workflows.types import VersionRecord
from headrace_sdk.items import JsonObject
from headrace_sdk.node import Trigger
from headrace_sdk.registrations import (
    ErrorRegistration,
    EventRegistration,
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
        self.unregister(version.ref.workflow_id)
        for node, registration in registrations(version):
            if isinstance(registration, WebhookRegistration):
                _add_hooks(version, node, registration)
            elif isinstance(registration, ScheduleRegistration):
                _add_schedule(version, node, registration)
            elif isinstance(registration, EventRegistration | ErrorRegistration):
                bus.subscribe(version, node, registration)

    def unregister(self, workflow_id: UUID) -> None:
        """Drop every registration of the workflow."""
        for model in (Hook, Schedule):
            model.objects.filter(tenant_id=current().id, workflow_id=workflow_id).delete()
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
    version: VersionRecord, node: JsonObject, registration: ScheduleRegistration
) -> None:
    rule = rule_of(registration, cast("Mapping[str, Any]", version.document.get("settings") or {}))
    schedule = Schedule(
        tenant_id=current().id,
        workflow_id=version.ref.workflow_id,
        version_id=version.ref.id,
        node=str(node["id"]),
        node_type=str(node["type"]),
        rule=rule,
        next_at=first_time(rule),
    )
    if schedule.next_at is not None:
        schedule.look_at = schedule.next_at + delay(rule, schedule.pk, schedule.next_at)
    schedule.save(force_insert=True)
