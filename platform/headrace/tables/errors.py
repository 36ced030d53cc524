"""What can go wrong with tables. Authors can mend all of it, in a form or in a workflow."""

from __future__ import annotations

from typing import Any

from headrace_sdk.errors import UserError


class TableError(UserError):
    """The base: an answer to a request, and the failure of a step."""

    status = 400


class TableNotFound(TableError):
    """There is no such table."""

    code = "table_not_found"
    status = 404

    def __init__(self, name: str = "") -> None:
        named = f"There is no table {name[:60]!r}." if name else "There is no such table."
        super().__init__(f"{named} Choose one that is listed under Tables.", field="table")


class RowNotFound(TableError):
    """There is no such row."""

    code = "row_not_found"
    status = 404

    def __init__(self) -> None:
        super().__init__("This table has no such row.")


class ColumnNotFound(TableError):
    """The path names a column that is gone."""

    code = "column_not_found"
    status = 404

    def __init__(self) -> None:
        super().__init__("This table has no such column.")


class UnknownColumn(TableError):
    """A row or a condition names a column that the table lacks."""

    code = "unknown_column"

    def __init__(self, table: str, name: str) -> None:
        message = f"The table {table!r} has no column {name[:60]!r}. Add it, or leave it out."
        super().__init__(message)


class NameTaken(TableError):
    """Names are unique."""

    code = "name_taken"
    status = 409
    path = "/name"

    def __init__(self, what: str, name: str) -> None:
        super().__init__(f"There is a {what} of the name {name!r} already. Choose another one.")


class BadName(TableError):
    """It cannot be the name of a table or column."""

    code = "bad_name"
    path = "/name"


class LimitReached(TableError):
    """The tenant or the table is full."""

    code = "table_limit"
    status = 409


class InvalidCell(TableError):
    """A value does not fit its column. `row` counts from 0."""

    code = "invalid_cell"

    def __init__(self, row: int, column: str, message: str) -> None:
        super().__init__(f"Row {row + 1}, column {column!r}: {message}", facts={"row": row})
        self.errors: list[dict[str, Any]] = [
            {"path": f"/rows/{row}/{column}", "message": message, "code": self.code}
        ]


class InvalidCondition(TableError):
    """A condition that cannot be asked of its column."""

    code = "invalid_condition"
    path = "/filter"


class InvalidImport(TableError):
    """The file cannot be taken in."""

    code = "invalid_import"
    path = "/file"
