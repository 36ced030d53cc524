"""How the items of a step become statements: one by one, or all in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from headrace_sdk import (
    Context,
    Inputs,
    Item,
    NodeError,
    Outputs,
    Pair,
    ParamSet,
    UserError,
    each_item,
    to_main,
)
from headrace_sdk.sql import Answer, Request, SqlSession
from nodes.database.sql_form import MAX_ROWS, ON_TABLES, SqlForm, values_of
from nodes.database.statements import Dialect, of_row


class Session(SqlSession, Protocol):
    """The connections of one run to one database."""

    @property
    def dialect(self) -> Dialect:
        """How it writes SQL."""
        ...

    async def columns(self, table: str) -> Mapping[str, str]:
        """Within a transaction: the columns of a table with their kinds.

        Raises:
            UserError: there is no such table.
        """
        ...


async def run(ctx: Context, params: ParamSet[SqlForm], inputs: Inputs, session: Session) -> Outputs:
    """What the statements of all items gave, in the order of the items."""
    step = _Step(ctx, params, session)
    if params.first.together:
        return await step.together(inputs.main)
    return await each_item(ctx.outcomes, inputs.main, step.alone)


class _Step:
    def __init__(self, ctx: Context, params: ParamSet[SqlForm], session: Session) -> None:
        self._ctx = ctx
        self._params = params
        self._session = session
        self._columns: dict[str, Mapping[str, str]] = {}
        self._writes = params.first.operation != "select"

    def _transaction(self) -> AbstractAsyncContextManager[None]:
        limit_s = self._params.first.timeout_s
        return self._session.transaction(writes=self._writes, timeout_s=limit_s)

    async def alone(self, index: int, item: Item) -> Outputs:
        """One item in a transaction of its own."""
        async with self._transaction():
            return await self._one(index, item)

    async def together(self, items: Sequence[Item]) -> Outputs:
        """All items in one transaction."""
        outcomes, found = self._ctx.outcomes, []
        async with self._transaction():
            for index, item in enumerate(items):
                try:
                    found.append(await self._one(index, item))
                except NodeError as error:
                    error.item = index
                    raise
            # Nothing is in doubt before the commit, and everything is from here on.
            for index in range(len(found)):
                await outcomes.begin(index)
        for index, outputs in enumerate(found):
            outcomes.done(index, outputs)
        return outcomes.collect()

    async def _one(self, index: int, item: Item) -> Outputs:
        form = self._params[index]
        if form.operation in ON_TABLES:
            request = await self._on_table(form, item)
        else:
            request = _written(form, writes=self._writes)
        answer = await self._session.ask(request)
        if answer.is_cut and self._writes:
            self._ctx.log(f"Only the first {form.limit} rows are given on.", "warning", item=index)
        return to_main(_items(answer, index))

    async def _on_table(self, form: SqlForm, item: Item) -> Request:
        if form.table not in self._columns:
            self._columns[form.table] = await self._session.columns(form.table)
        known = self._columns[form.table]
        built = of_row(self._session.dialect, form, item.json, known)
        kinds = [known[column] for column in built.columns]
        return Request(built.text, built.values, self._writes, MAX_ROWS, kinds=kinds)


def _written(form: SqlForm, *, writes: bool) -> Request:
    if not form.sql.strip():
        message = "Write the statement."
        raise UserError(message, field="sql", code="no_statement")
    return Request(form.sql, values_of(form), writes, form.limit, form.skip)


def _items(answer: Answer, index: int) -> Sequence[Item]:
    pair = (Pair(0, index),)
    if answer.rows is None:
        return [Item({"affected": answer.affected}, None, pair)]
    return [Item(row, None, pair) for row in answer.rows]
