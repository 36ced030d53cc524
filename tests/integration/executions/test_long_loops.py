"""Loops over very many items: results complete, memory flat (engine-rules 17)."""

from __future__ import annotations

import pytest

from tests.support.workflows import MANUAL, document, node, sets

pytestmark = pytest.mark.usefixtures("committed")

LONG = document(
    [
        MANUAL,
        node("split", "data.split_out", {"field": "list"}),
        node("loop", "flow.for_each", {"batch_size": {"=": "{{ $json.size }}"}}),
        node("double", "data.edit_fields", sets("double", "{{ $json.n * 2 }}")),
        node("end", "data.limit", {"count": 3, "take": "last"}),
    ],
    "start -> split",
    "split -> loop",
    "loop.loop -> double",
    "double -> loop",
    "loop.done -> end",
)
