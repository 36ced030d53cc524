"""The NodeSpec: what editor and documentation read of a node."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator
from pydantic import Field

from headrace.catalog.queries import catalog, catalog_json, documentation, spec
from headrace.catalog.specification import defaults
from headrace_sdk.forms import Params

KEYS = {
    "type",
    "version",
    "title",
    "description",
    "category",
    "icon",
    "synonyms",
    "kind",
    "effect",
    "attachable",
    "inputs",
    "outputs",
    "params",
    "defaults",
    "credentials",
    "settings_defaults",
    "documentation",
    "examples",
    "output_schema",
    "package",
}
ALL = [node.type for node in catalog().nodes]


@pytest.mark.parametrize("kind", ALL)
def test_every_spec_has_exactly_the_agreed_keys(kind):
    found = spec(kind)

    assert found.keys() - {"x-ports", "polls"} == KEYS
    assert json.loads(json.dumps(found)) == found
    assert found["description"].endswith(".")


@pytest.mark.parametrize("kind", ALL)
def test_the_defaults_of_every_node_and_the_params_of_every_example_fit_its_schema(kind):
    found = spec(kind)
    required = found["params"].get("required", [])
    validator = Draft202012Validator({**found["params"], "required": []})

    assert validator.is_valid(found["defaults"])
    assert not set(required) & found["defaults"].keys()
    for example in found["examples"]:
        assert Draft202012Validator(found["params"]).is_valid(example["params"])


def test_a_form_is_asked_for_its_defaults_once_and_each_caller_has_values_of_its_own():
    asked = []

    class Form(Params):
        rows: list[str] = Field(default_factory=lambda: asked.append("rows") or ["a"])

    defaults(Form)["rows"].append("b")

    assert defaults(Form) == {"rows": ["a"]}
    assert asked == ["rows"]


def test_a_spec_in_full():
    found = spec("flow.switch")

    assert found["kind"] == "flow"
    assert found["inputs"] == [{"id": "main", "label": "In", "kind": "main"}]
    assert found["x-ports"] == {"outputs": {"from": "cases[].name", "plus": ["else"]}}
    assert found["params"]["properties"]["cases"]["x-ui"] == {
        "widget": "list",
        "add": "Add case",
        "expression": False,
    }
    assert found["examples"][1]["output"] == {"else": [{"json": {"region": "asia"}}]}
    assert found["settings_defaults"]["on_crash"] == "retry"


def test_kinds_and_credentials():
    webhook, request = spec("triggers.webhook"), spec("web.http_request")

    assert (webhook["kind"], webhook["inputs"]) == ("trigger", [])
    assert request["kind"] == "action"
    assert webhook["credentials"][0] == {
        "slot": "auth",
        "types": ["http_basic"],
        "required": True,
        "show_if": {"field": "auth", "in": ["basic"]},
    }
    assert request["credentials"][0]["show_if"] is None


def test_merge_gives_its_examples_by_input():
    example = spec("flow.merge")["examples"][0]

    assert example["items"] == []
    assert example["inputs"] == {"1": [{"json": {"id": 1}}], "2": [{"json": {"id": 2}}]}


def test_the_catalogue_is_the_same_each_time_and_lists_each_category_once():
    found = catalog_json()

    assert json.dumps(found) == json.dumps(catalog_json())
    assert [category["id"] for category in found["categories"]][:4] == [
        "trigger",
        "flow",
        "data",
        "web",
    ]
    assert {node["category"] for node in found["nodes"]} == {c["id"] for c in found["categories"]}


def test_there_is_a_page_for_each_node():
    pages = documentation()

    page = pages["triggers.webhook.md"]
    assert pages.keys() == {f"{kind}.md" for kind in ALL}
    assert page.startswith("# Webhook\n")
    assert "| Path | `path` |  | Behind /webhook/." in page
    assert "- `auth`: `http_hmac` when `auth` is hmac" in page
    assert "## Example: Orders by POST" in page
