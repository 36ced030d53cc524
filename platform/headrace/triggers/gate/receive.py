"""From a request to an accepted execution: the steps between the first byte and the commit."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, cast

from psycopg import AsyncConnection

from headrace.credentials import actions as credentials
from headrace.executions.beginning import ACCEPT, Beginning, ExecutionRef, arguments
from headrace.files import actions as files
from headrace.tenants.context import current
from headrace.tenants.ids import new_id
from headrace.tenants.threads import in_thread
from headrace.triggers import paths
from headrace.triggers.gate import body as bodies
from headrace.triggers.gate.authentication import is_genuine
from headrace.triggers.gate.http import Request
from headrace.triggers.gate.lookup import Registered
from headrace.triggers.gate.tokens import claims_of
from headrace_sdk.credentials import Credential
from headrace_sdk.errors import HeadraceError
from headrace_sdk.items import JsonObject
from headrace_sdk.networks import is_within
from headrace_sdk.node import Arrival

HIDDEN_HEADERS = frozenset({"authorization", "cookie", "proxy-authorization"})
"""Never handed to the workflow: they would end up in its history (S-060)."""


def is_admitted(trigger: Registered, request: Request) -> bool:
    """Does the request come from where the trigger takes requests from?"""
    allowed = trigger.registration.options.get("allowed")
    return not isinstance(allowed, list) or is_within(request.client, map(str, allowed))


async def is_allowed(trigger: Registered, request: Request, content: bytes) -> bool:
    """Does the request pass the authentication that the trigger asks for?"""
    kind = trigger.registration.auth
    if kind == "none":
        return True
    chosen = trigger.hook.config.get("credentials", {}).get("auth")
    credential = await in_thread(_opened, trigger, chosen) if chosen else None
    return is_genuine(kind, credential, trigger.registration.options, request.headers, content)


def _opened(trigger: Registered, chosen: str) -> Credential | None:
    try:
        return credentials.open_for_node(chosen, node_type=trigger.hook.node_type)
    except HeadraceError:
        return None


async def arrival_of(trigger: Registered, request: Request, content: bytes) -> Arrival:
    """The request as the trigger node sees it; files are stored first.

    Raises:
        Unreadable: the body is malformed.
    """
    body = bodies.parse(
        content,
        request.headers.get("content-type", ""),
        keep_raw=trigger.registration.raw_body,
    )
    files_by_name = {
        name: await in_thread(
            files.put, part.content, name=part.name, mime=part.mime, is_loose=True
        )
        for name, part in body.files.items()
    }
    inner = request.path.partition("/")[2].partition("/")[2]
    data: JsonObject = {
        "headers": {n: v for n, v in request.headers.items() if n not in HIDDEN_HEADERS},
        "query": bodies.query(request.query),
        "params": cast("JsonObject", paths.parameters(trigger.hook.path, inner)),
        "body": body.value,
        "method": request.method,
        "path": inner,
    }
    if trigger.registration.auth == "jwt":
        data["claims"] = claims_of(request.headers)
    return Arrival(data, files_by_name or None)


def beginning(
    trigger: Registered, arrival: Arrival, *, dedupe_key: str | None, answer_to: str | None
) -> Beginning:
    """What to begin for an arrival."""
    hook = trigger.hook
    return Beginning(
        workflow_id=hook.workflow_id,
        workflow_name=trigger.workflow_name,
        version_id=hook.version_id,
        version_number=trigger.version_number,
        mode="test" if hook.listener else "webhook",
        trigger_node=hook.node,
        trigger_type=hook.node_type,
        items=trigger.node_class.accept(trigger.params, arrival),
        answer_to=answer_to,
        is_test=hook.listener is not None,
        must_be_published=hook.listener is None,
        dedupe_key=dedupe_key,
        limits=trigger.limits,
        execution_id=new_id(),
    )


def delivery(trigger: Registered, headers: Mapping[str, str]) -> str | None:
    """The caller's own id for this delivery, where the trigger says which header has it."""
    name = str(trigger.registration.options.get("delivery_header") or "").lower()
    given = headers.get(name, "") if name else ""
    if not given:
        return None
    return given if len(given) <= 150 else hashlib.sha256(given.encode()).hexdigest()


async def accept(connection: AsyncConnection[Any], begun: Beginning) -> ExecutionRef | None:
    """Commit the execution; `None` when the version is not the active one any more."""
    cursor = await connection.execute(ACCEPT, arguments(current(), begun))
    row = await cursor.fetchone()
    return ExecutionRef(*row) if row else None
