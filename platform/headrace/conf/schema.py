"""The OpenAPI document of the API."""

from __future__ import annotations

from drf_spectacular.views import SpectacularAPIView


class SchemaView(SpectacularAPIView):
    """`GET /api/schema/`, for members."""

    verb = "catalog.view"
