"""How long to pause before the next attempt."""

from __future__ import annotations

import hashlib
from typing import Final

from headrace.engine.settings import RetryPolicy

_SPREAD: Final = 0.5


def retry_delay_s(policy: RetryPolicy, execution: str, node: str, run: str, attempt: int) -> float:
    """Seconds between a failed `attempt`, counted from 1, and the next.

    Exponential, up to `max_s`. Jitter takes off up to half, by a hash instead of chance, so that
    a log that is folded again gives the same times.
    """
    # Exponents are bounded: 100 ** 100 still is a float.
    pause_s = min(policy.max_s, policy.initial_s * policy.factor ** min(attempt - 1, 100))
    if not policy.jitter:
        return pause_s
    digest = hashlib.sha256(f"{execution}\n{node}\n{run}\n{attempt}".encode()).digest()
    share = int.from_bytes(digest[:8]) / 2**64
    return pause_s * (1 - _SPREAD * share)
