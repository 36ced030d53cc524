"""A node's page for the user documentation, in Markdown, from its NodeSpec."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from headrace_sdk.items import JsonObject, JsonValue


def page(spec: JsonObject) -> str:
    """One page: what it does, its ports, parameters, credentials and examples."""
    return "\n".join(_lines(spec)).rstrip() + "\n"


def _lines(spec: dict[str, Any]) -> Iterator[str]:
    yield f"# {spec['title']}"
    yield ""
    package = spec["package"]["name"]
    yield f"`{spec['type']}` · version {spec['version']} · {spec['category']} · from {package}"
    yield ""
    yield spec["documentation"]
    yield from _ports(spec)
    yield from _parameters(spec)
    yield from _credentials(spec)
    yield from _examples(spec)


def _ports(spec: dict[str, Any]) -> Iterator[str]:
    yield from ("", "## Ports", "")
    for side in ("inputs", "outputs"):
        names = [f"{port['label']} (`{port['id']}`)" for port in spec[side]]
        rule = spec.get("x-ports", {}).get(side)
        if rule:
            names = [f"one for each `{rule['from']}`", *(f"`{name}`" for name in rule["plus"])]
        yield f"- {side.capitalize()}: {', '.join(names) or 'none'}"


def _parameters(spec: dict[str, Any]) -> Iterator[str]:
    fields = spec["params"].get("properties", {})
    if not fields:
        return
    yield from (
        "",
        "## Parameters",
        "",
        "| Parameter | Name | Default | |",
        "| --- | --- | --- | --- |",
    )
    for name, field in fields.items():
        default = _cell(spec["defaults"][name]) if name in spec["defaults"] else "required"
        words = " ".join(filter(None, [field.get("description"), _choices(field)]))
        yield f"| {field.get('title', name)} | `{name}` | {default} | {words} |"


def _choices(field: dict[str, Any]) -> str:
    """What each value means, in the order of the schema: `labels` are sorted by then."""
    labels = field.get("x-ui", {}).get("labels", {})
    values = field.get("enum") or field.get("items", {}).get("enum") or list(labels)
    meant = [(value, labels[value]) for value in values if labels.get(value, value) != value]
    return ", ".join(f"`{value}`: {label}" for value, label in meant)


def _credentials(spec: dict[str, Any]) -> Iterator[str]:
    if not spec["credentials"]:
        return
    yield from ("", "## Credentials", "")
    for slot in spec["credentials"]:
        kinds = " or ".join(f"`{kind}`" for kind in slot["types"])
        shown = slot["show_if"]
        when = f" when `{shown['field']}` is {', '.join(shown['in'])}" if shown else ""
        yield f"- `{slot['slot']}`: {kinds}{when}{'' if slot['required'] else ' (optional)'}"


def _examples(spec: dict[str, Any]) -> Iterator[str]:
    for example in spec["examples"]:
        given = (
            {"items": example["items"]} if example["items"] else {"inputs": example.get("inputs")}
        )
        shown = {"params": example["params"], **given, "output": example["output"]}
        yield from ("", f"## Example: {example['title']}", "", "```json")
        yield json.dumps(
            {key: value for key, value in shown.items() if value}, indent=2, ensure_ascii=False
        )
        yield "```"


def _cell(value: JsonValue) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return f"`{text}`".replace("|", "\\|") if text not in ('""', "[]", "{}", "null") else ""
