"""Webhook paths with parameters."""

from __future__ import annotations

import pytest

from headrace.triggers.paths import candidates, normal, parameters, pattern
from headrace_sdk.errors import UserError


def test_a_parameter_takes_the_segment_in_its_place():
    assert parameters("orders/:id/lines/:line", "/orders/42/lines/7") == {"id": "42", "line": "7"}


def test_a_parameter_is_decoded():
    assert parameters("u/:name", "u/Ada%20L") == {"name": "Ada L"}


def test_the_most_literal_pattern_is_looked_for_first():
    found = candidates("orders/42")

    assert found[0] == "orders/42"
    assert set(found) == {"orders/42", "orders/:", ":/42", ":/:"}


def test_paths_clash_when_only_the_names_of_parameters_differ():
    assert pattern("orders/:id") == pattern("orders/:number")


def test_more_segments_than_any_path_may_have_match_nothing():
    assert candidates("/".join("abcdefg")) == []


@pytest.mark.parametrize("path", ["../x", "a/../b", "a.b", "~me"])
def test_dots_are_plain_characters_since_nothing_is_looked_up_in_a_file_system(path):
    assert normal(path) == path


@pytest.mark.parametrize("path", ["a//b", "a b", "a?b", "ä", "", "x" * 101])
def test_other_characters_are_refused(path):
    with pytest.raises(UserError):
        normal(path)
