"""What follows from the end of an execution: error workflows, people, facts, the next in line."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Final, cast
from uuid import UUID, uuid5

import orjson
from django.db import transaction

from headrace.bus import ordering
from headrace.bus.delivering import deliver
from headrace.bus.failure_notes import tell_people
from headrace.bus.models import Event, Subscription
from headrace.bus.queries import choices
from headrace.bus.severity import severities_up_to, severity_of
from headrace.bus.starting import start
from headrace.bus.told import is_due
from headrace.executions import actions as execution_actions
from headrace.executions import queries as executions
from headrace.executions.beginning import Origin
from headrace.executions.recording import MODE
from headrace.executions.types import Ended, Status
from headrace.outbox.types import Delivery
from headrace.tenants.addresses import origin_of
from headrace.tenants.context import current
from headrace.workflows import queries as workflows
from headrace_sdk.events import patterns_of
from headrace_sdk.items import JsonObject

FACT_OF: Final = {
    Status.COMPLETED: "workflow.completed",
    Status.FAILED: "workflow.failed",
    Status.CRASHED: "workflow.failed",
    Status.CANCELLED: "workflow.cancelled",
}


@transaction.atomic
def receive(delivery: Delivery) -> None:
    """Take the end of an execution from the outbox. Of a saved test nobody hears."""
    ended = executions.ended(UUID(str(delivery.payload["execution"])))
    if ended is None or ended.mode == MODE:
        return
    if ended.status in (Status.FAILED, Status.CRASHED):
        _tell_error_workflows(ended)
        tell_people(ended)
    _tell_subscribers(ended)
    origin = cast("Origin", ended.origin)
    if origin.get("in_order"):
        ordering.serve(ended.workflow_id, ended.trigger_node, origin["key"])


def _tell_error_workflows(ended: Ended) -> None:
    """Never of an error run, of a test, or of a called run whose caller hears of it itself."""
    origin = cast("Origin", ended.origin)
    if ended.mode in ("error", "test") or "error_of" in origin or origin.get("waits"):
        return
    named = _error_workflow(ended)
    if named is not None and named != ended.workflow_id:
        _note_deafness(ended, named)
    for subscription in Subscription.objects.filter(
        kind=Subscription.Kind.ERROR, severity__in=severities_up_to(severity_of(ended))
    ):
        is_named = subscription.pattern == "named" and subscription.workflow_id == named
        is_of_all = subscription.pattern == "all" and subscription.workflow_id != ended.workflow_id
        if (is_named or is_of_all) and _is_due(subscription, ended):
            start(
                subscription,
                _failure(ended),
                mode="error",
                dedupe_key=f"error:{ended.id.hex}:{ended.last_seq}:{subscription.node}"[:200],
                origin={"error_of": str(ended.id), "hops": origin.get("hops", 0)},
            )


def _note_deafness(ended: Ended, named: UUID) -> None:
    """Say it with the failed run if the error workflow does not hear of it."""
    listens = Subscription.objects.filter(
        kind=Subscription.Kind.ERROR, pattern="named", workflow_id=named
    )
    if listens.exists():
        return
    found = workflows.deafness_to_errors(named)
    if found is not None:
        execution_actions.note(ended.id, *found)


def _error_workflow(ended: Ended) -> UUID | None:
    """The one that its workflow names, else the tenant's."""
    document = workflows.version(ended.version_id).document
    chosen = cast("JsonObject", document.get("settings") or {}).get("error_workflow")
    try:
        return UUID(str(chosen)) if chosen else choices().error_workflow
    except ValueError:
        return None


def _is_due(subscription: Subscription, ended: Ended) -> bool:
    """Was the same error of the same node not told within the window of this trigger?"""
    if not subscription.window_s:
        return True
    error = ended.error or {}
    parts = (ended.workflow_id.hex, str(error.get("node")), str(error.get("code")))
    fingerprint = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
    window = timedelta(seconds=subscription.window_s)
    return is_due(subscription.workflow_id, subscription.node, fingerprint, window)


def _failure(ended: Ended) -> JsonObject:
    error: JsonObject = {
        "code": "failed",
        "message": "It failed.",
        "node": None,
        "item": None,
        **(ended.error or {}),
        "severity": severity_of(ended),
    }
    return {**_about(ended), "error": error}


def _about(ended: Ended) -> JsonObject:
    return {
        "execution": {
            "id": str(ended.id),
            "number": ended.number,
            "url": f"{origin_of(current())}/app/runs/{ended.id}",
            "mode": ended.mode,
            "status": str(ended.status),
        },
        "workflow": {"id": str(ended.workflow_id), "name": ended.workflow_name},
    }


def _tell_subscribers(ended: Ended) -> None:
    """The end as an event, if anybody asks for such."""
    kind = FACT_OF[ended.status]
    if not Subscription.objects.filter(
        kind=Subscription.Kind.FACT, pattern__in=patterns_of(kind)
    ).exists():
        return
    data: JsonObject = {**_about(ended), "error": ended.error}
    event, _ = Event.objects.get_or_create(
        id=uuid5(ended.id, f"ended:{ended.last_seq}"),
        defaults={
            "kind": kind,
            "data": orjson.dumps(data),
            "source": {"kind": "engine", "execution": str(ended.id)},
            "hops": cast("Origin", ended.origin).get("hops", 0),
        },
    )
    deliver(event.id)
