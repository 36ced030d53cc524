"""Addresses of agents, below `/api/v1/`."""

from __future__ import annotations

from django.urls import path

from headrace.agents import views

urlpatterns = [
    path("agents/", views.AgentsView.as_view()),
    path("agents/<uuid:agent_id>/", views.AgentView.as_view()),
    path("agents/<uuid:agent_id>/pause/", views.PauseAgentView.as_view()),
    path("agents/<uuid:agent_id>/enable/", views.EnableAgentView.as_view()),
]
