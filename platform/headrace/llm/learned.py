"""What people have said of the router's estimates, applied to questions of the same kind.

The estimate is a sum of points (`complexity`). A correction keeps the points of its question and
what a person held to be right. A new question whose points differ by no more than one from those of
corrected ones moves by the mean of their corrections: nearest neighbours, so that every shift can
be explained by naming what it was learned from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import transaction

from headrace.accounts.permissions import require
from headrace.accounts.types import Actor
from headrace.audit import actions as audit
from headrace.llm.complexity import LEAST, MOST, Estimate
from headrace.llm.errors import CallNotFound, InvalidLlmInput
from headrace.llm.models import Call, Correction
from headrace_sdk.items import JsonObject

LEARNED: Final = "learned"
"""The feature that says by how many points corrections have moved an estimate."""

ALIKE: Final = 1
NEWEST: Final = 500


@dataclass(frozen=True, slots=True)
class Corrected:
    """A question that a person has judged: its points, and how far its estimate was off."""

    features: JsonObject
    shift: int


def corrections() -> Sequence[Corrected]:
    """The newest of the tenant's corrections."""
    rows = Correction.objects.order_by("-id")[:NEWEST]
    return [Corrected(row.features, row.wanted - row.estimated) for row in rows]


def corrected(found: Estimate, known: Sequence[Corrected]) -> Estimate:
    """The estimate as those would have it who corrected questions like this one."""
    alike = [one.shift for one in known if _distance(one.features, found.features) <= ALIKE]
    shift = round(sum(alike) / len(alike)) if alike else 0
    if not shift:
        return found
    score = max(LEAST, min(MOST, found.score + shift))
    return Estimate(score, {**found.features, LEARNED: score - found.score})


@transaction.atomic
def correct(actor: Actor, call_id: UUID, wanted: int) -> None:
    """Say how complex the question of a call was; said again, it replaces what was said.

    Raises:
        Forbidden: the actor may not change how models are chosen.
        CallNotFound: there is no such call.
        InvalidLlmInput: its complexity was not estimated.
    """
    require(actor, "llm.edit")
    call = Call.objects.filter(pk=call_id).first()
    if call is None:
        raise CallNotFound
    features = {name: value for name, value in call.features.items() if name != LEARNED}
    if "base" not in features:
        message = "Only calls whose model the router chose by their question can be corrected."
        raise InvalidLlmInput(message, "/complexity", "not_estimated")
    estimated = call.complexity - _points(call.features.get(LEARNED))
    said = {"features": features, "estimated": estimated, "wanted": wanted}
    Correction.objects.update_or_create(call_id=call_id, defaults=said)
    facts: JsonObject = {"estimated": estimated, "wanted": wanted}
    audit.record(actor.value, "llm_call.corrected", "llm_call", call_id, facts)


def _distance(one: JsonObject, other: JsonObject) -> int:
    return sum(abs(_points(one.get(name)) - _points(other.get(name))) for name in {*one, *other})


def _points(value: object) -> int:
    return value if isinstance(value, int) else 0
