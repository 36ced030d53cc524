"""Addresses of the files API, below `/api/v1/`."""

from __future__ import annotations

from django.urls import path

from headrace.files import views

urlpatterns = [
    path("files/", views.FilesView.as_view()),
    path("files/<uuid:file_id>/url/", views.FileAddressView.as_view()),
    path("files/content/<str:token>/<str:name>", views.FileContentView.as_view()),
]
