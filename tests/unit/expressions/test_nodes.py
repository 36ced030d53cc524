"""What an expression sees of the items around it: `$input`, `$("Node")`, `$node["Node"]`."""

from __future__ import annotations

import pytest

from headrace.expressions import ExpressionError, ItemsView, NodeView, Scope, compile_value
from headrace_sdk.items import FileRef, Item

FILE = FileRef(id="f1", name="a.pdf", mime="application/pdf", size=3, sha256="00")


@pytest.fixture
def connected(scope) -> Scope:
    """The second of two items; each came from the other place of the node Orders."""
    orders = NodeView([Item({"id": "o1"}), Item({"id": "o2"}, {"pdf": FILE})], lambda i: 1 - i)
    lost = NodeView([Item({"id": "l1"})], lambda _: None)
    views = {"Orders": orders, "Lost": lost, "Empty": NodeView()}
    scope.json, scope.item_index = {"n": 2}, 1
    scope.input = ItemsView([Item({"n": 1}), Item({"n": 2})])
    scope.node = views.get
    return scope


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("$input.item.json.n", 2),
        ("$input.first().json.n", 1),
        ("$input.last().json.n", 2),
        ("$input.all().map(item => item.json.n)", [1, 2]),
        ("$input.item.binary", {}),
        ('$("Orders").item.json.id', "o1"),
        ('$("Orders")["item"]["json"].id', "o1"),
        ("$('Orders').first().json.id", "o1"),
        ("$(`Orders`).last().json.id", "o2"),
        ('$("Orders").last().binary.pdf.name', "a.pdf"),
        ('$("Orders").all().length', 2),
        ('$("Orders").isExecuted', True),
        ('$("Never").isExecuted', False),
        ('$("Empty").isExecuted', True),
        ('$("Empty").first()', None),
        ('$("Empty").first()?.json.id ?? "none"', "none"),
        ('$("Empty").all()', []),
        ('$node["Orders"].json.id', "o1"),
        ("$node.Orders.json.id", "o1"),
        ('$("Never").isExecuted ? $("Never").first() : "not yet"', "not yet"),
        ('$("Orders").all().find(o => o.json.id === "o2").json', {"id": "o2"}),
    ],
)
def test_items_can_be_reached(source, value, connected):
    result = compile_value({"=": "{{ " + source + " }}"}).evaluate(connected)

    assert result == value


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ('$("Never").first()', "node_not_executed"),
        ('$("Never").item.json', "node_not_executed"),
        ('$("Lost").item.json', "no_linked_item"),
        ('$("Empty").item', "no_linked_item"),
    ],
)
def test_items_that_are_not_there_are_an_error_that_says_what_to_do(source, code, connected):
    with pytest.raises(ExpressionError) as caught:
        compile_value({"=": "{{ " + source + " }}"}).evaluate(connected)

    assert caught.value.code == code
    assert caught.value.position is not None


def test_one_scope_serves_item_after_item(connected):
    compiled = compile_value({"=": '{{ $json.n }}: {{ $("Orders").item.json.id }}'})
    results = []

    for index, item in enumerate([{"n": 1}, {"n": 2}]):
        connected.json, connected.item_index = item, index
        results.append(compiled.evaluate(connected))

    assert results == ["1: o2", "2: o1"]


def test_the_same_list_of_items_is_given_each_time(connected):
    assert connected.input.all() is connected.input.all()
