"""Celery tasks that run for the tenant that sent them (T-012, T-013)."""

from __future__ import annotations

import json
from contextlib import AbstractContextManager
from typing import Any, ClassVar, Final, Literal
from uuid import UUID

from celery import Task
from celery.exceptions import Reject
from celery.signals import before_task_publish

from headrace.outbox import actions
from headrace.outbox.errors import TaskWithoutTenant
from headrace.tenants import queries
from headrace.tenants.context import current_or_none, public, tenant
from headrace.tenants.errors import TenantNotFound
from headrace_sdk.errors import HeadraceError

HEADER: Final = "headrace_tenant"


class TenantTask(Task):  # type: ignore[misc] # untyped library
    """Base of every task. It carries the sender's tenant in a header and runs inside it.

    Declare `tenant="public"` for a task that needs the shared tables only.
    """

    abstract = True
    tenant: ClassVar[Literal["required", "public"]] = "required"

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run within the tenant.

        Raises:
            Reject: no tenant is named, or it is gone; the message becomes a dead letter.
        """
        try:
            scope = self._scope()
        except HeadraceError as error:
            payload = json.dumps({"args": args, "kwargs": kwargs}, default=str)
            actions.bury(self.name, payload, error.message)
            raise Reject(error.message, requeue=False) from error
        with scope:
            return super().__call__(*args, **kwargs)

    def _scope(self) -> AbstractContextManager[object]:
        if self.tenant == "public":
            return public()
        tenant_id = self.request.get(HEADER)
        if tenant_id is None:
            raise TaskWithoutTenant(self.name)
        ref = queries.by_id(UUID(tenant_id))
        if ref is None:
            raise TenantNotFound
        return tenant(ref)


@before_task_publish.connect(weak=False)  # type: ignore[untyped-decorator] # library
def _name_the_tenant(headers: dict[str, Any] | None = None, **_: Any) -> None:
    ref = current_or_none()
    if ref is not None and headers is not None:
        headers[HEADER] = str(ref.id)
