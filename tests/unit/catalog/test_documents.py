"""What the catalogue tells about the nodes of a stored document."""

from __future__ import annotations

import pytest

from headrace.catalog.queries import catalog, check_params, shapes_for
from headrace.engine import NodeShape


def shape(kind, params=None, **more):
    node = {"id": "n", "type": kind, "params": params or {}, **more}
    return shapes_for({"nodes": [node]})["n"]


def test_ports_and_join_come_from_the_type():
    assert shape("triggers.manual") == NodeShape((), ("main",), is_trigger=True)
    assert shape("flow.if") == NodeShape(("main",), ("true", "false"))
    assert shape("flow.stop") == NodeShape(("main",), ())


def test_dynamic_ports_come_from_stored_literals_or_the_defaults():
    cases = [{"name": "a"}, {"name": {"=": "{{ 1 }}"}}, {"name": "b"}]

    assert shape("flow.switch", {"cases": cases}) == NodeShape(("main",), ("a", "b", "else"))
    assert shape("flow.merge") == NodeShape(("1", "2"), ("main",), join="all")
    assert shape("flow.merge", {"inputs": ["x", "y", "z"]}) == NodeShape(
        ("x", "y", "z"), ("main",), join="all"
    )


@pytest.mark.parametrize("kind", ["acme.unknown", "../../x", "", None, 7, ["flow.if"], {}])
def test_an_unknown_type_has_no_shape(kind):
    assert shape(kind) is None


def test_a_node_that_is_newer_than_the_installed_type_has_no_shape():
    assert shape("flow.if", version=2) is None


@pytest.mark.parametrize(
    "document",
    [{}, {"nodes": None}, {"nodes": {}}, {"nodes": [None, 1, [], {}, {"id": 5}]}],
)
def test_what_is_no_node_is_left_out(document):
    assert shapes_for(document) == {}


@pytest.mark.parametrize("params", [None, [], "text", {"cases": 5}, {"cases": [None]}])
def test_odd_parameters_do_not_raise(params):
    assert shape("flow.switch", params) == NodeShape(("main",), ("else",))


def faults(kind, params):
    return check_params(catalog().by_type(kind), params)


EXPRESSION = {"=": "{{ $json.x }}"}
IF_ROW = {"left": EXPRESSION, "op": "gt", "right": EXPRESSION}


@pytest.mark.parametrize(
    ("kind", "params"),
    [
        ("flow.if", {"conditions": {"all": [IF_ROW]}}),
        ("flow.if", {"conditions": EXPRESSION}),
        ("flow.if", {"conditions": {"all": EXPRESSION}}),
        ("flow.if", {"conditions": {"all": [EXPRESSION]}}),
        ("data.limit", {"count": EXPRESSION}),
        ("data.limit", {"count": {"=": {"model": {"description": "how many", "schema": {}}}}}),
        (
            "data.edit_fields",
            {"assignments": [EXPRESSION, {"name": EXPRESSION, "value": EXPRESSION}]},
        ),
        ("data.edit_fields", {"mode": "json", "data": {"=": {"literal": {"=": "x"}}}}),
        ("flow.merge", {"mode": "key", "keys": EXPRESSION}),
        (
            "data.aggregate",
            {"columns": [{"operation": EXPRESSION}, {"operation": "sum", "field": EXPRESSION}]},
        ),
        ("web.http_request", {"url": EXPRESSION, "method": EXPRESSION}),
    ],
)
def test_what_depends_on_an_expression_is_no_fault(kind, params):
    assert faults(kind, params) == []


@pytest.mark.parametrize(
    ("kind", "params", "pointers"),
    [
        ("flow.if", {}, ["/conditions"]),
        ("web.http_request", {"method": EXPRESSION}, ["/url"]),
        ("data.limit", {"count": "many"}, ["/count"]),
        ("data.limit", {"count": -1, "take": "middle"}, ["/count", "/take"]),
        ("data.limit", {"cuont": EXPRESSION}, ["/cuont"]),
        ("data.limit", {"a/b~c": 1}, ["/a~1b~0c"]),
        ("data.limit", {"count": {"=": {"literal": {"a": 1}}}}, ["/count"]),
        ("flow.if", {"conditions": {"all": [IF_ROW, {"op": "is_odd"}]}}, ["/conditions/all/1/op"]),
        ("flow.if", {"conditions": {"all": [{"lft": EXPRESSION}]}}, ["/conditions/all/0/lft"]),
        ("flow.if", {"conditions": {"all": [], "any": []}}, ["/conditions"]),
        ("data.edit_fields", {"assignments": [{"value": EXPRESSION}]}, ["/assignments/0/name"]),
        ("flow.merge", {"mode": "key"}, [""]),
        ("flow.switch", {"cases": [{"name": "a"}, {"name": "a"}]}, [""]),
        ("triggers.schedule", {"rules": [{"unit": "cron", "cron": "never"}]}, ["/rules/0"]),
    ],
)
def test_a_fault_is_named_by_its_place(kind, params, pointers):
    assert [pointer for pointer, _ in faults(kind, params)] == pointers


def test_messages_are_sentences_without_the_validators_words():
    ((_, message),) = faults("flow.merge", {"mode": "key"})

    assert message == "Name at least one key field."
