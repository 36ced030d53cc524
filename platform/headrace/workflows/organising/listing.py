"""What a list of workflows is narrowed and ordered by, as the address says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self
from uuid import UUID

from django.db.models import QuerySet
from django.http import QueryDict
from rest_framework.exceptions import ValidationError

from headrace.workflows.models import Workflow

ORDERS: Final[Mapping[str, tuple[str, ...]]] = {
    "-updated": ("-updated_at", "-id"),
    "updated": ("updated_at", "id"),
    "name": ("name", "id"),
    "-name": ("-name", "-id"),
    "-created": ("-created_at", "-id"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """`folder` is `None` where all folders are meant, and "none" for what lies in no folder."""

    text: str
    is_active: bool | None
    folder: UUID | str | None
    tags: tuple[str, ...]
    owner: UUID | None
    order: tuple[str, ...]

    @classmethod
    def of(cls, given: QueryDict) -> Self:
        """Read from the parameters of an address.

        Raises:
            ValidationError: with the name of the one that is not understood.
        """
        sort, folder = given.get("sort", "-updated"), given.get("folder")
        if sort not in ORDERS:
            raise ValidationError({"sort": f"Choose one of {', '.join(ORDERS)}."})
        active = {"true": True, "false": False}.get(given.get("active", ""))
        return cls(
            text=given.get("q", "")[:200],
            is_active=active,
            folder=folder if folder in {None, "none"} else _id(folder, "folder"),
            tags=tuple(str(_id(one, "tag")) for one in given.getlist("tag")[:20]),
            owner=_id(owner, "owner") if (owner := given.get("owner")) else None,
            order=ORDERS[sort],
        )

    def narrow(self, rows: QuerySet[Workflow]) -> QuerySet[Workflow]:
        """Only those that fit everything."""
        if self.text:
            rows = rows.filter(name__icontains=self.text)
        if self.is_active is not None:
            rows = rows.filter(published__isnull=not self.is_active)
        if isinstance(self.folder, UUID):
            rows = rows.filter(folder=self.folder)
        elif self.folder is not None:
            rows = rows.filter(folder=None)
        if self.tags:
            rows = rows.filter(tags__contains=[*self.tags])
        return rows.filter(owner_id=self.owner) if self.owner else rows


def _id(text: str | None, name: str) -> UUID:
    try:
        return UUID(text or "")
    except ValueError:
        raise ValidationError({name: "This is no id."}) from None
