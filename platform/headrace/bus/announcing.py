"""Emits as an event what an app below the bus had to tell, and left in the outbox."""

from __future__ import annotations

from headrace.accounts.types import SYSTEM
from headrace.bus.actions import emit
from headrace.outbox.types import Delivery


def receive(delivery: Delivery) -> None:
    """`{"type", "data"}`. Delivered twice, it is an event twice."""
    told = delivery.payload
    data = told["data"]
    emit(SYSTEM, str(told["type"]), data if isinstance(data, dict) else {})
