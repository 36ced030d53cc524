"""Finding executions in their list by what people remember of them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from django.db.models import Q, QuerySet

from headrace.executions.errors import InvalidMoment
from headrace.executions.models import Execution

_LONGEST: Final = 200
_LARGEST: Final = 2**63 - 1


def searched(rows: QuerySet[Execution], text: str, since: str) -> QuerySet[Execution]:
    """Those of `rows` whose number or workflow's name fits `text`, begun at `since` or later.

    Empty texts narrow nothing. `since` is ISO 8601; without an offset it is UTC.

    Raises:
        InvalidMoment: `since` is no moment.
    """
    if wanted := text.strip().removeprefix("#")[:_LONGEST]:
        by_name = Q(workflow_name__icontains=wanted)
        is_number = wanted.isascii() and wanted.isdigit() and int(wanted) <= _LARGEST
        rows = rows.filter(by_name | Q(number=int(wanted)) if is_number else by_name)
    return rows.filter(queued_at__gte=_moment(since)) if since else rows


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise InvalidMoment("since") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
