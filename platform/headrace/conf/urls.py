"""Every address that Django serves. `/webhook/` and `/ws/` are served in front of it, in `asgi`."""

from __future__ import annotations

from django.urls import include, path, re_path
from django.views.generic import RedirectView

from headrace.conf.api_docs import DocsView
from headrace.conf.schema import SchemaView
from headrace.conf.shell import shell
from headrace.operations.admin import site as operators
from headrace.operations.health import healthz, readyz
from headrace.triggers.urls import root_urlpatterns as resuming

api = [
    path("", include("headrace.accounts.urls")),
    path("", include("headrace.agents.urls")),
    path("", include("headrace.approvals.urls")),
    path("", include("headrace.audit.urls")),
    path("", include("headrace.catalog.urls")),
    path("", include("headrace.chats.urls")),
    path("", include("headrace.credentials.urls")),
    path("", include("headrace.files.urls")),
    path("", include("headrace.variables.urls")),
    path("", include("headrace.tables.urls")),
    path("", include("headrace.knowledge.urls")),
    path("", include("headrace.notifications.urls")),
    path("", include("headrace.llm.urls")),
    path("", include("headrace.workflows.urls")),
    path("", include("headrace.executions.urls")),
    path("", include("headrace.regression.urls")),
    path("", include("headrace.triggers.urls")),
    path("", include("headrace.bus.urls")),
    path("", include("headrace.plugins.urls")),
]

urlpatterns = [
    path("", RedirectView.as_view(url="/app")),
    path("healthz", healthz),
    path("readyz", readyz),
    path("api/v1/", include(api)),
    path("api/schema/", SchemaView.as_view()),
    path("api/docs/", DocsView.as_view()),
    path("", include(resuming)),
    path("admin/", operators.urls),
    re_path(r"^app(?:/.*)?$", shell),
]

handler400 = "headrace.accounts.problems.bad_request"
handler404 = "headrace.accounts.problems.not_found"
handler500 = "headrace.accounts.problems.server_error"
