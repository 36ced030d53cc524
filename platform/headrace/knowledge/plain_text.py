"""Files that are a text already, and what holds for the text of any file."""

from __future__ import annotations

from typing import Final

from headrace_sdk.errors import UserError

PAGE: Final = "\f"
"""Stands between the pages of a PDF."""


def read_plain(content: bytes, limit: int) -> str:
    """The text of a file that is one; `limit` in characters.

    Raises:
        UserError: it has no text, or too much.
    """
    return checked(decoded(content).replace(PAGE, "\n\n"), limit)


def checked(text: str, limit: int) -> str:
    """A text as it is kept.

    Raises:
        UserError: as above.
    """
    text = text.replace("\0", "\ufffd").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        message = "The file has no text. Pictures of text (scans) are not read."
        raise UserError(message, code="no_text")
    if len(text) > limit:
        message = f"The file has more than {limit:,} characters. Give it in parts."
        raise UserError(message, code="document_too_long")
    return text


def decoded(content: bytes) -> str:
    """Text in UTF-8, UTF-16 with its mark, or else Windows-1252."""
    marked = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    for charset in ("utf-8-sig", marked):
        try:
            return content.decode(charset)
        except UnicodeDecodeError:
            continue
    return content.decode("cp1252", errors="replace")
