"""Addresses of the API of tables, below `/api/v1/`."""

from __future__ import annotations

from django.urls import path

from headrace.tables import views

urlpatterns = [
    path("tables/", views.TablesView.as_view()),
    path("tables/<uuid:table_id>/", views.TableView.as_view()),
    path("tables/<uuid:table_id>/columns/", views.ColumnsView.as_view()),
    path("tables/<uuid:table_id>/columns/<str:key>/", views.ColumnView.as_view()),
    path("tables/<uuid:table_id>/rows/", views.RowsView.as_view()),
    path("tables/<uuid:table_id>/rows/<uuid:row_id>/", views.RowView.as_view()),
    path("tables/<uuid:table_id>/import/", views.TableImportView.as_view()),
    path("tables/<uuid:table_id>/export/", views.TableExportView.as_view()),
]
