"""The operators' pages: Django's admin for people who run the installation (T-020).

Roles in tenants count for nothing here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.apps import apps
from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from headrace.accounts.actions import authenticate
from headrace.accounts.errors import AccountError
from headrace.operations import admin_pages as pages
from headrace.operations.queries import is_operator

CLAIM = "operator"

PAGES: Final[Mapping[str, type[pages.ReadOnly]]] = {
    "tenants.Tenant": pages.TenantPages,
    "tenants.Domain": pages.DomainPages,
    "tenants.SchemaState": pages.SchemaPages,
    "accounts.Person": pages.PersonPages,
    "accounts.Membership": pages.MembershipPages,
    "accounts.ApiKey": pages.ApiKeyPages,
    "outbox.Message": pages.MessagePages,
    "outbox.DeadLetter": pages.DeadLetterPages,
    "run_queue.QueuedExecution": pages.QueuedExecutionPages,
    "run_queue.TenantShare": pages.TenantSharePages,
    "run_queue.WorkerLease": pages.WorkerLeasePages,
    "run_queue.LateResult": pages.LateResultPages,
    "operations.Operator": pages.OperatorPages,
}
"""The shared tables that people look at; what is not here is a cache or a secret."""


class OperatorForm(AdminAuthenticationForm):
    """Signs in operators, under the same throttle as everybody."""

    def clean(self) -> dict[str, Any]:
        """Check address, password and the operators' table."""
        email = self.cleaned_data.get("username") or ""
        password = self.cleaned_data.get("password") or ""
        host = self.request.META.get("REMOTE_ADDR", "") if self.request else ""
        try:
            person = authenticate(email, password, host=host, admits=_is_operator)
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
            and _is_operator(person)
        )

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Sign in, and mark the session as an operator's."""
        response = super().login(request, extra_context)
        if request.method == "POST" and request.user.is_authenticated:
            request.session[CLAIM] = str(request.user.pk)
        return response


def _is_operator(person: Any) -> bool:
    return is_operator(person.pk)


def _site() -> OperatorSite:
    site = OperatorSite(name="admin")
    for label, page in PAGES.items():
        model: type[Model] = apps.get_model(label)
        site.register(model, page)
    return site


site = _site()
