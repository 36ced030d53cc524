"""What can go wrong with a file."""

from __future__ import annotations

from headrace_sdk.errors import HeadraceError


class FileNotFound(HeadraceError):
    """No such file in this tenant, or the address that names it has expired."""

    code = "file_not_found"
    status = 404

    def __init__(self) -> None:
        super().__init__("There is no such file, or its address has expired.")


class FileTooLarge(HeadraceError):
    """The file is above the limit."""

    code = "file_too_large"
    status = 413

    def __init__(self, limit_bytes: int) -> None:
        super().__init__(
            f"Files may have at most {limit_bytes} bytes.", facts={"limit_bytes": limit_bytes}
        )


class FileMissing(HeadraceError):
    """An upload without a file."""

    code = "file_missing"
    status = 400
    path = "/file"

    def __init__(self) -> None:
        super().__init__("Send the file as the part `file` of a multipart form.")


class StorageFull(HeadraceError):
    """The disk of the file store has no room left."""

    code = "storage_full"
    status = 503

    def __init__(self) -> None:
        super().__init__("There is no room for files left. Nothing was kept; free some space.")
