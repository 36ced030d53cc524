"""What a receiver gets."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from headrace_sdk.items import JsonObject


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message of the outbox; the tenant that emitted it is at work.

    `id` is the same when it is delivered again.
    """

    id: UUID
    topic: str
    payload: JsonObject
