"""Slugs."""

from __future__ import annotations

import pytest
from headrace_plugin_text.slugify import slugify

from headrace_sdk.conformance import check_node
from headrace_sdk.testing import run_node


def test_it_keeps_every_convention():
    assert check_node(slugify) == []


@pytest.mark.parametrize(
    ("text", "slug"),
    [("Hello, World!", "hello-world"), ("  Ünïcödé  ", "unicode"), ("日本", ""), ("a--b", "a-b")],
)
def test_a_slug_has_only_small_letters_digits_and_the_separator(text: str, slug: str):
    assert slugify.function(text) == slug


def test_the_separator_is_a_parameter():
    result = run_node(slugify, {"text": "one two", "separator": "_"})

    assert result.json() == [{"result": "one_two"}]
