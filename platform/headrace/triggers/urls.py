"""Addresses of the triggers API, below `/api/v1/`, and of waiting steps, at the root."""

from __future__ import annotations

from django.urls import path

from headrace.triggers import poll_views, schedule_views, views, visit_views

urlpatterns = [
    path("hosted-pages/visit/", visit_views.VisitView.as_view()),
    path("workflows/<uuid:workflow_id>/addresses/", views.AddressesView.as_view()),
    path("workflows/<uuid:workflow_id>/listen/", views.ListenView.as_view()),
    path("workflows/<uuid:workflow_id>/polls/", poll_views.PollsView.as_view()),
    path("workflows/<uuid:workflow_id>/polls/<str:node>/", poll_views.PollView.as_view()),
    path("workflows/<uuid:workflow_id>/polls/<str:node>/try/", poll_views.TryPollView.as_view()),
    path("workflows/<uuid:workflow_id>/schedules/", schedule_views.SchedulesView.as_view()),
    path(
        "workflows/<uuid:workflow_id>/schedules/<uuid:schedule_id>/",
        schedule_views.ScheduleView.as_view(),
    ),
]
root_urlpatterns = [
    path("resume/<str:token>", views.ResumeView.as_view()),
]
