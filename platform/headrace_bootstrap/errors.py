"""The one error that stops a command with a sentence instead of a traceback."""

from __future__ import annotations


class BootstrapError(Exception):
    """Says what is wrong and what to do; `code` is stable, `str()` is for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
