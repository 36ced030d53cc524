"""The column that ties a row to its schema."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from headrace.tenants.context import current


class TenantIdField(models.UUIDField):  # type: ignore[type-arg] # not generic at run time
    """The owner of a row, filled from the context and checked against the schema's constant.

    Each tenant's schema has a function `this_tenant()`; an insert meant for another tenant fails
    in the database itself.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "editable": False})

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        """Migrations need no options."""
        name, path, args, options = super().deconstruct()
        options.pop("editable", None)
        return name, path, args, options

    def db_check(self, connection: BaseDatabaseWrapper) -> str:
        """The column's CHECK."""
        return f"{connection.ops.quote_name(self.column or self.attname)} = this_tenant()"

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Name the tenant at work in new rows."""
        if add:
            setattr(model_instance, self.attname, current().id)
        return super().pre_save(model_instance, add)
