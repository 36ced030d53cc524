"""Carries out an operation once, however often its run is attempted, and locks rows by key."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast
from uuid import UUID

import orjson
from django.db import transaction

from headrace.state.models import Answer, Keyed
from headrace.state.types import Shared
from headrace_sdk.items import JsonValue

Row = TypeVar("Row", bound=Keyed)


@transaction.atomic
def once(operation: UUID, execution_id: UUID, act: Callable[[], JsonValue]) -> JsonValue:
    """The answer of `act`, or the one that it gave when this operation was carried out before.

    Answer and effect are one transaction: neither a crash in between nor a second worker can
    make it happen twice.
    """
    Answer.objects.bulk_create(
        [Answer(id=operation, execution_id=execution_id)], ignore_conflicts=True
    )
    row = Answer.objects.select_for_update().get(pk=operation)
    if row.answer is not None:
        known: JsonValue = orjson.loads(bytes(row.answer))
        return known
    answer = act()
    row.answer = orjson.dumps(answer)
    row.save(update_fields=["answer"])
    return answer


def locked(model: type[Row], shared: Shared) -> Row:
    """The row of a key, made if there is none, locked until the transaction ends."""
    rows = model._default_manager
    while True:
        rows.bulk_create([model(owner=shared.owner, key=shared.key)], ignore_conflicts=True)
        row = rows.select_for_update().filter(owner=shared.owner, key=shared.key).first()
        # A purge or a delete may have come in between.
        if row is not None:
            return cast("Row", row)
