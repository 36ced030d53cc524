"""Querysets and instances that remember for which schema they were made (T-006).

A lazy queryset built for one tenant and evaluated for another would silently read the other's
rows; an instance would be saved into the other's table.
"""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models

from headrace.tenants.context import schema_or_none
from headrace.tenants.errors import WrongTenant

M = TypeVar("M", bound=models.Model)


def pin(instance: models.Model) -> None:
    """Remember the schema at work."""
    instance._state.schema = schema_or_none()  # type: ignore[attr-defined]


def check_pin(instance: models.Model) -> None:
    """Refuse an instance of another schema.

    Raises:
        WrongTenant: it was read or made for another one.
    """
    _check(getattr(instance._state, "schema", None))


def _check(made_for: str | None) -> None:
    used_for = schema_or_none()
    if made_for not in (None, used_for):
        raise WrongTenant(str(made_for), used_for)


class TenantQuerySet(models.QuerySet[M]):
    """A queryset for one schema: the one at work when it was made, else that of its first use."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._schema = schema_or_none()

    @property
    def db(self) -> str:
        """The database's alias. Django asks for it in every operation, so the check stands here."""
        self._check_pin()
        return super().db

    def _fetch_all(self) -> None:
        self._check_pin()
        super()._fetch_all()

    def _clone(self) -> TenantQuerySet[M]:
        copy: TenantQuerySet[M] = super()._clone()  # type: ignore[misc] # as above
        copy._schema = self._schema or copy._schema
        return copy

    def _check_pin(self) -> None:
        self._schema = self._schema or schema_or_none()
        _check(self._schema)
        owner = self._hints.get("instance")  # type: ignore[attr-defined] # as above
        if owner is not None:
            check_pin(owner)


class TenantManager(models.Manager[M]):
    """The manager of every tenant model."""

    def get_queryset(self) -> TenantQuerySet[M]:
        """A queryset pinned to the schema at work."""
        return TenantQuerySet(self.model, using=self._db, hints=self._hints)  # type: ignore[attr-defined]
