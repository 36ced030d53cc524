"""Forms the inputs of joins and loop turns out of held deliveries, in canonical order."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from headrace.engine.references import StepInputs
from headrace.engine.state import Held


def by_port(ports: Sequence[str], held: Sequence[Held]) -> dict[str, list[Held]]:
    """Deliveries of each port that has any, sorted by order key."""
    found: dict[str, list[Held]] = {port: [] for port in ports}
    for delivery in sorted(held):
        found[delivery.port].append(delivery)
    return {port: deliveries for port, deliveries in found.items() if deliveries}


def rounds(ports: Sequence[str], held: Sequence[Held]) -> list[StepInputs]:
    """The k-th delivery of every port makes round k; a port that lacks one is left out."""
    found = by_port(ports, held)
    return [
        tuple(
            (port, delivery.sources)
            for port, delivery in zip(found, deliveries, strict=True)
            if delivery is not None
        )
        for deliveries in zip_longest(*found.values())
    ]


def together(ports: Sequence[str], held: Sequence[Held]) -> StepInputs:
    """Everything at once: the deliveries of a port one after the other."""
    return tuple(
        (port, tuple(source for delivery in deliveries for source in delivery.sources))
        for port, deliveries in by_port(ports, held).items()
    )
