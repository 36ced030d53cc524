"""Ports that follow a parameter."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from headrace_sdk import PortsFrom
from headrace_sdk.ports import resolve_ports

VECTORS = json.loads((Path(__file__).parents[3] / "fixtures/ports.json").read_text())


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["title"])
def test_ports_follow_a_parameter_as_they_do_in_the_editor(vector):
    given = vector["rule"]
    also = tuple(
        (one["port"], one["when"]["field"], tuple(one["when"]["in"]))
        for one in given.get("also", ())
    )
    rule = PortsFrom(given["from"], tuple(given.get("plus", ())), also)

    assert list(resolve_ports(rule, vector["params"])) == vector["ports"]
