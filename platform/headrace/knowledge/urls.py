"""Addresses of the API of knowledge, below `/api/v1/`."""

from __future__ import annotations

from django.urls import path

from headrace.knowledge import kept_views, views

_ONE = "collections/<uuid:collection_id>/"
_DOCUMENT = f"{_ONE}documents/<uuid:document_id>/"

urlpatterns = [
    path("collections/", views.CollectionsView.as_view()),
    path(_ONE, views.CollectionView.as_view()),
    path(f"{_ONE}documents/", views.DocumentsView.as_view()),
    path(_DOCUMENT, views.DocumentView.as_view()),
    path(f"{_DOCUMENT}index/", views.DocumentIndexView.as_view()),
    path(f"{_ONE}search/", views.SearchView.as_view()),
    path("knowledge/examples/", kept_views.ExamplesView.as_view()),
    path("knowledge/examples/<uuid:example_id>/", kept_views.ExampleView.as_view()),
    path("knowledge/memories/", kept_views.MemoriesView.as_view()),
    path("knowledge/memories/forget/", kept_views.ForgetView.as_view()),
    path("knowledge/memories/<uuid:memory_id>/", kept_views.MemoryView.as_view()),
]
