"""Which workflows can be called, and the inputs that they declare: for the forms of callers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from headrace.catalog.queries import catalog
from headrace.workflows import queries
from headrace.workflows.errors import VersionNotFound, WorkflowNotFound
from headrace.workflows.models import Workflow
from headrace_sdk.calls import CalledVersion
from headrace_sdk.context import Choice
from headrace_sdk.items import JsonObject
from headrace_sdk.node import AnyNode, Trigger
from headrace_sdk.registrations import CallRegistration


def callable_workflows() -> list[Choice]:
    """Those whose draft has a trigger that takes calls, by name."""
    types = {kind.type for kind in catalog().nodes if _call_of(kind, {}) is not None}
    rows = Workflow.objects.filter(deleted_at=None).only("id", "name", "trigger_types")
    found = [row for row in rows.order_by("name", "id") if types & set(row.trigger_types)]
    return [Choice(str(row.pk), row.name) for row in found]


def inputs_of(workflow: str, version: CalledVersion) -> list[Choice]:
    """The inputs of a version; of the draft where none is published, and none where it is gone."""
    for node in _nodes(workflow, version):
        kind = catalog().find(str(node.get("type")), node.get("version"))
        call = _call_of(kind, node.get("params") or {}) if kind else None
        if call is not None and not node.get("disabled"):
            return list(call.inputs)
    return []


def _nodes(workflow: str, version: CalledVersion) -> list[Any]:
    try:
        document = _document(UUID(workflow), version)
    except (ValueError, WorkflowNotFound, VersionNotFound):
        return []
    nodes: Any = document.get("nodes") or []
    return [node for node in nodes if isinstance(node, dict)]


def _document(workflow_id: UUID, version: CalledVersion) -> JsonObject:
    draft = queries.draft(workflow_id)
    if isinstance(version, int):
        return queries.numbered(workflow_id, version).document
    published = queries.published(workflow_id) if version == "published" else None
    return draft.document if published is None else queries.version(published.id).document


def _call_of(kind: AnyNode, params: JsonObject) -> CallRegistration | None:
    """How a trigger takes calls; `None` for nodes that take none or whose form is not filled in."""
    if not issubclass(kind, Trigger):
        return None
    try:
        registrations = kind.register(kind.Params.model_validate(params), "node")
    except Exception:  # noqa: BLE001 - a trigger whose form needs values takes no calls yet
        return None
    return next((one for one in registrations if isinstance(one, CallRegistration)), None)
