"""Quantiles of durations from counts by logarithmic bins, which add up without sorting."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

BINS_AN_E: Final = 20
"""Bins for each factor of e: a bin is 5 % wide, so a quantile is right within 2.5 %."""


def quantile(bins: Mapping[int, int], share: float) -> float | None:
    """The duration in milliseconds below which `share` of the durations lie; `None` without any.

    `bins` maps `floor(ln(1 + ms) * BINS_AN_E)` to how many fell into it. The middle of the bin
    stands for all of them.
    """
    wanted = math.ceil(sum(bins.values()) * share)
    seen = 0
    for number in sorted(bins):
        seen += bins[number]
        if seen >= wanted:
            return math.exp((number + 0.5) / BINS_AN_E) - 1
    return None
