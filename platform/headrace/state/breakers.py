"""Circuit breakers: closed, open for a cool-down, then half open for one run that tries."""

from __future__ import annotations

from datetime import timedelta

from headrace.state.models import Breaker
from headrace.state.once import locked
from headrace.state.types import Shared
from headrace.tenants.clock import database_now
from headrace_sdk.items import JsonValue


def may_pass(shared: Shared, cool_down_s: float) -> JsonValue:
    """Is it closed, or is this the run that may try?"""
    breaker = locked(Breaker, shared)
    if breaker.opened_at is None:
        return True
    now = database_now()
    since = max(filter(None, (breaker.opened_at, breaker.tried_at)))
    # Who tried and never reported must not keep it open for ever.
    if now < since + timedelta(seconds=cool_down_s):
        return False
    breaker.tried_at = now
    breaker.save(update_fields=["tried_at"])
    return True


def report(shared: Shared, *, failed: bool, threshold: int) -> JsonValue:
    """Count a failure or forget the ones before; is it closed now?"""
    breaker = locked(Breaker, shared)
    was_tried = breaker.tried_at is not None
    if failed:
        breaker.failures += 1
        if was_tried or (breaker.opened_at is None and breaker.failures >= threshold):
            breaker.opened_at, breaker.tried_at = database_now(), None
    elif was_tried or breaker.opened_at is None:
        # A late success of a run that passed before it opened closes nothing.
        breaker.failures, breaker.opened_at, breaker.tried_at = 0, None, None
    breaker.save(update_fields=["failures", "opened_at", "tried_at"])
    return breaker.opened_at is None
