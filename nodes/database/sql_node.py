"""What the nodes of SQL servers share: one form, what it does to data, one way to run."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager

from headrace_sdk import (
    Context,
    Credential,
    Effect,
    Inputs,
    JsonObject,
    Net,
    Node,
    Outputs,
    ParamSet,
    required_credential,
)
from nodes.database import sql_form, sql_running
from nodes.database.sql_form import SqlForm
from nodes.database.sql_running import Session


class SqlNode(Node[SqlForm]):
    """A node whose credential stands in the slot `database`; a subclass says how to connect."""

    category = "database"
    icon = "database"
    place = "async"
    effect = "varies"
    per_item = True
    Params = SqlForm

    @classmethod
    def effect_of(cls, params: SqlForm) -> Effect:
        """Read with SQL reads; everything else writes."""
        return sql_form.effect_of(params)

    @classmethod
    def is_keyed(cls, params: SqlForm) -> bool:
        """Rows that are found by their key are the same after a second time."""
        return sql_form.is_repeatable(params)

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The operation, and the table or the statement."""
        return sql_form.summary(params)

    @classmethod
    def session(cls, net: Net, credential: Credential) -> AbstractAsyncContextManager[Session]:
        """A connection to the database of the credential, closed at the end."""
        raise NotImplementedError

    async def run(self, ctx: Context, params: ParamSet[SqlForm], inputs: Inputs) -> Outputs:
        """The rows, in the order of the items."""
        credential = await required_credential(ctx, "database")
        async with self.session(ctx.net, credential) as session:
            return await sql_running.run(ctx, params, inputs, session)
