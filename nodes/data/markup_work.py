"""XML, YAML, Markdown and HTML to and from JSON values, in the process that is made for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import yaml
from lxml import etree, html
from markdown_it import MarkdownIt

from headrace_sdk.errors import UserError
from headrace_sdk.html_to_markdown import markdown_of
from headrace_sdk.items import JsonValue
from headrace_sdk.strict_json import InvalidJson, check, check_depth
from nodes.data.xml_work import MAX_DEPTH, from_xml, to_xml

MAX_VALUES: Final = 1_000_000
"""Values that a YAML document may hold once its aliases are followed (billion laughs)."""


def convert(given: Any, content: bytes) -> tuple[JsonValue, bytes]:
    """`given` is `{"kind", "values": […]}`; each value converted."""
    change = _CHANGES[given["kind"]]
    return [_one(change, value, index) for index, value in enumerate(given["values"])], b""


def _one(change: Callable[[Any], JsonValue], value: JsonValue, index: int) -> JsonValue:
    try:
        found = change(value)
        check_depth(found)
        check(found)
    except UserError as error:
        error.item = index
        raise
    except (InvalidJson, ValueError, yaml.YAMLError, etree.LxmlError, RecursionError) as error:
        reason = " ".join(str(error).split())[:300]
        message = f"This cannot be converted: {reason}."
        raise UserError(message, field="source", code="conversion_failed", item=index) from None
    return found


class _Loader(yaml.SafeLoader):
    """YAML without dates, which JSON has not."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rules if tag != "tag:yaml.org,2002:timestamp"]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def from_yaml(text: str) -> JsonValue:
    """The one document; several become a list."""
    documents = list(yaml.load_all(text, _Loader))
    value = documents[0] if len(documents) == 1 else documents
    _count(value, [0], 0)
    return _plain(value)


def _count(value: Any, seen: list[int], depth: int) -> None:
    seen[0] += 1
    if seen[0] > MAX_VALUES or depth > MAX_DEPTH:
        message = "its aliases unfold to too many values, or it is nested too deep"
        raise ValueError(message)
    parts = value.values() if isinstance(value, dict) else value
    if isinstance(value, dict | list):
        for part in parts:
            _count(part, seen, depth + 1)


def _plain(value: Any) -> JsonValue:
    if isinstance(value, dict):
        return {_key(key): _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple | set):
        return [_plain(part) for part in value]
    if value is None or isinstance(value, str | int | float | bool):
        return value
    message = f"a {type(value).__name__} has no place in JSON"
    raise ValueError(message)


def _key(key: Any) -> str:
    return str(key).lower() if isinstance(key, bool) else "null" if key is None else str(key)


def to_yaml(value: JsonValue) -> JsonValue:
    """Readable YAML, fields in their order."""
    return str(yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=100))


def markdown_to_html(text: str) -> JsonValue:
    """CommonMark with tables; HTML in it is shown, not used."""
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    return str(parser.render(text))


def html_to_markdown(text: str) -> JsonValue:
    """What people read of a page."""
    if not text.strip():
        return ""
    return markdown_of(html.document_fromstring(text))


_CHANGES: Final[dict[str, Callable[[Any], JsonValue]]] = {
    "xml_to_json": from_xml,
    "json_to_xml": to_xml,
    "yaml_to_json": from_yaml,
    "json_to_yaml": to_yaml,
    "markdown_to_html": markdown_to_html,
    "html_to_markdown": html_to_markdown,
}
