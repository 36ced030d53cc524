"""What can go wrong where workflows are put in order."""

from __future__ import annotations

from typing import ClassVar

from headrace_sdk.errors import HeadraceError


class FolderNotFound(HeadraceError):
    """There is no such folder here."""

    code = "folder_not_found"
    status: ClassVar[int] = 404

    def __init__(self) -> None:
        super().__init__("There is no such folder. It may have been deleted.")


class FolderRefused(HeadraceError):
    """It cannot be made, named or moved like that."""

    code = "folder_refused"
    status: ClassVar[int] = 409


class TagNotFound(HeadraceError):
    """There is no such tag here."""

    code = "tag_not_found"
    status: ClassVar[int] = 404

    def __init__(self) -> None:
        super().__init__("There is no such tag. It may have been deleted.")


class TagRefused(HeadraceError):
    """It cannot be made or named like that, or a workflow has enough of them."""

    code = "tag_refused"
    status: ClassVar[int] = 409


class ImportRefused(HeadraceError):
    """A file that holds no workflows."""

    code = "import_refused"
    status: ClassVar[int] = 422
