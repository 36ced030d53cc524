"""Shared rows that say which tenants there are, and the base of every tenant's own rows."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models.functions import Now
from django_tenants.models import DomainMixin, TenantMixin

from headrace.tenants.fields import TenantIdField
from headrace.tenants.ids import new_id
from headrace.tenants.pinning import TenantManager, check_pin, pin


class Tenant(TenantMixin):  # type: ignore[misc] # untyped library
    """One customer, team or household. Its rows live in the schema `schema_name`."""

    auto_create_schema = False

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    created_at = models.DateTimeField(db_default=Now())
    suspended_at = models.DateTimeField(null=True, blank=True)


class Domain(DomainMixin):  # type: ignore[misc] # untyped library
    """A host name at which a tenant is served in multi-tenant mode."""


class SchemaState(models.Model):
    """Up to which migrations a schema is. `digest` is that of `blueprint.migrations_digest`."""

    schema = models.CharField(primary_key=True, max_length=63)
    digest = models.CharField(max_length=64)
    migrated_at = models.DateTimeField(db_default=Now())


class Blueprint(models.Model):
    """The statements that build a tenant's schema, recorded from the migrations once."""

    digest = models.CharField(primary_key=True, max_length=64)
    script = models.TextField()
    made_at = models.DateTimeField(db_default=Now())


class TenantModel(models.Model):
    """Base of everything in a tenant's schema: it remembers its schema and refuses another."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant_id = TenantIdField()

    objects: ClassVar[TenantManager[Self]] = TenantManager()

    class Meta:
        """Related objects are found through the pinned manager, too."""

        abstract = True
        base_manager_name = "objects"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pin(self)

    def save_base(self, *args: Any, **kwargs: Any) -> None:
        """Save, if the row belongs to the tenant at work.

        Raises:
            WrongTenant: it was read or made for another one.
        """
        check_pin(self)
        super().save_base(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete, under the same condition."""
        check_pin(self)
        return super().delete(*args, **kwargs)

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        """Read again, under the same condition."""
        check_pin(self)
        super().refresh_from_db(*args, **kwargs)
