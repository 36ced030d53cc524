"""Files as one text, in the process that is made for it (`headrace_sdk.apart`): no Django here.

What comes out is Markdown as far as the file says what is a heading; pages of a PDF are parted by
form feeds, and rows of a table are paragraphs of their own.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable
from typing import Any, Final

from lxml import etree, html

from headrace.knowledge.plain_text import PAGE, checked, decoded
from headrace_sdk.documents import NotThatKind, markdown_of_docx, pages_of_pdf
from headrace_sdk.errors import UserError
from headrace_sdk.html_to_markdown import markdown_of
from headrace_sdk.items import JsonValue

SEPARATORS: Final = ",;\t|"


def read(given: Any, content: bytes) -> tuple[JsonValue, bytes]:
    """`{"text"}` of a file; `given` is `{"kind", "limit"}`, a kind of `_READERS` and characters.

    Raises:
        UserError: it is not what it should be, has no text, or too much.
    """
    kind = given["kind"]
    try:
        text = _READERS[kind](content)
    except (NotThatKind, csv.Error, zipfile.BadZipFile, etree.LxmlError, ValueError) as error:
        reason = " ".join(str(error).split())[:300].rstrip(".")
        message = f"The file cannot be read as {kind.upper()}: {reason}."
        raise UserError(message, code="unreadable_document") from None
    except RecursionError:
        message = f"The file cannot be read as {kind.upper()}: it is nested too deep."
        raise UserError(message, code="unreadable_document") from None
    return {"text": checked(text, given["limit"])}, b""


def _html(content: bytes) -> str:
    if not content.strip():
        return ""
    # A declared encoding inside a string would be refused.
    return markdown_of(html.document_fromstring(decoded(content).encode(), parser=_parser()))


def _parser() -> Any:
    return html.HTMLParser(encoding="utf-8")


def _pdf(content: bytes) -> str:
    return PAGE.join(_unwrapped(page.replace(PAGE, " ")) for page in pages_of_pdf(content))


def _unwrapped(page: str) -> str:
    """Words that a line break has cut are joined again."""
    return re.sub(r"(\w)-\n(?=[a-z])", r"\1", page)


def _csv(content: bytes) -> str:
    text = decoded(content).replace("\0", "")
    csv.field_size_limit(1_000_000)
    first = text[:20_000].partition("\n")[0]
    separator = max(SEPARATORS, key=first.count)
    rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator) if row]
    if not rows:
        return ""
    names = [name.strip() or f"column {place}" for place, name in enumerate(rows[0], 1)]
    return "\n\n".join(_row(names, row) for row in rows[1:])


def _row(names: list[str], row: list[str]) -> str:
    cells = [" ".join(cell.split()) for cell in row]
    return "\n".join(f"{name}: {cell}" for name, cell in zip(names, cells, strict=False) if cell)


_READERS: Final[dict[str, Callable[[bytes], str]]] = {
    "html": _html,
    "pdf": _pdf,
    "docx": markdown_of_docx,
    "csv": _csv,
}
