"""Which files can be read, by their names and types."""

from __future__ import annotations

from typing import Final

KINDS: Final = ("text", "markdown", "html", "pdf", "docx", "csv")
NO_PARSER: Final = ("text", "markdown")
"""They are decoded and no more, which needs no parser and no process of its own."""

BY_ENDING: Final = {
    "txt": "text",
    "log": "text",
    "md": "markdown",
    "markdown": "markdown",
    "html": "html",
    "htm": "html",
    "pdf": "pdf",
    "docx": "docx",
    "csv": "csv",
    "tsv": "csv",
}
BY_MIME: Final = {
    "text/plain": "text",
    "text/markdown": "markdown",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "text/csv": "csv",
    "text/tab-separated-values": "csv",
}


def kind_of(name: str, mime: str) -> str | None:
    """The kind of a file by its name, else by its type; `None` if neither says one of ours."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    return BY_ENDING.get(ending) or BY_MIME.get(mime.partition(";")[0].strip().lower())
