"""The MCP server of a PostgreSQL database: what there is in it, and questions that change nothing.

It connects as the node PostgreSQL does, so that what is refused there is refused here: internal
addresses, and the servers that this installation itself runs on.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, cast

from pydantic import Field, JsonValue

from headrace.catalog.queries import catalog
from headrace.egress.client import EgressClient
from headrace.egress.policy import EgressPolicy
from headrace.toolservers.offering import Desk, ToolServer, tool
from headrace_sdk.credentials import Credential, RequestAuth
from headrace_sdk.errors import UpstreamError, UserError
from headrace_sdk.sql import Connects, Request, SqlSession

NODE: Final = "database.postgresql"
TIMEOUT_S: Final = 20.0
MAX_ROWS: Final = 1_000
MAX_SQL: Final = 20_000

_SCHEMAS: Final = """
select nspname as schema from pg_catalog.pg_namespace
where nspname !~ '^pg_' and nspname <> 'information_schema' and has_schema_privilege(oid, 'usage')
order by 1"""
_TABLES: Final = """
select c.relname as name,
       case when c.relkind in ('v', 'm') then 'view' else 'table' end as kind,
       greatest(c.reltuples, 0)::bigint as about_rows, obj_description(c.oid) as comment
from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where n.nspname = $1 and c.relkind in ('r', 'p', 'v', 'm', 'f')
  and has_table_privilege(c.oid, 'select')
order by 1"""
_COLUMNS: Final = """
select a.attname as name, pg_catalog.format_type(a.atttypid, a.atttypmod) as type,
       not a.attnotnull as is_nullable, coalesce(i.indisprimary, false) as is_key,
       col_description(a.attrelid, a.attnum) as comment
from pg_catalog.pg_attribute a
join pg_catalog.pg_class c on c.oid = a.attrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
left join pg_catalog.pg_index i
  on i.indrelid = c.oid and i.indisprimary and a.attnum = any(i.indkey)
where n.nspname = $1 and c.relname = $2 and a.attnum > 0 and not a.attisdropped
  and has_table_privilege(c.oid, 'select')
order by a.attnum"""

Schema = Annotated[str, Field(max_length=200)]


class PostgreSql(ToolServer):
    """Each question is one statement in a transaction of its own that can only read."""

    title = "Headrace PostgreSQL"
    instructions = (
        "One PostgreSQL database, to be read. Look at schemas, tables and columns before you ask."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._session: SqlSession | None = None

    @tool("credential.use", reads=True)
    async def list_schemas(self) -> dict[str, Any]:
        """Lists the schemas that hold tables."""
        return await self._rows(_SCHEMAS, ())

    @tool("credential.use", reads=True)
    async def list_tables(self, schema: Schema = "public") -> dict[str, Any]:
        """Lists the tables and views of a schema, with about how many rows each has."""
        return await self._rows(_TABLES, (schema,))

    @tool("credential.use", reads=True)
    async def list_columns(self, table: Schema, schema: Schema = "public") -> dict[str, Any]:
        """Lists the columns of a table or view, with types, keys and comments."""
        return await self._rows(_COLUMNS, (schema, table))

    @tool("credential.use", reads=True)
    async def query(
        self,
        sql: Annotated[str, Field(max_length=MAX_SQL, description="With $1, $2 … for values.")],
        values: Annotated[list[JsonValue], Field(description="In the order of $1, $2 …")] = [],  # noqa: B006 - the library copies it
        limit: Annotated[int, Field(ge=1, le=MAX_ROWS, description="Rows at most.")] = 100,
    ) -> dict[str, Any]:
        """Asks one SQL statement. It can change nothing, and is stopped after 20 seconds.

        Where `is_cut` is true there are more rows: narrow the question, or count in SQL.
        """
        if not sql.strip():
            message = "Write the statement."
            raise UserError(message, field="sql", code="no_statement")
        return await self._rows(sql, values, limit)

    async def _rows(
        self, sql: str, values: tuple[str, ...] | list[Any], limit: int = MAX_ROWS
    ) -> dict[str, Any]:
        session = await self._connected()
        async with session.transaction(writes=False, timeout_s=TIMEOUT_S):
            answer = await session.ask(Request(sql, list(values), writes=False, limit=limit))
        return {"rows": answer.rows or [], "is_cut": answer.is_cut}

    async def _connected(self) -> SqlSession:
        if self._session is None:
            credential = self.desk.credential
            node = catalog().find(NODE)
            if credential is None or node is None:
                message = "There is no database to ask."
                raise UpstreamError(message, sent="no", code="no_database", retryable=False)
            client = EgressClient(EgressPolicy.from_settings(), _nowhere)
            self.desk.ends.push_async_callback(client.close)
            connects = cast("Connects", cast("object", node))
            session = connects.session(client, credential)
            self._session = await self.desk.ends.enter_async_context(session)
        return self._session


def _nowhere(credential: Credential, auth: RequestAuth) -> None:
    """No request by HTTP is made here."""
    del credential, auth
