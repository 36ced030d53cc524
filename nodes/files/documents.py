"""What stands in office documents and PDFs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any, Final

from lxml import etree
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from pypdf import PdfReader
from pypdf.errors import PyPdfError

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
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    except (InvalidFileException, SyntaxError, TypeError, AttributeError) as error:
        raise NotThatKind(str(error)) from None
    if sheet and sheet not in book.sheetnames:
        message = f"it has no sheet {sheet[:60]!r}, but {', '.join(book.sheetnames)[:200]}"
        raise NotThatKind(message)
    chosen = book[sheet] if sheet else book.worksheets[0]
    yield from chosen.iter_rows(values_only=True)


def pages_of_pdf(content: bytes) -> Iterator[str]:
    """The text of each page; a scan without text gives empty ones."""
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            message = "it is protected by a password"
            raise NotThatKind(message)
        if len(reader.pages) > MAX_PAGES:
            message = f"it has more than {MAX_PAGES} pages"
            raise NotThatKind(message)
        for page in reader.pages:
            yield page.extract_text().replace("\0", "")
    except (PyPdfError, TypeError, AttributeError, OSError) as error:
        message = str(error) or "it is damaged"
        raise NotThatKind(message) from None


def paragraphs_of_docx(content: bytes) -> Iterator[str]:
    """The paragraphs in their order, those of tables among them."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(_checked_zip(content).read("word/document.xml"), parser)
    except (etree.XMLSyntaxError, KeyError):
        message = "it holds no Word document"
        raise NotThatKind(message) from None
    if root.getroottree().docinfo.doctype:
        message = "a document type (DOCTYPE) is not allowed"
        raise NotThatKind(message)
    for paragraph in root.iter(f"{_WORD}p"):
        yield "".join(_run(part) for part in paragraph.iter())


def _run(part: Any) -> str:
    fixed = {f"{_WORD}tab": "\t", f"{_WORD}br": "\n"}.get(part.tag)
    return fixed or (part.text or "" if part.tag == f"{_WORD}t" else "")
