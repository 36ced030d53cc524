"""What a path in the files of a workspace may be: relative, plain, and the same for everybody."""

from __future__ import annotations

import unicodedata
from typing import Final

from headrace_sdk.errors import UserError

MAX_PATH: Final = 1_000
"""Characters of a whole path."""
MAX_NAME: Final = 255
"""Bytes of one name in UTF-8, as most file systems have it: what is kept here can be taken out."""
MAX_DEPTH: Final = 32
_UNSEEN: Final = frozenset(("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))


def file_path(given: str) -> str:
    """The path of a file in the one way it is kept.

    Raises:
        UserError: it is none, or it leads out of the workspace's files.
    """
    checked = folder_path(given)
    if not checked:
        raise _refused("Name a file, such as notes/today.md.")
    return checked


def folder_path(given: str) -> str:
    """The path of a folder; empty for the top one.

    Raises:
        UserError: see `file_path`.
    """
    path = unicodedata.normalize("NFC", given)
    if path in ("", "."):
        return ""
    if len(path) > MAX_PATH:
        raise _refused(f"A path may have {MAX_PATH} characters.")
    if path.startswith("/") or path[1:2] == ":":
        raise _refused("Paths begin at the top of the workspace's files, such as notes/today.md.")
    names = path.removesuffix("/").split("/")
    if len(names) > MAX_DEPTH:
        raise _refused(f"Folders may be {MAX_DEPTH} deep.")
    for name in names:
        _check(name)
    return "/".join(names)


def _check(name: str) -> None:
    if name in ("", ".", ".."):
        raise _refused("A path names each folder once: no empty parts, no . and no .. in it.")
    if "\\" in name or any(unicodedata.category(one) in _UNSEEN for one in name):
        raise _refused("Names hold no backslashes and no control or invisible characters.")
    if name != name.strip() or len(name.encode()) > MAX_NAME:
        raise _refused(f"A name has no space at its ends, and at most {MAX_NAME} bytes.")


def _refused(message: str) -> UserError:
    return UserError(message, field="path", code="invalid_path")
