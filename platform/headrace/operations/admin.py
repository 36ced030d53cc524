"""The operators' pages: Django's admin for people who run the installation (T-020).

Roles in tenants count for nothing here. The pages show the shared tables only, and mostly do not
change them: tenants are provisioned and suspended by actions.
"""

# ruff: noqa: ARG002 - the signatures are Django's
from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from headrace.accounts.actions import authenticate
from headrace.accounts.errors import AccountError
from headrace.operations.models import Operator

CLAIM = "operator"


class OperatorForm(AdminAuthenticationForm):
    """Signs in operators, under the same throttle as everybody."""

    def clean(self) -> dict[str, Any]:
        """Check address, password and the operators' table."""
        email = self.cleaned_data.get("username") or ""
        password = self.cleaned_data.get("password") or ""
        host = self.request.META.get("REMOTE_ADDR", "") if self.request else ""
        try:
            person = authenticate(email, password, host=host, admits=is_operator)
        except AccountError as error:
            raise ValidationError(error.message) from error
        person.backend = "django.contrib.auth.backends.ModelBackend"
        self.user_cache = person
        return self.cleaned_data


class OperatorSite(AdminSite):
    """An admin site of its own, with its own claim in the session."""

    site_header = site_title = "Headrace operators"
    index_title = "Installation"
    login_form = OperatorForm

    def has_permission(self, request: HttpRequest) -> bool:
        """Signed in here, and an operator still."""
        person = request.user
        return (
            request.session.get(CLAIM) == str(person.pk)
            and person.is_active
            and is_operator(person)
        )

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Sign in, and mark the session as an operator's."""
        response = super().login(request, extra_context)
        if request.method == "POST" and request.user.is_authenticated:
            request.session[CLAIM] = str(request.user.pk)
        return response


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
    """Tenants."""

    list_display = ["slug", "name", "schema_name", "created_at", "suspended_at"]
    search_fields = ["slug", "name"]


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


def is_operator(person: Any) -> bool:
    """Does the person stand in the operators' table?"""
    return Operator.objects.filter(person_id=person.pk).exists()


def _site() -> OperatorSite:
    site = OperatorSite(name="admin")
    pages: dict[str, type[ReadOnly]] = {
        "tenants.Tenant": TenantPages,
        "tenants.Domain": DomainPages,
        "tenants.SchemaState": SchemaPages,
        "accounts.Person": PersonPages,
        "accounts.Membership": MembershipPages,
        "outbox.Message": MessagePages,
        "outbox.DeadLetter": DeadLetterPages,
        "operations.Operator": OperatorPages,
    }
    for label, page in pages.items():
        model: type[Model] = apps.get_model(label)
        site.register(model, page)
    return site


site = _site()
