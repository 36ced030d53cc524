"""The reference that the editor shows is the language that runs."""

from __future__ import annotations

import json

import pytest

from headrace.expressions import Scope, compile_value, reference
from headrace.expressions.library.sandboxed import SANDBOXED
from headrace.expressions.scope import ItemsView, NodeView
from headrace_sdk.items import Item

ENTRIES = reference()


QUICK = [entry for entry in ENTRIES if entry["example"] not in {one.example for one in SANDBOXED}]


@pytest.mark.parametrize("entry", QUICK, ids=lambda entry: f"{entry['owner']} {entry['signature']}")
def test_every_example_runs(entry, scope: Scope):
    scope.json, scope.input = {"a": 1}, ItemsView([Item({"a": 1})])
    scope.node = {"Name": NodeView([Item({"a": 1})])}.get
    example = entry["example"] + (".all()" if entry["example"] == "$input" else "")

    compile_value({"=": "{{ " + example + " }}"}).evaluate(scope)

    assert entry["help"].endswith((".", "?"))


def test_the_reference_is_json_and_names_nothing_twice():
    names = [(entry["kind"], entry["owner"], entry["name"]) for entry in ENTRIES]

    assert json.loads(json.dumps(ENTRIES)) == ENTRIES
    assert len(set(names)) == len(names) > 150
