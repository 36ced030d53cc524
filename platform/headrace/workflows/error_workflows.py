"""What is wrong with the error workflow that a document names: nobody would hear of a failure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, cast
from uuid import UUID

from headrace.catalog.queries import catalog, stored_params
from headrace.engine import Problem
from headrace.workflows import document as documents
from headrace.workflows.models import Workflow
from headrace_sdk.items import JsonObject, JsonValue
from headrace_sdk.node import Trigger
from headrace_sdk.registrations import ErrorRegistration

MESSAGES: Final = {
    "error_workflow_missing": "The error workflow does not exist any more. "
    "Choose another one, or none.",
    "error_workflow_unpublished": "The error workflow “{name}” is not published, so it hears of "
    "no failure. Publish it, or choose another one.",
    "error_workflow_deaf": "The error workflow “{name}” has no Error Trigger for workflows that "
    "name it, so it hears of no failure. Add one and publish it.",
}


def error_workflow_problems(document: JsonObject) -> Iterator[Problem]:
    """A warning, if nobody would hear of a failure although one is named."""
    settings = document.get("settings")
    chosen = settings.get("error_workflow") if isinstance(settings, dict) else None
    if not chosen:
        return
    found = deafness(_id(chosen))
    if found is not None:
        code, message = found
        path = "/settings/error_workflow"
        yield Problem(code=code, message=message, path=path, severity="warning")


def deafness(workflow_id: UUID | None) -> tuple[str, str] | None:
    """Code and message of why this workflow hears of no failure; `None` if it does."""
    rows = Workflow.objects.filter(deleted_at=None).select_related("published")
    found = rows.filter(pk=workflow_id).first() if workflow_id is not None else None
    if found is None:
        code = "error_workflow_missing"
    elif found.published is None:
        code = "error_workflow_unpublished"
    elif not _listens(documents.load(found.published.document)):
        code = "error_workflow_deaf"
    else:
        return None
    return code, MESSAGES[code].format(name=found.name if found else "")


def _id(chosen: JsonValue) -> UUID | None:
    try:
        return UUID(str(chosen))
    except ValueError:
        return None


def _listens(document: JsonObject) -> bool:
    """Does a trigger of a published document ask for failures of workflows that name it?"""
    for node in cast("list[JsonObject]", document["nodes"]):
        node_class = catalog().find(str(node["type"]))
        if node_class is None or not issubclass(node_class, Trigger) or node.get("disabled"):
            continue
        params = node_class.Params.model_validate(stored_params(node_class, node))
        asked = node_class.register(params, str(node["id"]))
        if any(isinstance(one, ErrorRegistration) and one.scope == "named" for one in asked):
            return True
    return False
