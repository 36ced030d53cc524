"""What stands in office documents and PDFs, for nodes and for the platform.

Import it only where strangers' files are read apart from everything else (`headrace_sdk.apart`).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from headrace_sdk.lazy import lazy_module

if TYPE_CHECKING:
    import openpyxl
    import openpyxl.utils.exceptions
    import pypdf
    import pypdf.errors
else:
    openpyxl, pypdf = lazy_module("openpyxl"), lazy_module("pypdf")

MAX_UNPACKED: Final = 256 * 1024 * 1024
MAX_ENTRIES: Final = 5_000
MAX_PAGES: Final = 2_000
_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class NotThatKind(Exception):
    """The file is not what it should be; the message says in what."""


def _checked_zip(content: bytes) -> zipfile.ZipFile:
    """The archive, provided that it is no bomb by what it says itself; zipfile holds it to that."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED or len(entries) > MAX_ENTRIES:
        message = f"it unpacks to more than {MAX_UNPACKED // 2**20} MiB or {MAX_ENTRIES} files"
        raise NotThatKind(message)
    return archive


def rows_of_xlsx(content: bytes, sheet: str) -> Iterator[Any]:
    """The values of one sheet, row by row; formulas give what was last computed."""
    _checked_zip(content)
    try:
        file = io.BytesIO(content)
        book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except (
        openpyxl.utils.exceptions.InvalidFileException,
        SyntaxError,
        TypeError,
        AttributeError,
    ) as error:
        raise NotThatKind(str(error)) from None
    if sheet and sheet not in book.sheetnames:
        message = f"it has no sheet {sheet[:60]!r}, but {', '.join(book.sheetnames)[:200]}"
        raise NotThatKind(message)
    chosen = book[sheet] if sheet else book.worksheets[0]
    yield from chosen.iter_rows(values_only=True)


def pages_of_pdf(content: bytes) -> Iterator[str]:
    """The text of each page; a scan without text gives empty ones."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            message = "it is protected by a password"
            raise NotThatKind(message)
        if len(reader.pages) > MAX_PAGES:
            message = f"it has more than {MAX_PAGES} pages"
            raise NotThatKind(message)
        for page in reader.pages:
            yield page.extract_text().replace("\0", "")
    except (pypdf.errors.PyPdfError, TypeError, AttributeError, OSError) as error:
        message = str(error) or "it is damaged"
        raise NotThatKind(message) from None


def paragraphs_of_docx(content: bytes) -> Iterator[str]:
    """The paragraphs in their order, those of tables among them."""
    for paragraph in _paragraphs(content):
        yield _text(paragraph)


def markdown_of_docx(content: bytes) -> str:
    """The paragraphs with a blank line between them, those in a style for headings marked so."""
    found = []
    for paragraph in _paragraphs(content):
        text = " ".join(_text(paragraph).split())
        level = _heading_level(paragraph)
        if text:
            found.append(f"{'#' * level} {text}" if level else text)
    return "\n\n".join(found)


def _heading_level(paragraph: Any) -> int:
    style = paragraph.find(f"{_WORD}pPr/{_WORD}pStyle")
    name = "" if style is None else style.get(f"{_WORD}val", "")
    if name.lower() == "title":
        return 1
    number = name.lower().replace(" ", "").removeprefix("heading")
    return min(int(number), 6) if number.isascii() and number.isdigit() and name != number else 0


def _paragraphs(content: bytes) -> Iterator[Any]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(_checked_zip(content).read("word/document.xml"), parser)
    except (etree.XMLSyntaxError, KeyError):
        message = "it holds no Word document"
        raise NotThatKind(message) from None
    if root.getroottree().docinfo.doctype:
        message = "a document type (DOCTYPE) is not allowed"
        raise NotThatKind(message)
    yield from root.iter(f"{_WORD}p")


def _text(paragraph: Any) -> str:
    return "".join(_run(part) for part in paragraph.iter())


def _run(part: Any) -> str:
    fixed = {f"{_WORD}tab": "\t", f"{_WORD}br": "\n"}.get(part.tag)
    return fixed or (part.text or "" if part.tag == f"{_WORD}t" else "")
