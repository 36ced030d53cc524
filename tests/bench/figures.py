"""One measured figure: as a line of a table and as JSON."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field

from headrace_bootstrap.console import say


@dataclass(frozen=True)
class Figure:
    """What was measured, under which circumstances, and the machine's load at that moment."""

    name: str
    value: float
    unit: str
    labels: dict[str, int] = field(default_factory=dict)
    load: float = field(default_factory=lambda: round(os.getloadavg()[0], 1))

    def json_line(self) -> str:
        """For programs."""
        rounded = {"name": self.name, "value": round(self.value, 2), "unit": self.unit}
        return json.dumps({**rounded, **self.labels, "load": self.load})


def told(name: str, value: float, unit: str, **labels: int) -> Figure:
    """A new figure, said at once: what comes after it takes a while."""
    figure = Figure(name, value, unit, labels)
    say(f"  {_line(figure)}")
    return figure


def table(title: str, figures: Sequence[Figure]) -> str:
    """For people."""
    head = f"{title:<36} {'with':<18} {'value':>12} unit"
    return "\n".join([head, *map(_line, figures)])


def _line(figure: Figure) -> str:
    labels = " ".join(f"{name} {value:,}" for name, value in figure.labels.items())
    return f"{figure.name:<36} {labels:<18} {figure.value:>12,.1f} {figure.unit}"
