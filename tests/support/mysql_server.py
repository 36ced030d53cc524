"""A server on this machine that speaks MySQL's protocol, with SQLite behind it."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from mysql_mimic import IdentityProvider, MysqlServer, NativePasswordAuthPlugin, Session, User
from mysql_mimic.errors import ErrorCode, MysqlError
from sqlglot import expressions as exp
from sqlglot.errors import ParseError

USER = "flow"
PASSWORD = "canary-my-31"
WRITES = (exp.Insert, exp.Update, exp.Delete, exp.Create, exp.Drop)


@dataclass
class Database:
    """What is behind it. `heard` are the statements, `fails` the numbers of errors by beginnings."""

    port: int = 0
    heard: list[str] = field(default_factory=list)
    fails: dict[str, int] = field(default_factory=dict)
    kept: sqlite3.Connection = field(
        default_factory=lambda: sqlite3.connect(
            ":memory:", check_same_thread=False, isolation_level=None
        )
    )

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """What is in it."""
        return self.kept.execute(statement).fetchall()


class _Known(IdentityProvider):
    def get_plugins(self) -> Any:
        return [NativePasswordAuthPlugin()]

    async def get_user(self, username: str) -> User | None:
        if username != USER:
            return None
        hashed = NativePasswordAuthPlugin.create_auth_string(PASSWORD)
        return User(username, auth_string=hashed, auth_plugin=NativePasswordAuthPlugin.name)


class _Session(Session):
    def __init__(self, database: Database) -> None:
        super().__init__()
        self._behind = database
        self._is_open = self._is_read_only = False
        self.middlewares.insert(0, self._transactions)

    async def _transactions(self, query: Any) -> Any:
        text = query.sql.strip()
        self._behind.heard.append(text)
        for beginning, number in self._behind.fails.items():
            if text.lower().startswith(beginning):
                raise MysqlError("told to fail", code=_numbered(number))
        if text.lower().startswith("start transaction"):
            self._is_read_only = "read only" in text.lower()
            self._behind.kept.execute("begin")
            self._is_open = True
            return [], []
        if text.lower() in ("commit", "rollback"):
            self._end(text.lower())
            return [], []
        return await query.next()

    def _parse(self, sql: str) -> Any:
        # The grammar lacks its characteristics.
        plain = "begin" if sql.lower().startswith("start transaction") else sql
        try:
            return super()._parse(plain)
        except ParseError as error:
            raise MysqlError(str(error), _numbered(1064)) from None

    async def query(self, expression: Any, sql: str, attrs: dict[str, str]) -> Any:
        if isinstance(expression, WRITES) and self._is_read_only:
            raise MysqlError(
                "Cannot execute statement in a READ ONLY transaction.", _numbered(1792)
            )
        if "sleep(" in sql.lower():
            await asyncio.sleep(5)
        try:
            found = self._behind.kept.execute(expression.sql(dialect="sqlite"))
        except sqlite3.IntegrityError as error:
            raise MysqlError(str(error), _numbered(1062)) from None
        except sqlite3.Error as error:
            raise MysqlError(str(error), _numbered(1064)) from None
        names = [column[0] for column in found.description or ()]
        return found.fetchall(), names

    async def schema(self) -> Any:
        tables = self._behind.rows("select name from sqlite_master where type = 'table'")
        return {
            "shop": {
                name: {row[1]: row[2] for row in self._behind.rows(f"pragma table_info({name})")}
                for (name,) in tables
            }
        }

    async def close(self) -> None:
        self._end("rollback")
        await super().close()

    def _end(self, how: str) -> None:
        if self._is_open:
            self._behind.kept.execute(how)
            self._is_open = False


def _numbered(number: int) -> ErrorCode:
    """The library sends whatever number it is given."""
    made = int.__new__(ErrorCode, number)
    made._name_, made._value_ = f"TOLD_{number}", number
    return made


@contextmanager
def mysql_server() -> Iterator[Database]:
    """One at work."""
    database = Database()
    loop = asyncio.new_event_loop()
    server = MysqlServer(lambda: _Session(database), identity_provider=_Known())

    async def start() -> None:
        await server.start_server(host="127.0.0.1", port=0)
        listening: Any = server._server
        database.port = listening.sockets[0].getsockname()[1]

    async def stop() -> None:
        listening: Any = server._server
        listening.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    thread = threading.Thread(target=loop.run_forever, daemon=True)
    loop.run_until_complete(start())
    thread.start()
    try:
        yield database
    finally:
        asyncio.run_coroutine_threadsafe(stop(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
        database.kept.close()
