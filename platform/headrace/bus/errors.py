"""What can go wrong with events, each with the code that interfaces key on."""

from __future__ import annotations

from headrace_sdk.errors import HeadraceError


class InvalidEvent(HeadraceError):
    """The event cannot be emitted; `path` says which field of the request is at fault."""

    code = "invalid_event"
    status = 422

    def __init__(self, message: str, path: str, code: str) -> None:
        super().__init__(message, code=code)
        self.errors = [{"path": path, "message": message}]
