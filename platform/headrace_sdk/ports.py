"""Ports that follow a parameter: one rule in Python and TypeScript, see fixtures/ports.json."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

from headrace_sdk.node import PortsFrom


def resolve_ports(rule: PortsFrom, params: Mapping[str, object]) -> tuple[str, ...]:
    """Port ids: what `cases[].name` yields in the stored parameters, then `plus`, then `also`.

    What is no text (an expression, a gap), blanks and repeats are left out.
    """
    steps = rule.path.split(".") if rule.path else []
    found: list[object] = reduce(_step, steps, [params])
    also = [port for port, parameter, values in rule.also if params.get(parameter) in values]
    names = [name for name in (*found, *rule.plus, *also) if isinstance(name, str) and name]
    return tuple(dict.fromkeys(names))


def _step(values: list[object], step: str) -> list[object]:
    key = step.removesuffix("[]")
    taken = [value.get(key) for value in values if isinstance(value, Mapping)] if key else values
    if not step.endswith("[]"):
        return taken
    return [part for value in taken if isinstance(value, list) for part in value]
