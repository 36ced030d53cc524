"""Where the triggers of a workflow answer, and the line that puts a hosted page into another."""

from __future__ import annotations

from html import escape
from uuid import UUID

from headrace.tenants.addresses import pages_origin_of
from headrace.tenants.context import current
from headrace.triggers import paths
from headrace.triggers.drafted import drafted
from headrace.triggers.models import Hook
from headrace.workflows.queries import draft
from headrace_sdk.items import JsonObject
from headrace_sdk.registrations import PageRegistration, ToolRegistration, WebhookRegistration


def addresses(workflow_id: UUID, base: str) -> list[JsonObject]:
    """Of the draft's triggers that have one, below `base` (`https://host`).

    Raises:
        WorkflowNotFound: as it says.
    """
    document = draft(workflow_id).document
    live = set(
        Hook.objects.filter(tenant_id=current().id, workflow_id=workflow_id).values_list(
            "node", "path", "method"
        )
    )
    shown: list[JsonObject] = []
    for node, registration in drafted(document):
        if isinstance(registration, WebhookRegistration):
            path = paths.path_of(registration, workflow_id, str(node["id"]))
            shown += [
                {
                    "node": str(node["id"]),
                    "is_live": (str(node["id"]), path, method) in live,
                    **_address(registration, method, path, base),
                }
                for method in paths.methods_of(registration)
            ]
    return shown


def _address(registration: WebhookRegistration, method: str, path: str, base: str) -> JsonObject:
    is_page = isinstance(registration, PageRegistration)
    origin = (pages_origin_of(current()) if is_page else "") or base
    url = origin + paths.live_address(method, path)
    is_embeddable = is_page and registration.auth == "none"
    return {
        "method": "" if is_page or isinstance(registration, ToolRegistration) else method,
        "url": url,
        "embed": f'<script src="{escape(url)}?widget" async></script>' if is_embeddable else None,
    }
