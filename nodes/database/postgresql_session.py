"""One run's connection to a PostgreSQL server, through the guarded way out."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final, Self

import psycopg
from psycopg import AsyncConnection, AsyncRawCursor
from psycopg.rows import dict_row
from psycopg.types.json import Json

from headrace_sdk import Credential, JsonObject, JsonValue, Net, UserError
from headrace_sdk.net import reaching
from headrace_sdk.sql import Answer, Request
from headrace_sdk.strict_json import dumps
from nodes.database.cells import plain
from nodes.database.postgresql_errors import of_connecting, of_statement
from nodes.database.statements import READING, Dialect, first_word, upsert_by_conflict

CONNECT_LIMIT_S: Final = 15
_IDENTITY: Final = b"select system_identifier::text from pg_catalog.pg_control_system()"
_COLUMNS: Final = b"""
select attname, atttypid::regtype::text from pg_attribute
where attrelid = to_regclass($1) and attnum > 0 and not attisdropped"""

DIALECT: Final = Dialect(
    quote='"',
    placeholder=lambda place: f"${place}",
    same="is not distinct from",
    returning=" returning *",
    on_conflict=upsert_by_conflict,
)


class PostgreSqlSession:
    """Implements `Session`. Connects at the first transaction, and again when that was lost."""

    dialect = DIALECT

    def __init__(self, net: Net, credential: Credential) -> None:
        self._net = net
        self._credential = credential
        self._connection: AsyncConnection[Any] | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *error: object) -> None:
        if self._connection is not None:
            await self._connection.close()

    @asynccontextmanager
    async def transaction(self, *, writes: bool, timeout_s: float) -> AsyncIterator[None]:
        """See `Session.transaction`."""
        connection = await self._connected()
        is_committing = False
        try:
            access = b"write" if writes else b"only"
            limit = str(int(timeout_s * 1000)).encode()
            await connection.execute(b"begin read " + access)
            await connection.execute(b"set local statement_timeout = " + limit)
            yield
            is_committing = True
            await connection.execute(b"commit")
        except psycopg.Error as error:
            raise of_statement(error, is_committing=is_committing) from None
        finally:
            await self._cleaned(connection)

    async def ask(self, request: Request) -> Answer:
        """See `Session.ask`."""
        kinds = request.kinds
        if kinds:
            values = [_adapted(*pair) for pair in zip(request.values, kinds, strict=True)]
        else:
            values = [_free(value) for value in request.values]
        word = first_word(request.text)
        if word == "copy":
            message = "COPY needs a connection of its own. Select or insert rows instead."
            raise UserError(message, field="sql", code="sql_refused")
        try:
            if kinds or word in READING:
                return await self._streamed(request, values)
            return await self._executed(request, values)
        except psycopg.Error as error:
            raise of_statement(error) from None

    async def columns(self, table: str) -> Mapping[str, str]:
        """See `Session.columns`."""
        cursor: AsyncRawCursor[Any] = AsyncRawCursor(self._open)
        try:
            await cursor.execute(_COLUMNS, [DIALECT.table(table)])
            found = dict(await cursor.fetchall())
        except psycopg.Error as error:
            raise of_statement(error) from None
        if not found:
            message = f'There is no table "{table}" that this user can see. Check its schema too.'
            raise UserError(message, field="table", code="no_table")
        return found

    @property
    def _open(self) -> AsyncConnection[Any]:
        if self._connection is None:
            message = "Ask within a transaction."
            raise RuntimeError(message)
        return self._connection

    async def _streamed(self, request: Request, values: Sequence[object]) -> Answer:
        """Row by row, so that a result of any size takes no memory; one statement only."""
        cursor = AsyncRawCursor(self._open, row_factory=dict_row)
        rows: list[JsonObject] = []
        answer, seen, end = Answer(rows), 0, request.skip + request.limit
        stream = cursor.stream(request.text.encode(), values)
        try:
            async for row in stream:
                seen += 1
                if request.skip < seen <= end:
                    rows.append({name: plain(value) for name, value in row.items()})
                elif seen > end:
                    answer.is_cut = True
                    if not request.writes:
                        break
        except psycopg.ProgrammingError as error:
            if error.sqlstate is not None or seen:
                raise
            return Answer()
        finally:
            await stream.aclose()  # type: ignore[attr-defined]
        return answer

    async def _executed(self, request: Request, values: Sequence[object]) -> Answer:
        """What changes things. In a pipeline a text is one statement, as with values."""
        connection = self._open
        cursor = AsyncRawCursor(connection, row_factory=dict_row)
        async with connection.pipeline():
            await cursor.execute(request.text.encode(), values)
        if cursor.description is None:
            return Answer(affected=max(0, cursor.rowcount))
        found = await cursor.fetchmany(request.limit)
        rows = [{name: plain(value) for name, value in row.items()} for row in found]
        return Answer(rows=rows, is_cut=cursor.rowcount > len(rows))

    async def _connected(self) -> AsyncConnection[Any]:
        if self._connection is not None and not self._connection.closed:
            return self._connection
        values = self._credential.values
        host, port = values["host"], int(values["port"])
        address = await self._net.pin(host, port)
        try:
            async with reaching(host, port, CONNECT_LIMIT_S):
                connection = await AsyncConnection.connect(
                    host=host,
                    hostaddr=address,
                    port=port,
                    dbname=values["database"],
                    user=values["user"],
                    password=self._credential.secrets["password"].reveal(),
                    sslmode=values["tls"],
                    sslrootcert="system" if values["tls"] == "verify-full" else None,
                    gssencmode="disable",
                    application_name="Headrace workflow",
                    connect_timeout=CONNECT_LIMIT_S,
                    autocommit=True,
                    prepare_threshold=None,
                )
                self._connection = await self._introduced(connection)
        except psycopg.Error as error:
            raise of_connecting(error, f"{host}:{port}") from None
        return self._connection

    async def _introduced(self, connection: AsyncConnection[Any]) -> AsyncConnection[Any]:
        """Have the server name itself; ours tells everybody."""
        try:
            cursor = await connection.execute(_IDENTITY)
            (identity,) = await cursor.fetchone() or ("",)
            await self._net.meet("postgresql", str(identity))
        except (psycopg.ProgrammingError, psycopg.NotSupportedError):
            # No PostgreSQL, or a user from whom the right to ask was taken.
            return connection
        except BaseException:
            await connection.close()
            raise
        return connection

    async def _cleaned(self, connection: AsyncConnection[Any]) -> None:
        """Undo what was not committed. A connection that cannot even do that is given up."""
        if connection.info.transaction_status == psycopg.pq.TransactionStatus.IDLE:
            return
        try:
            await connection.execute(b"rollback")
        except psycopg.Error:
            await connection.close()


def _free(value: JsonValue) -> object:
    """The value of a placeholder: a list of plain values is an array, anything deeper is JSON."""
    if isinstance(value, dict):
        return _json(value)
    if isinstance(value, list) and any(isinstance(one, dict | list) for one in value):
        return _json(value)
    return value


def _adapted(value: JsonValue, kind: str) -> object:
    """The value of a column; texts and numbers are read by the server, as the column is."""
    if kind in ("json", "jsonb"):
        return None if value is None else _json(value)
    if isinstance(value, dict):
        return dumps(value).decode()
    if isinstance(value, list):
        return value if kind.endswith("[]") else dumps(value).decode()
    return value if value is None or isinstance(value, str) else dumps(value).decode()


def _json(value: JsonValue) -> Json:
    return Json(value, dumps=lambda given: dumps(given).decode())
