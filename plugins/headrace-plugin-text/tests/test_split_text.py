"""Splitting texts into items."""

from __future__ import annotations

import pytest
from headrace_plugin_text.split_text import SplitText

from headrace_sdk import UserError
from headrace_sdk.conformance import check_node
from headrace_sdk.items import Pair
from headrace_sdk.testing import run_node


def test_it_keeps_every_convention():
    assert check_node(SplitText) == []


def test_each_part_says_which_item_it_comes_from():
    texts = [{"text": "a b", "by": "words"}, {"text": "c", "by": "words"}]

    result = run_node(SplitText, texts, [{}, {}])

    assert [(item.json["text"], item.paired) for item in result.outputs["main"]] == [
        ("a", (Pair(0, 0),)),
        ("b", (Pair(0, 0),)),
        ("c", (Pair(0, 1),)),
    ]


def test_a_text_without_parts_leaves_by_empty():
    result = run_node(SplitText, {"text": "  \n "}, [{"id": 1}])

    assert result.json("empty") == [{"id": 1}]


def test_an_empty_separator_is_an_error_that_names_the_field():
    with pytest.raises(UserError) as caught:
        run_node(SplitText, {"text": "a", "by": "separator", "separator": ""})

    assert (caught.value.field, caught.value.item) == ("separator", 0)
