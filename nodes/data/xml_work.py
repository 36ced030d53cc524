"""XML as JSON values: `@name` for attributes, `#text` beside children, lists where repeated."""

from __future__ import annotations

import re
from typing import Any, Final
from xml.parsers import expat

from lxml import etree

from headrace_sdk.items import JsonObject, JsonValue

MAX_DEPTH: Final = 60
_NAME: Final = re.compile(r"[^\W\d][\w.\-]{0,200}")
_NOT_IN_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _Reader:
    """Builds the value while expat reads."""

    def __init__(self) -> None:
        self._stack: list[JsonObject] = [{}]
        self._texts: list[list[str]] = [[]]

    @property
    def root(self) -> JsonObject:
        return self._stack[0]

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._stack) > MAX_DEPTH:
            message = f"elements are nested more than {MAX_DEPTH} deep"
            raise ValueError(message)
        self._stack.append({f"@{key}": value for key, value in attributes.items()})
        self._texts.append([])

    def characters(self, data: str) -> None:
        self._texts[-1].append(data)

    def end(self, name: str) -> None:
        element, text = self._stack.pop(), "".join(self._texts.pop()).strip()
        if element and text:
            element["#text"] = text
        value: JsonValue = element or text
        parent = self._stack[-1]
        known = parent.get(name)
        if name not in parent:
            parent[name] = value
        elif isinstance(known, list):
            known.append(value)
        else:
            parent[name] = [known, value]


def _no_doctype(*_: object) -> None:
    # With document types come entities, and with them bombs and reading of files (CWE-776, 611).
    message = "a document type (DOCTYPE) is not allowed"
    raise ValueError(message)


def from_xml(text: str) -> JsonValue:
    """An object with the root element in it.

    Raises:
        ValueError: not well-formed, nested too deep, or with a document type.
    """
    reader, parser = _Reader(), expat.ParserCreate()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    parser.StartDoctypeDeclHandler = _no_doctype
    try:
        parser.Parse(text.encode(), True)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from None
    return reader.root


def to_xml(value: JsonValue) -> JsonValue:
    """The reverse; an object with one field has its root in it, all else gets one.

    Raises:
        ValueError: a field's name cannot be that of an element.
    """
    if not isinstance(value, dict) or len(value) != 1 or _is_list(value):
        value = {"root": value}
    ((name, content),) = value.items()
    text = etree.tostring(_element(name, content), encoding="unicode", pretty_print=True)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'


def _element(name: str, value: JsonValue) -> Any:
    if not _NAME.fullmatch(name):
        message = f"{name[:60]!r} is no name of an XML element; rename the field before"
        raise ValueError(message)
    element = etree.Element(name)
    if not isinstance(value, dict):
        if isinstance(value, list):
            element.extend([_element("item", one) for one in value])
        else:
            element.text = _text(value)
        return element
    for key, part in value.items():
        if key.startswith("@"):
            element.set(key[1:], _text(part))
        elif key == "#text":
            element.text = _text(part)
        else:
            parts = part if isinstance(part, list) else [part]
            element.extend([_element(key, one) for one in parts])
    return element


def _text(value: JsonValue) -> str:
    if value is None:
        return ""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return _NOT_IN_XML.sub("\ufffd", text)


def _is_list(value: JsonObject) -> bool:
    """Is what its one field holds a list, which cannot be a root?"""
    return isinstance(next(iter(value.values())), list)
