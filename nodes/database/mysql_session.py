"""One run's connection to a MySQL or MariaDB server, through the guarded way out."""

from __future__ import annotations

import asyncio
import re
import socket
import ssl
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any, Final, Self, TypeVar

import pymysql
from pymysql.cursors import SSCursor

from headrace_sdk import Credential, JsonObject, JsonValue, Net, UserError
from headrace_sdk.net import open_socket
from headrace_sdk.sql import Answer, Request
from headrace_sdk.strict_json import dumps
from nodes.database.cells import plain
from nodes.database.mysql_errors import is_lost, of_connecting, of_statement
from nodes.database.statements import Dialect

CONNECT_LIMIT_S: Final = 15.0
_COLUMNS: Final = (
    "select column_name, data_type from information_schema.columns "
    "where table_schema = coalesce(%s, database()) and table_name = %s"
)
_PARTS: Final = re.compile(
    r"""'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"|`(?:[^`]|``)*`"""
    r"""|--[ \t][^\n]*|\#[^\n]*|/\*.*?\*/|\?|%""",
    re.DOTALL,
)
_BROKEN: Final = (pymysql.Error, OSError)
Result = TypeVar("Result")


def upsert_by_duplicate(match: Sequence[str], columns: Sequence[str]) -> str:
    """As MySQL says it: by whatever unique index there is."""
    del match
    sets = ", ".join(f"{column} = values({column})" for column in columns)
    return f" on duplicate key update {sets}"


DIALECT: Final = Dialect(
    quote="`",
    placeholder=lambda _: "?",
    same="<=>",
    returning="",
    on_conflict=upsert_by_duplicate,
)


class MySqlSession:
    """Implements `Session`. Connects at the first transaction, and again when that was lost.

    The client library waits in threads of its own; if the step is cancelled, its socket is closed.
    """

    dialect = DIALECT

    def __init__(self, net: Net, credential: Credential) -> None:
        self._net = net
        self._credential = credential
        self._connection: Any = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *error: object) -> None:
        self._drop()

    @asynccontextmanager
    async def transaction(self, *, writes: bool, timeout_s: float) -> AsyncIterator[None]:
        """See `Session.transaction`."""
        await self._connect(timeout_s)
        is_committing = is_done = False
        try:
            access = "write" if writes else "only"
            await self._tell(f"start transaction read {access}")
            yield
            is_committing = writes
            await self._tell("commit")
            is_done = True
        except _BROKEN as error:
            raise of_statement(error, is_unsure=is_committing) from None
        finally:
            if not is_done:
                await self._undo()

    async def ask(self, request: Request) -> Answer:
        """See `Session.ask`."""
        text, count = written(request.text)
        if count != len(request.values):
            message = f"There are {count} placeholders (?) and {len(request.values)} values."
            raise UserError(message, field="values", code="value_refused")
        values = [_adapted(value) for value in request.values]
        try:
            return await self._threaded(lambda: self._read(request, text, values))
        except _BROKEN as error:
            if is_lost(error):
                self._drop()
            # What defines tables commits by itself.
            raise of_statement(error, is_unsure=request.writes) from None

    async def columns(self, table: str) -> Mapping[str, str]:
        """See `Session.columns`."""
        parts = [part.strip() for part in table.split(".")]
        schema = parts[0] if len(parts) > 1 else None

        def read() -> Mapping[str, str]:
            with self._connection.cursor() as cursor:
                cursor.execute(_COLUMNS, (schema, parts[-1]))
                return {str(name): str(kind) for name, kind in cursor.fetchall()}

        try:
            found = await self._threaded(read)
        except _BROKEN as error:
            raise of_statement(error) from None
        if not found:
            message = f'There is no table "{table}" that this user can see. Check its database too.'
            raise UserError(message, field="table", code="no_table")
        return found

    def _read(self, request: Request, text: str, values: Sequence[object]) -> Answer:
        """Row by row, so that a result of any size takes no memory."""
        cursor = self._connection.cursor(SSCursor)
        affected = cursor.execute(text, tuple(values))
        if cursor.description is None:
            cursor.close()
            return Answer(affected=max(0, affected))
        names = [column[0] for column in cursor.description]
        rows: list[JsonObject] = []
        answer, end = Answer(rows), request.skip + request.limit
        for seen, row in enumerate(iter(cursor.fetchone, None), 1):
            if seen > end:
                answer.is_cut = True
                break
            if seen > request.skip:
                cells = zip(names, row, strict=True)
                rows.append({name: plain(value) for name, value in cells})
        # What is beyond the limit is read and forgotten: the connection is of use only after it.
        cursor.close()
        return answer

    async def _connect(self, timeout_s: float) -> None:
        if self._connection is not None and self._connection.open:
            return
        values = self._credential.values
        host, port = values["host"], int(values["port"])
        opened = await open_socket(self._net, host, port, CONNECT_LIMIT_S)
        opened.setblocking(True)
        connection = pymysql.Connection(
            host=host,
            port=port,
            user=values["user"],
            password=self._credential.secrets["password"].reveal(),
            database=values["database"],
            charset="utf8mb4",
            connect_timeout=CONNECT_LIMIT_S,
            read_timeout=timeout_s,
            write_timeout=timeout_s,
            local_infile=False,
            program_name="Headrace workflow",
            **_tls(values["tls"]),
            defer_connect=True,
        )
        self._connection = connection
        try:
            await self._threaded(lambda: connection.connect(opened))
        except (*_BROKEN, ValueError, RuntimeError) as error:
            self._drop()
            opened.close()
            raise of_connecting(error, f"{host}:{port}") from None

    async def _undo(self) -> None:
        """Undo what was not committed. A connection that cannot even do that is given up."""
        if self._connection is None:
            return
        try:
            await self._tell("rollback")
        except _BROKEN:
            self._drop()

    async def _tell(self, text: str) -> None:
        await self._threaded(lambda: self._connection.query(text))

    async def _threaded(self, act: Callable[[], Result]) -> Result:
        """Wait in a thread; when the step is cancelled, wake it by closing its socket."""
        work = asyncio.ensure_future(asyncio.to_thread(act))
        try:
            return await asyncio.shield(work)
        except asyncio.CancelledError:
            self._drop()
            with suppress(Exception):
                await work
            raise

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        opened = getattr(connection, "_sock", None)
        if opened is None:
            return
        with suppress(OSError):
            opened.shutdown(socket.SHUT_RDWR)
        connection._force_close()


def written(text: str) -> tuple[str, int]:
    """A statement in the library's form, `%s` for each `?` outside of texts and comments.

    Also how many there are.
    """
    count = 0

    def one(found: re.Match[str]) -> str:
        nonlocal count
        if found[0] == "?":
            count += 1
            return "%s"
        return found[0].replace("%", "%%")

    return _PARTS.sub(one, text), count


def _tls(wanted: str) -> Mapping[str, Any]:
    if wanted.lower() in ("false", "0", "no", "off", ""):
        return {"ssl_disabled": True}
    return {"ssl": ssl.create_default_context()}


def _adapted(value: JsonValue) -> object:
    """Objects and lists are stored as JSON texts."""
    return dumps(value).decode() if isinstance(value, dict | list) else value
