"""Markdown for what people read of an HTML tree."""

from __future__ import annotations

import re
from typing import Any, Final

_HIDDEN: Final = frozenset(("script", "style", "head", "template", "noscript", "svg", "iframe"))
_MARKS: Final = {"strong": "**", "b": "**", "em": "*", "i": "*", "del": "~~", "s": "~~"}
_BLOCKS: Final = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "dd", "div", "dl", "dt", "fieldset"),
        *("figure", "footer", "form", "header", "html", "li", "main", "nav", "p", "section"),
        *("tbody", "td", "tfoot", "th", "thead", "tr", "h1", "h2", "h3", "h4", "h5", "h6"),
    )
)
MAX_DEPTH: Final = 200


def markdown_of(root: Any) -> str:
    """Headings, paragraphs, lists, quotes, code, links, images and tables; the rest as text."""
    text = _children(root, 0)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(map(str.rstrip, text.split("\n")))).strip()


def _children(element: Any, depth: int) -> str:
    if depth > MAX_DEPTH:
        message = f"elements are nested more than {MAX_DEPTH} deep"
        raise ValueError(message)
    parts = [_words(element.text)]
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _HIDDEN:
            parts.append(_element(child, depth + 1))
        parts.append(_words(child.tail))
    return "".join(parts)


def _words(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")


def _element(element: Any, depth: int) -> str:
    tag = element.tag
    fixed = {"br": "\n", "hr": "\n\n---\n\n"}.get(tag)
    if fixed:
        return fixed
    if tag == "img":
        return f"![{_words(element.get('alt'))}]({element.get('src', '')})"
    if tag == "pre":
        return f"\n\n```\n{element.text_content().strip()}\n```\n\n"
    if tag in ("table", "ul", "ol"):
        inner = _table(element, depth) if tag == "table" else _list(element, depth)
        return f"\n\n{inner}\n\n"
    return _inline_or_block(element, _children(element, depth), tag)


def _inline_or_block(element: Any, inner: str, tag: str) -> str:
    text = inner.strip()
    if re.fullmatch("h[1-6]", tag):
        return f"\n\n{'#' * int(tag[1])} {' '.join(text.split())}\n\n" if text else ""
    if tag == "blockquote":
        return "\n\n" + "\n".join(f"> {line}".rstrip() for line in text.split("\n")) + "\n\n"
    if tag in _BLOCKS:
        return f"\n\n{text}\n\n"
    return _inline(element, inner, tag) if text else inner


def _inline(element: Any, inner: str, tag: str) -> str:
    text = inner.strip()
    before = " " if inner[:1].isspace() else ""
    after = " " if inner[-1:].isspace() else ""
    if tag == "a" and element.get("href"):
        text = f"[{text}]({element.get('href')})"
    elif tag == "code":
        text = f"`{text}`"
    elif tag in _MARKS:
        text = f"{_MARKS[tag]}{text}{_MARKS[tag]}"
    return before + text + after


def _list(element: Any, depth: int) -> str:
    lines = []
    entries = [child for child in element if child.tag == "li"]
    for number, child in enumerate(entries, 1):
        mark = f"{number}. " if element.tag == "ol" else "- "
        text = re.sub(r"\n{2,}", "\n", _children(child, depth + 1).strip())
        lines.append(mark + text.replace("\n", "\n" + " " * len(mark)))
    return "\n".join(lines)


def _table(element: Any, depth: int) -> str:
    rows = [
        [
            " ".join(_children(cell, depth + 1).split()).replace("|", "\\|")
            for cell in row
            if cell.tag in ("td", "th")
        ]
        for row in element.iter("tr")
    ]
    rows = [row for row in rows if row]
    if not rows:
        return ""
    width = max(map(len, rows))
    lines = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in rows]
    return "\n".join([lines[0], f"|{' --- |' * width}", *lines[1:]])
