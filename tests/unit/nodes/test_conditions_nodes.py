"""If, Filter and Switch: which way an item goes."""

from __future__ import annotations

import pytest

from headrace_sdk import FileRef, Item, UserError
from headrace_sdk.items import Pair
from headrace_sdk.testing import run_node
from nodes.data.filter import Filter
from nodes.flow.if_ import If
from nodes.flow.switch import Switch

FILE = FileRef("f", "a.txt", "text/plain", 1, "0")


def when(left):
    return {"conditions": {"all": [{"left": left, "op": "is_true"}]}}


@pytest.mark.parametrize(
    ("node", "yes", "no"), [(If, "true", "false"), (Filter, "kept", "dropped")]
)
def test_each_item_goes_by_its_own_parameters_unchanged_and_in_order(node, yes, no):
    items = [Item({"n": 0}), Item({"n": 1}, {"data": FILE}), Item({"n": 2})]

    result = run_node(node, [when(True), when(False), when(True)], items)

    assert result.json(yes) == [{"n": 0}, {"n": 2}]
    assert result.outputs[yes][1].paired == (Pair(0, 2),)
    assert result.outputs[no] == [Item({"n": 1}, {"data": FILE}, (Pair(0, 1),))]


@pytest.mark.parametrize("node", [If, Filter])
def test_an_error_names_the_item(node):
    bad = {"conditions": {"strict": True, "all": [{"left": 1, "op": "equals", "right": "1"}]}}

    with pytest.raises(UserError) as caught:
        run_node(node, [when(True), bad], [{}, {}])

    assert caught.value.item == 1


@pytest.mark.parametrize(
    ("stored", "line"),
    [
        (when({"=": "{{ $json.paid }}"})["conditions"], "$json.paid is true"),
        ({"all": [{"left": {"=": "{{ $json.a }}"}, "op": "gt", "right": 5}] * 3}, "$json.a > 5 +2"),
        ({"any": [{"left": "x", "op": "equals", "right": "y"}]}, "x = y"),
        ({}, ""),
        (None, ""),
    ],
)
def test_the_line_under_the_name_says_the_first_condition(stored, line):
    assert If.summary({"conditions": stored}) == line


def cases(*fits, **more):
    rows = [
        {"name": name, "conditions": {"all": [{"left": fit, "op": "is_true"}]}}
        for name, fit in zip("abc", fits, strict=False)
    ]
    return {"cases": rows, **more}


def ports(params):
    return sorted(run_node(Switch, params).outputs)


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        (cases(False, True, True), ["b"]),
        (cases(False, True, True, match="all"), ["b", "c"]),
        (cases(False, False), ["else"]),
        (cases(False, fallback="drop"), []),
        (cases(True, fallback="drop"), ["a"]),
        (cases(False, False, mode="expression", value="b"), ["b"]),
        (cases(False, False, mode="expression", value=0), ["a"]),
        (cases(False, False, mode="expression", value="1"), ["b"]),
        (cases(False, False, mode="expression", value=2), ["else"]),
        (cases(False, False, mode="expression", value=-1), ["else"]),
        (cases(False, False, mode="expression", value=None), ["else"]),
    ],
)
def test_switch_sends_an_item_to_its_case(params, expected):
    assert ports(params) == expected


@pytest.mark.parametrize("value", [True, {"name": "a"}, ["a"]])
def test_a_case_is_named_by_a_text_or_a_number(value):
    with pytest.raises(UserError) as caught:
        run_node(Switch, cases(False, mode="expression", value=value))

    assert caught.value.field == "value"


def test_switch_can_fail_where_no_case_fits():
    with pytest.raises(UserError) as caught:
        run_node(Switch, cases(False, fallback="error"))

    assert (caught.value.code, caught.value.item) == ("no_case", 0)


@pytest.mark.parametrize(
    "names",
    [["a", "a"], [""], ["else"], [], ["x" * 61]],
    ids=["twice", "blank", "else", "none", "long"],
)
def test_case_names_must_be_ports(names):
    with pytest.raises(UserError):
        run_node(Switch, {"cases": [{"name": name} for name in names]})
