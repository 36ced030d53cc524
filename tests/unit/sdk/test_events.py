"""Event types and the patterns that they match."""

from __future__ import annotations

import pytest

from headrace_sdk.events import matches_type, patterns_of


@pytest.mark.parametrize(
    ("pattern", "kind", "expected"),
    [
        ("order.paid", "order.paid", True),
        ("order.*", "order.paid", True),
        ("order.*", "order.paid.late", True),
        ("order.*", "order", False),
        ("order.*", "orders.paid", False),
        ("*", "order.paid", True),
        ("*", "workflow.failed", False),
        ("workflow.*", "workflow.failed", True),
    ],
)
def test_a_pattern_matches_what_begins_like_it(pattern, kind, expected):
    assert matches_type(pattern, kind) is expected


def test_the_patterns_of_a_type_are_as_many_as_its_words_and_one():
    assert patterns_of("a.b.c") == ["a.b.c", "a.b.*", "a.*", "*"]
