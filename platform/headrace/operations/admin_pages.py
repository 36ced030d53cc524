"""What operators see of the shared tables.

Most pages change nothing: rows are written by actions and by workers under their leases. Rows of
a tenant's schema have no pages here; people of the tenant see them in the application (T-020).
"""

# ruff: noqa: ARG002 - the signatures are Django's
from __future__ import annotations

from typing import Any

from django.contrib.admin import ModelAdmin, display
from django.http import HttpRequest

from headrace.approvals import queries as approvals
from headrace.executions import queries as executions
from headrace.operations.package_switches import switches
from headrace.plugins.queries import Switches
from headrace.tenants.context import TenantRef, tenant


class ReadOnly(ModelAdmin):  # type: ignore[type-arg] # not generic at run time
    """Shows rows to operators, and changes none."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """The site has checked already."""
        return True

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As above."""
        return True

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False


class TenantPages(ReadOnly):
    """Tenants, each with what is under way there: numbers and times, nothing of its data."""

    list_display = ["slug", "name", "schema_name", "created_at", "suspended_at"]
    search_fields = ["slug", "name"]
    readonly_fields = ["open_executions", "open_approvals", "packages_off"]

    def get_actions(self, request: HttpRequest) -> Any:
        """Packages are switched for the tenants that are chosen, and nothing else is changed."""
        return switches()

    @display(description="Packages switched off")
    def packages_off(self, row: Any) -> str:
        """By an owner or an operator."""
        with tenant(_ref(row)):
            return ", ".join(sorted(Switches().off())) or "none"

    @display(description="Open executions")
    def open_executions(self, row: Any) -> str:
        """How many, by status."""
        with tenant(_ref(row)):
            counts = executions.open_counts()
        return ", ".join(f"{count} {status}" for status, count in counts.items()) or "none"

    @display(description="Open approvals")
    def open_approvals(self, row: Any) -> str:
        """How many, and since when the oldest one waits."""
        with tenant(_ref(row)):
            count, oldest = approvals.open_since()
        return f"{count}, the oldest since {oldest:%Y-%m-%d %H:%M} UTC" if oldest else "none"


class DomainPages(ReadOnly):
    """Host names."""

    list_display = ["domain", "tenant", "is_primary"]
    search_fields = ["domain"]


class SchemaPages(ReadOnly):
    """States of schemas."""

    list_display = ["schema", "digest", "migrated_at"]


class PersonPages(ReadOnly):
    """People."""

    list_display = ["email", "name", "is_active", "created_at"]
    search_fields = ["email", "name"]
    exclude = ["password"]


class MembershipPages(ReadOnly):
    """Memberships."""

    list_display = ["person", "tenant", "role", "joined_at"]
    list_filter = ["role"]


class ApiKeyPages(ReadOnly):
    """Keys of programs, by what is not secret; the application revokes them."""

    list_display = ["name", "prefix", "owner", "tenant", "role", "expires_at", "last_used_at"]
    search_fields = ["name", "prefix"]
    exclude = ["secret_hash"]


class MessagePages(ReadOnly):
    """Messages that wait."""

    list_display = ["topic", "tenant_id", "attempts", "created_at", "due_at"]
    exclude = ["payload"]


class DeadLetterPages(ReadOnly):
    """Messages that never arrived; an operator clears them away."""

    list_display = ["name", "tenant_id", "reason", "died_at"]
    exclude = ["payload"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Once looked at, they may go."""
        return True


class OperatorPages(ReadOnly):
    """Operators; `manage.py create_operator` adds one."""

    list_display = ["person", "since"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """An operator may be taken off the list."""
        return True


class QueuedExecutionPages(ReadOnly):
    """Open executions as workers see them. Changing one would break the log's fence."""

    list_display = ["execution_id", "tenant_id", "lane", "state", "due_at", "crashes", "worker"]
    list_filter = ["state", "lane"]
    search_fields = ["execution_id__exact", "tenant_id__exact"]
    exclude = ["start"]


class TenantSharePages(ReadOnly):
    """What each tenant was given; `manage.py tenant_share` changes limits and weights."""

    list_display = ["tenant_id", "concurrency", "weight", "vtime"]


class WorkerLeasePages(ReadOnly):
    """Worker processes, each until its lease ends."""

    list_display = ["id", "host", "pid", "version", "started_at", "lease_until"]


class LateResultPages(ReadOnly):
    """What came after a lease was lost: when and of which execution, not what."""

    list_display = ["execution_id", "token", "arrived_at"]
    search_fields = ["execution_id__exact"]
    exclude = ["body"]


def _ref(row: Any) -> TenantRef:
    return TenantRef(row.pk, row.slug, row.schema_name)
