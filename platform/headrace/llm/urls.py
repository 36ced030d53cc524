"""Addresses of language models, below `/api/v1/`."""

from __future__ import annotations

from django.urls import path

from headrace.llm import kept_views, views

urlpatterns = [
    path("llm/models/", views.ModelsView.as_view()),
    path("llm/models/<uuid:model_id>/", views.ModelView.as_view()),
    path("llm/providers/", views.ProvidersView.as_view()),
    path("llm/embedders/", views.EmbeddersView.as_view()),
    path("llm/prices/", views.PricesView.as_view()),
    path("llm/budgets/", views.BudgetsView.as_view()),
    path("llm/budgets/<uuid:budget_id>/", views.BudgetView.as_view()),
    path("llm/routing/", views.RoutingView.as_view()),
    path("llm/spending/", views.SpendingView.as_view()),
    path("llm/saving/", views.SavingView.as_view()),
    path("llm/kept/", kept_views.KeptAnswersView.as_view()),
    path("llm/kept/<uuid:answer_id>/", kept_views.KeptAnswerView.as_view()),
    path("llm/calls/", views.CallsView.as_view()),
    path("llm/calls/<uuid:call_id>/complexity/", views.ComplexityView.as_view()),
]
