"""A label by the examples that are most like a text."""

from __future__ import annotations

from headrace_sdk.knowledge import Remembered
from headrace_sdk.nearest import nearest_label


def near(label, similarity):
    return Remembered("", f"a text on {label}", label=label, similarity=similarity)


def test_one_that_is_really_near_outweighs_several_that_are_not():
    found = nearest_label([near("a", 0.8), near("b", 0.4), near("b", 0.4), near("b", 0.4)])

    assert found is not None
    assert found.label == "a"


def test_what_has_nothing_near_is_unsure_though_it_is_alone():
    found = nearest_label([near("a", 0.15)])

    assert found is not None
    assert found.confidence == 0.25


def test_nobody_votes_where_nothing_is_alike():
    assert nearest_label([]) is None
    assert nearest_label([near("a", -0.1)]) is None
