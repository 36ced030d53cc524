"""Token buckets by the generic cell rate algorithm (ITU-T I.371): one time a bucket.

`full_at` is when the bucket will be full again. Taking a token moves it by the time that a token
needs; what would move it further than a whole burst from now must wait for the difference.
Tokens can be taken in advance, so those who wait form a line without a table for it.
"""

from __future__ import annotations

import math
from datetime import timedelta
from typing import Final

from headrace.state.models import Bucket
from headrace.state.once import locked
from headrace.state.types import Shared
from headrace.tenants.clock import database_now
from headrace_sdk.coordination import Rate
from headrace_sdk.items import JsonValue

A_MOMENT_S: Final = 1e-5
"""The clock has microseconds: a token that lacks less than this is there."""


def take(shared: Shared, wanted: int, rate: Rate, *, waits: bool) -> JsonValue:
    """`[granted, when]`: tokens, and from when on in ISO 8601, `null` for at once."""
    bucket = locked(Bucket, shared)
    now = database_now()
    token_s = rate.per_s / rate.tokens
    missing_s = max(0.0, (bucket.full_at - now).total_seconds()) if bucket.full_at else 0.0
    free_s = rate.burst * token_s - missing_s
    granted = wanted if waits else min(wanted, math.floor((free_s + A_MOMENT_S) / token_s))
    if granted > 0:
        bucket.full_at = now + timedelta(seconds=missing_s + granted * token_s)
        bucket.save(update_fields=["full_at"])
    delay_s = granted * token_s - free_s
    at = (now + timedelta(seconds=delay_s)).isoformat() if delay_s > A_MOMENT_S else None
    return [max(0, granted), at]
