"""Puts a text under the label of the examples that are most like it (k nearest neighbours)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from headrace_sdk.knowledge import Remembered

SHARPNESS: Final = 4
"""Power to which a likeness counts: four neighbours at 0.4 weigh less than one at 0.8."""

SURE_FROM: Final = 0.6
"""A nearest example that is less alike than this lowers the confidence in proportion."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """The label that wins, how sure that is (0 to 1), and the example most like the text."""

    label: str
    confidence: float
    example: Remembered


def nearest_label(found: Sequence[Remembered]) -> Nearest | None:
    """Each neighbour votes for its label by its likeness; `None` without any.

    The confidence is the winner's share of the votes, lowered where nothing is really near.
    """
    votes: dict[str, float] = defaultdict(float)
    for one in found:
        votes[one.label] += max(one.similarity, 0.0) ** SHARPNESS
    total = sum(votes.values())
    if not total:
        return None
    label = max(votes, key=lambda name: votes[name])
    example = max((one for one in found if one.label == label), key=lambda one: one.similarity)
    nearness = min(1.0, max(one.similarity for one in found) / SURE_FROM)
    return Nearest(label, round(votes[label] / total * nearness, 4), example)
