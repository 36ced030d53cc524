"""Writes of the bus: emit, subscribe, choose the settings, forget what is old."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import orjson
from django.db import transaction

from headrace.accounts.permissions import require
from headrace.accounts.types import Actor
from headrace.audit import actions as audit
from headrace.bus.delivering import deliver
from headrace.bus.errors import InvalidEvent
from headrace.bus.models import BusSettings, Event, EventWait, Subscription, ToldError
from headrace.bus.ordering import serve_all
from headrace.bus.queries import choices
from headrace.bus.types import BusChoices
from headrace.tenants.clock import database_now
from headrace.tenants.context import tenant
from headrace.tenants.ids import new_id
from headrace.tenants.queries import all_active
from headrace.workflows import queries as workflows
from headrace.workflows.types import VersionRecord
from headrace_sdk.errors import UserError
from headrace_sdk.events import FACTS, check_type
from headrace_sdk.items import JsonObject
from headrace_sdk.registrations import ErrorRegistration, EventRegistration


@transaction.atomic
def emit(actor: Actor, kind: str, data: JsonObject, ordering_key: str = "") -> tuple[UUID, int]:
    """Store an event and deliver it at once; its id, and how much it set going.

    Raises:
        Forbidden: the actor may not emit events.
        InvalidEvent: the type is none, or one of the platform's own.
    """
    require(actor, "event.emit")
    try:
        check_type(kind)
    except UserError as error:
        raise InvalidEvent(error.message, "/type", error.code) from None
    event = Event.objects.create(
        id=new_id(),
        kind=kind,
        data=orjson.dumps(data),
        ordering_key=ordering_key,
        source={"kind": actor.kind, "label": actor.label[:200]},
    )
    audit.record(actor.value, "event.emitted", "event", event.id, {"type": kind})
    return event.id, deliver(event.id)


@transaction.atomic
def choose(actor: Actor, *, error_workflow: UUID | None, keep_days: int) -> BusChoices:
    """Set the tenant's error workflow and how long events are kept.

    Raises:
        Forbidden: the actor may not change the workspace.
        WorkflowNotFound: there is no such workflow.
    """
    require(actor, "tenant.edit")
    if error_workflow is not None:
        workflows.require_exists(error_workflow)
    row = BusSettings.objects.select_for_update().first() or BusSettings()
    row.error_workflow_id, row.keep_days = error_workflow, keep_days
    row.save()
    facts: JsonObject = {
        "error_workflow": str(error_workflow) if error_workflow else None,
        "keep_days": keep_days,
    }
    audit.record(actor.value, "bus.configured", "bus", "settings", facts)
    return choices()


def forget_old() -> int:
    """Delete what every tenant keeps no longer; how many events that were."""
    count = 0
    for ref in all_active():
        with tenant(ref):
            count += _forget_in_tenant()
    return count


def _forget_in_tenant() -> int:
    now = database_now()
    before = now - timedelta(days=choices().keep_days)
    EventWait.objects.filter(created_at__lt=before).exclude(state="open").delete()
    ToldError.objects.filter(told_at__lt=now - timedelta(days=31)).delete()
    count, _ = Event.objects.filter(created_at__lt=before, started__isnull=False).delete()
    return count


def subscribe(
    version: VersionRecord, node: JsonObject, registration: EventRegistration | ErrorRegistration
) -> None:
    """Let a trigger of a published version hear of what it asks for."""
    row = Subscription(
        workflow_id=version.ref.workflow_id,
        version_id=version.ref.id,
        node=str(node["id"]),
        node_type=str(node["type"]),
    )
    if isinstance(registration, ErrorRegistration):
        row.kind = Subscription.Kind.ERROR
        row.pattern = registration.scope
        row.window_s = registration.window_s
        row.severity = registration.severity
    else:
        is_fact = registration.pattern.startswith(FACTS)
        row.kind = Subscription.Kind.FACT if is_fact else Subscription.Kind.EVENT
        row.pattern = registration.pattern
        row.in_order = registration.in_order
    row.save(force_insert=True)
    if row.in_order:
        serve_all(row)


def unsubscribe(workflow_id: UUID) -> None:
    """Drop every subscription of the workflow. What stands in line waits for the next version."""
    Subscription.objects.filter(workflow_id=workflow_id).delete()
