"""Groups of a document: nothing but drawing, and still checked."""

from __future__ import annotations

import pytest

from tests.unit.engine.drawing import draw

GROUP = {"id": "g1", "title": "Fetch", "color": "violet", "nodes": ["t", "a"], "collapsed": False}


def found(*groups):
    drawing = draw("t > a")
    drawing.document["groups"] = list(groups)
    return [(p.code, p.path, p.severity) for p in drawing.problems()]


def test_a_group_around_nodes_that_are_there_is_right():
    assert found(GROUP) == []


@pytest.mark.parametrize(
    ("group", "path"),
    [
        ("no object", "/groups/0"),
        ({**GROUP, "nodes": "t"}, "/groups/0/nodes"),
        ({**GROUP, "collapsed": "yes"}, "/groups/0/collapsed"),
        ({key: value for key, value in GROUP.items() if key != "title"}, "/groups/0/title"),
    ],
)
def test_a_group_of_another_form_is_refused_at_the_field(group, path):
    assert found(group) == [("invalid_format", path, "error")]


def test_a_member_that_is_gone_is_a_warning():
    assert found({**GROUP, "nodes": ["t", "gone"]}) == [
        ("unknown_member", "/groups/0/nodes", "warning")
    ]


def test_a_node_in_two_groups_is_a_warning_and_an_id_twice_is_refused():
    assert found(GROUP, {**GROUP, "nodes": ["a"]}) == [
        ("duplicate_id", "/groups/1/id", "error"),
        ("shared_member", "/groups/1/nodes", "warning"),
    ]
