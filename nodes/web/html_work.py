"""Takes values out of HTML, in the process that is made for it."""

from __future__ import annotations

import re
from typing import Any, Final

from cssselect import SelectorError
from lxml import etree, html
from lxml.cssselect import CSSSelector

from headrace_sdk.errors import UserError
from headrace_sdk.items import JsonObject, JsonValue

MAX_FOUND: Final = 10_000
_BOILERPLATE: Final = (
    "script|style|noscript|template|nav|header|footer|aside|form|iframe|svg|button|dialog"
)
_CONTENT: Final = ("article", "main", "section", "div", "body")


def extract(given: Any, content: bytes) -> tuple[JsonValue, bytes]:
    """`given` is `{"pages": [[html, base address, rows]…]}`; per page the values, or null."""
    found: list[JsonValue] = []
    for index, (text, base, rows) in enumerate(given["pages"]):
        try:
            found.append(_page(text, base, rows))
        except UserError as error:
            error.item = index
            raise
    return found, b""


def _page(text: str, base: str, rows: list[Any]) -> JsonValue:
    if not text.strip():
        return None
    try:
        root = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))
    except etree.ParserError:
        # Nothing but a document type, say.
        return None
    except (etree.LxmlError, ValueError) as error:
        message = f"This is no HTML: {error}."
        raise UserError(message, field="source", code="no_html") from None
    if base:
        root.make_links_absolute(base, handle_failures="ignore")
    json: JsonObject = {}
    for number, row in enumerate(rows):
        json[row["name"]] = _values(root, row, number)
    return json if any(value not in (None, []) for value in json.values()) else None


def _values(root: Any, row: Any, number: int) -> JsonValue:
    if row["by"] == "article":
        return _value(_article(root), row)
    matched = _matched(root, row, number)
    if len(matched) > MAX_FOUND:
        message = f"{row['selector']!r} finds more than {MAX_FOUND} elements."
        raise UserError(message, field=f"values.{number}.selector", code="too_many_elements")
    if row["many"]:
        return [_value(one, row) for one in matched]
    return _value(matched[0], row) if matched else None


def _matched(root: Any, row: Any, number: int) -> list[Any]:
    selector = row["selector"]
    try:
        if row["by"] == "css":
            return list(CSSSelector(selector, translator="html")(root))
        # Without extension functions: EXSLT's regular expressions backtrack.
        found = etree.XPath(selector, regexp=False, smart_strings=False)(root)
    except (SelectorError, etree.XPathError, ValueError) as error:
        message = f"{selector[:100]!r} is no {row['by']} selector: {error}."
        raise UserError(message, field=f"values.{number}.selector", code="bad_selector") from None
    return found if isinstance(found, list) else [found]


def _value(found: Any, row: Any) -> JsonValue:
    if not isinstance(found, html.HtmlElement):
        return found if isinstance(found, int | float | bool) else str(found)
    match row["take"]:
        case "attribute":
            value = found.get(row["attribute"])
            return None if value is None else str(value)
        case "html":
            return str(html.tostring(found, encoding="unicode", with_tail=False))
        case _:
            return re.sub(r"\s+", " ", str(found.text_content())).strip()


def _article(root: Any) -> Any:
    """The element that holds most of the text in paragraphs, links not counted."""
    for element in list(root.iter(*_BOILERPLATE.split("|"))):
        if element.getparent() is not None:
            element.drop_tree()
    scores: dict[Any, float] = {}
    for paragraph in root.iter("p", "pre", "blockquote", "li"):
        linked = sum(len(link.text_content()) for link in paragraph.iter("a"))
        weight = len(paragraph.text_content()) - 2 * linked
        parent, share = paragraph.getparent(), 1.0
        while parent is not None and weight > 25 and share > 0.2:
            scores[parent] = scores.get(parent, 0.0) + weight * share
            parent, share = parent.getparent(), share / 2
    best = max(scores, key=lambda one: scores[one], default=None)
    if best is not None:
        return best
    return next((one for tag in _CONTENT for one in root.iter(tag)), root)
