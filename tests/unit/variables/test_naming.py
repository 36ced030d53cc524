"""Which variables a document names."""

from __future__ import annotations

import pytest

from headrace.variables.naming import EVERY, variables_in


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("{{ $vars.SHOP_URL }}/orders", ["SHOP_URL"]),
        ("{{ $vars?.limit + $vars . rate }}", ["limit", "rate"]),
        ("{{ $vars[\"A\"] + $vars['B'] }}", ["A", "B"]),
        ("{{ $vars[$json.name] }}", [EVERY]),
        ("{{ keys($vars) }} {{ $vars.A }}", [EVERY, "A"]),
        ("{{ $json.vars.A }} {{ $variables.B }}", []),
    ],
)
def test_names_behind_vars_are_found_however_they_are_written(text, names):
    document = {"nodes": [{"params": {"value": {"=": text}}}], "name": "$vars.OTHER"}

    assert variables_in(document) == names
