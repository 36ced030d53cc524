"""Which entries of the record somebody wants to see, as an address says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from rest_framework.exceptions import ValidationError

from headrace.audit.models import Entry
from headrace.audit.types import Outcome


@dataclass(frozen=True, slots=True)
class Filter:
    """Empty fields filter nothing. `begin` and `end` are days in UTC, both included."""

    actor: str = ""
    action: str = ""
    obj: str = ""
    outcome: Outcome | None = None
    begin: date | None = None
    end: date | None = None

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Filter:
        """From the parameters `actor`, `action`, `object`, `outcome`, `from` and `to`.

        Raises:
            ValidationError: a day or an outcome is none.
        """
        return cls(
            actor=_text(query, "actor"),
            action=_text(query, "action"),
            obj=_text(query, "object"),
            outcome=_outcome(query),
            begin=_day(query, "from"),
            end=_day(query, "to"),
        )

    def entries(self) -> QuerySet[Entry]:
        """The entries that fit."""
        rows = Entry.objects.all()
        if self.actor:
            rows = rows.filter(Q(actor_label__iexact=self.actor) | _by_id(self.actor))
        if self.action:
            # `workflow.` stands for all that is done to workflows.
            is_family = self.action.endswith(".")
            name = "action__startswith" if is_family else "action"
            rows = rows.filter(**{name: self.action})
        if self.obj:
            rows = rows.filter(Q(object_id=self.obj) | Q(object_type=self.obj))
        if self.outcome:
            rows = rows.filter(outcome=self.outcome.value)
        if self.begin:
            rows = rows.filter(at__gte=_midnight(self.begin))
        if self.end:
            rows = rows.filter(at__lt=_midnight(self.end + timedelta(days=1)))
        return rows


def _text(query: Mapping[str, str], name: str) -> str:
    return query.get(name, "").replace("\0", "\ufffd")


def _outcome(query: Mapping[str, str]) -> Outcome | None:
    text = query.get("outcome", "")
    try:
        return Outcome(text) if text else None
    except ValueError as error:
        raise ValidationError({"outcome": f"Use {', '.join(Outcome)}."}) from error


def _day(query: Mapping[str, str], name: str) -> date | None:
    text = query.get(name, "")
    if not text:
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError as error:
        raise ValidationError({name: "Give a day like 2026-11-21."}) from error
    if not 1970 <= found.year < 9999:
        raise ValidationError({name: "Give a day of this time."})
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _by_id(text: str) -> Q:
    try:
        return Q(actor_id=UUID(text))
    except ValueError:
        return Q(pk__in=())
