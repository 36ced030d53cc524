"""Statements on a SQLite database in memory, in the process that is made for it.

A stranger's file and an author's statement meet here, so that neither may reach a file: nothing
can be attached, no extension loaded, and of the pragmas only those that describe are allowed
(https://sqlite.org/security.html).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from headrace_sdk.errors import UserError
from headrace_sdk.items import JsonValue
from headrace_sdk.strict_json import dumps
from nodes.database.cells import plain
from nodes.database.statements import Dialect, upsert_by_conflict

MAX_COLUMNS: Final = 1_000
_WAL, _ROLLBACK = b"\x02\x02", b"\x01\x01"
_VERSIONS: Final = slice(18, 20)
_DESCRIBING: Final = frozenset(
    {
        *("table_info", "table_xinfo", "table_list", "index_list", "index_info"),
        *("foreign_key_list", "user_version", "encoding", "integrity_check"),
    }
)
_DIALECT: Final = Dialect('"', lambda _: "?", "is", " returning *", upsert_by_conflict)


def select(given: Any, content: bytes) -> tuple[JsonValue, bytes]:
    """The rows of a statement that changes nothing."""
    with _opened(content, reads_only=True) as database:
        cursor = database.execute(_statement(given), _values(given["values"]))
        names = [column[0] for column in cursor.description or ()]
        rows = cursor.fetchmany(given["limit"])
        return [dict(zip(names, map(plain, row), strict=True)) for row in rows], b""


def execute(given: Any, content: bytes) -> tuple[JsonValue, bytes]:
    """How many rows a statement was about, and the changed database."""
    with _opened(content) as database:
        cursor = database.execute(_statement(given), _values(given["values"]))
        cursor.fetchall()
        affected = max(0, cursor.rowcount)
        return {"affected": affected}, _closed(database)


def fill(given: Any, content: bytes) -> tuple[JsonValue, bytes]:
    """How many rows were inserted, and the changed database."""
    with _opened(content) as database:
        _put(database, given["table"], given["rows"])
        return len(given["rows"]), _closed(database)


def query(given: Any, content: bytes) -> tuple[JsonValue, bytes]:
    """The rows of a statement over `tables`, lists of objects by name; at most `limit` and one."""
    with _opened(content) as database:
        for table, rows in given["tables"].items():
            _put(database, table, rows)
        cursor = database.execute(_statement(given))
        if cursor.description is None:
            message = "Write a statement that gives rows, such as select * from input1."
            raise UserError(message, field="sql", code="no_rows")
        names = [column[0] for column in cursor.description]
        rows = cursor.fetchmany(given["limit"] + 1)
        return [dict(zip(names, map(plain, row), strict=True)) for row in rows], b""


def _put(database: sqlite3.Connection, name: str, rows: list[dict[str, JsonValue]]) -> None:
    """Insert rows into a table, which is made, and given the columns that it lacks."""
    table = _DIALECT.name(name)
    columns = list(dict.fromkeys(column for row in rows for column in row)) or ["id"]
    if len(columns) > MAX_COLUMNS:
        message = f"The items have more than {MAX_COLUMNS} different fields."
        raise UserError(message, code="too_many_columns")
    names = [_DIALECT.name(column) for column in columns]
    database.execute(f"create table if not exists {table} ({', '.join(names)})")
    has = {str(row[1]).lower() for row in database.execute(f"pragma table_info({table})")}
    for column, quoted in zip(columns, names, strict=True):
        if column.lower() not in has:
            database.execute(f"alter table {table} add column {quoted}")
    places = ", ".join("?" * len(names))
    insert = f"insert into {table} ({', '.join(names)}) values ({places})"  # noqa: S608 - quoted
    database.executemany(insert, [_values([row.get(one) for one in columns]) for row in rows])


@contextmanager
def _opened(content: bytes, *, reads_only: bool = False) -> Iterator[sqlite3.Connection]:
    database = sqlite3.connect(":memory:")
    try:
        if content:
            # What a write-ahead log had not brought into the file is not in the file.
            versions = content[_VERSIONS]
            plain_versions = _ROLLBACK if versions == _WAL else versions
            database.deserialize(content[:18] + plain_versions + content[20:])
        for pragma in ("trusted_schema = off", "cell_size_check = on", "temp_store = memory"):
            database.execute(f"pragma {pragma}")
        database.execute(f"pragma query_only = {'on' if reads_only else 'off'}")
        database.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        database.set_authorizer(_allowed)
        yield database
    except OverflowError:
        message = "SQLite keeps integers of 64 bits with a sign. Give larger ones as texts."
        raise UserError(message, field="values", code="value_refused") from None
    except (sqlite3.Error, sqlite3.Warning) as error:
        raise _refused(error) from None
    finally:
        database.close()


def _closed(database: sqlite3.Connection) -> bytes:
    database.commit()
    # To serialize, SQLite asks itself for the number of pages.
    database.set_authorizer(None)
    return database.serialize()


def _allowed(action: int, first: str | None, second: str | None, *_: object) -> int:
    if action in (sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH):
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_PRAGMA and (first or "").lower() not in _DESCRIBING:
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_FUNCTION and (second or "").lower() == "load_extension":
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK


def _statement(given: Any) -> str:
    text: str = given["sql"]
    if not text.strip():
        message = "Write the statement."
        raise UserError(message, field="sql", code="no_statement")
    return text


def _values(values: list[JsonValue]) -> list[Any]:
    """Lists and objects as JSON."""
    return [dumps(one).decode() if isinstance(one, dict | list) else one for one in values]


def _refused(error: Exception) -> UserError:
    told = str(error).rstrip(".")
    if "not a database" in told or "malformed" in told:
        message = f"This is no SQLite database that can be read: {told}."
        return UserError(message, field="file", code="unreadable_file")
    if "readonly" in told:
        message = "This statement changes something. Choose the operation Change with SQL."
        return UserError(message, field="operation", code="read_only")
    return UserError(f"SQLite refuses it: {told}.", field="sql", code="sql_refused")
