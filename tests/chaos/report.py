"""What happened, as tables for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from tests.chaos.invariants import Result

SHOWN: Final = 10
"""So many violations of one invariant are named."""


def results(found: Sequence[Result]) -> str:
    """One line an invariant, and what breaks it below."""
    lines = [f"{'':4} {'invariant':<48} {'checked':>8} {'violations':>11}"]
    for one in found:
        lines.append(f"{one.name:4} {one.title:<48} {one.checked:>8,} {len(one.violations):>11,}")
        lines += [f"       {text}" for text in one.violations[:SHOWN]]
    return "\n".join(lines)


def counts(title: str, counted: Counter[str]) -> str:
    """What was counted, most of it first."""
    lines = [f"{name:<28} {number:>6,}" for name, number in counted.most_common()]
    return "\n".join([title, *lines])
