"""Notes which triggers of a published version are to be asked; a cursor outlives a new version."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from uuid import UUID

import orjson
from django.db.models import QuerySet
from django.db.models.functions import Now

from headrace.catalog.queries import catalog, stored_params
from headrace.tenants.context import current
from headrace.triggers.models import Poll
from headrace.workflows.types import VersionRecord
from headrace_sdk.items import JsonObject
from headrace_sdk.polling import PollingTrigger
from headrace_sdk.registrations import PollRegistration


def register(version: VersionRecord, wanted: Iterable[tuple[JsonObject, PollRegistration]]) -> None:
    """Have these nodes asked, and no others; whatever is being asked right now is not taken."""
    kept = {str(node["id"]): (node, registration) for node, registration in wanted}
    workflow_id = version.ref.workflow_id
    rows(workflow_id).exclude(node__in=kept).delete()
    known = {row.node: row for row in rows(workflow_id).select_for_update()}
    for name, (node, registration) in kept.items():
        kind, basis = str(node["type"]), _basis(node)
        row = known.get(name) or Poll(tenant_id=current().id, workflow_id=workflow_id, node=name)
        if (row.node_type, row.basis) != (kind, basis):
            row.node_type, row.basis, row.cursor = kind, basis, None
        row.version_id = version.ref.id
        row.every_s = registration.every_s
        row.claim += 1
        row.failures, row.problem = 0, None
        row.look_at = Now()
        row.save()


def unregister(workflow_id: UUID) -> None:
    """Ask none of them any more; what comes meanwhile is not looked for later."""
    rows(workflow_id).delete()


def look_now(workflow_id: UUID, node: str) -> bool:
    """Have one asked at once; is there one? A poll under way then counts for nothing."""
    return bool(rows(workflow_id).filter(node=node).update(look_at=Now()))


def rows(workflow_id: UUID) -> QuerySet[Poll]:
    """Those of a workflow of the tenant at work."""
    return Poll.objects.filter(tenant_id=current().id, workflow_id=workflow_id)


def _basis(node: JsonObject) -> str:
    """What the meaning of a cursor depends on, as a digest."""
    found = catalog().find(str(node["type"]))
    if found is None or not issubclass(found, PollingTrigger):
        return ""
    params = stored_params(found, node)
    decides = {name: params.get(name) for name in found.cursor_depends_on}
    basis = orjson.dumps([decides, node.get("credentials") or {}], option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(basis).hexdigest()
