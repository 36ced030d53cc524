"""Addresses of the API of notifications, below `/api/v1/`."""

from __future__ import annotations

from django.urls import path

from headrace.notifications import views

urlpatterns = [
    path("notifications/", views.NotificationsView.as_view()),
    path("notifications/unread/", views.UnreadView.as_view()),
    path("notifications/read/", views.ReadView.as_view()),
]
