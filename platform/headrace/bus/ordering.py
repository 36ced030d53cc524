"""Events of one ordering key stand in line: the next run begins when the one before has ended."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from headrace.bus.models import Delivery, Event, Subscription
from headrace.bus.starting import begin, record
from headrace.bus.types import EventRecord
from headrace.executions import queries as executions
from headrace.tenants.locks import lock_until_commit


def stand_in_line(subscription: Subscription, event: EventRecord) -> bool:
    """Queue the event for a trigger, and begin it when nobody is in front."""
    Delivery.objects.get_or_create(
        workflow_id=subscription.workflow_id,
        node=subscription.node,
        ordering_key=event.ordering_key,
        position=event.position,
    )
    serve(subscription.workflow_id, subscription.node, event.ordering_key)
    return True


@transaction.atomic
def serve(workflow_id: UUID, node: str, key: str) -> None:
    """Begin the first in line, unless the run of the one before still goes on."""
    lock_until_commit(f"line:{workflow_id}:{node}:{key}")
    line = Delivery.objects.filter(workflow_id=workflow_id, node=node, ordering_key=key)
    for served in line.exclude(execution_id=None):
        if served.execution_id is not None and executions.is_open(served.execution_id):
            return
        served.delete()
    subscription = Subscription.objects.filter(workflow_id=workflow_id, node=node).first()
    if subscription is None:
        return
    for waiting in line.order_by("position"):
        event = Event.objects.filter(position=waiting.position).first()
        begun = begin(subscription, record(event), in_order=True) if event is not None else None
        if begun is not None:
            waiting.execution_id = begun
            waiting.save(update_fields=["execution_id"])
            return
        waiting.delete()


def serve_all(subscription: Subscription) -> None:
    """Go on with whatever stood in line while the workflow was not active."""
    line = Delivery.objects.filter(workflow_id=subscription.workflow_id, node=subscription.node)
    for key in line.values_list("ordering_key", flat=True).distinct():
        serve(subscription.workflow_id, subscription.node, key)
