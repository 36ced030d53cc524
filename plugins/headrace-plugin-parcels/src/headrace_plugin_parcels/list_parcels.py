"""Lists the parcels of a depot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from headrace_plugin_parcels.api import depots, listed
from headrace_sdk import (
    Choice,
    Context,
    CredentialSlot,
    Example,
    Inputs,
    Item,
    JsonObject,
    Lookup,
    Node,
    Outputs,
    Pair,
    Params,
    ParamSet,
    fields,
    required_credential,
    to_main,
)
from headrace_sdk.summaries import shown


class Form(Params):
    """Which parcels."""

    depot: str = fields.text(
        "Depot", help="Listed by Parcelwise for your account.", options_from="depots"
    )
    state: Literal["any", "waiting", "on_its_way", "delivered"] = fields.select(
        "State",
        "any",
        labels={
            "any": "Any",
            "waiting": "Waiting",
            "on_its_way": "On its way",
            "delivered": "Delivered",
        },
    )
    limit: int = fields.number("At most so many", 100, minimum=1, maximum=10_000)


class ListParcels(Node[Form]):
    """Lists the parcels of a depot, one item for each.

    Long lists come in pages; they are followed until there are as many as you ask for.
    """

    type = "parcels.list_parcels"
    title = "List Parcels"
    category = "Parcels"
    icon = "package-open"
    synonyms = ("parcelwise", "shipment", "delivery")
    effect = "read"
    credentials = (CredentialSlot("account", ("parcelwise",)),)
    output_schema = {
        "type": "object",
        "properties": {
            "id": {"type": "string"},
            "state": {"type": "string"},
            "address": {"type": "string"},
        },
    }
    Params = Form
    examples = (
        Example(
            "What waits in Hamburg",
            {"depot": "ham", "state": "waiting"},
            [{}],
            {"main": [{"id": "p1", "state": "waiting", "address": "Deichstr. 1"}]},
            needs="an account at Parcelwise",
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The depot."""
        return shown(params.get("depot"))

    @classmethod
    async def depots(cls, lookup: Lookup) -> Sequence[Choice]:
        """The depots of the account, for the form."""
        return await depots(lookup)

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """One list for each item."""
        account = await required_credential(ctx, "account")
        found: list[Item] = []
        for index in range(len(inputs.main)):
            form = params[index]
            query = [("depot", form.depot)]
            query += [("state", form.state)] if form.state != "any" else []
            rows = await listed(ctx.http, account, "/parcels", query, limit=form.limit, item=index)
            found += [Item(row, None, (Pair(0, index),)) for row in rows]
        return to_main(found)
