"""Addresses of the chats API, below `/api/v1/`."""

from __future__ import annotations

from django.urls import path

from headrace.chats import views

urlpatterns = [
    path("workflows/<uuid:workflow_id>/chat/", views.DoorsView.as_view()),
    path("workflows/<uuid:workflow_id>/chats/", views.ChatsView.as_view()),
    path("workflows/<uuid:workflow_id>/chats/<str:session>/", views.ChatView.as_view()),
]
