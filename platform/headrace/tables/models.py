"""Rows of the tables app. Whoever writes into a table locks its row first."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now

from headrace.tables.limits import MAX_NAME
from headrace.tables.types import Column
from headrace.tenants.models import TenantModel


class Table(TenantModel):
    """A table. `columns` are `Column.to_json`s in order; `next_key` numbers them, never twice."""

    name = models.CharField(max_length=MAX_NAME)
    columns = models.JSONField(default=list)
    next_key = models.PositiveIntegerField(default=1)
    row_count = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(db_default=Now())
    updated_at = models.DateTimeField(db_default=Now())

    class Meta(TenantModel.Meta):
        """Workflows may name a table instead of its id."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name"], name="tables_table_by_name")
        ]

    @property
    def typed_columns(self) -> list[Column]:
        """Its columns."""
        return [Column(**one) for one in self.columns]


class Row(TenantModel):
    """A row. `values` has what its cells hold by the keys of the columns; empty ones are absent."""

    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="rows")
    values = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        """Rows are read in the order in which they were added, or found by what a cell holds."""

        indexes: ClassVar = [
            models.Index(fields=["table", "id"], name="tables_row_in_order"),
            GinIndex(fields=["values"], name="tables_row_by_value", opclasses=["jsonb_path_ops"]),
        ]
