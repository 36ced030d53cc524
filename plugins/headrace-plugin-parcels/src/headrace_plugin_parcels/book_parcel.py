"""Books a parcel for each item."""

from __future__ import annotations

from collections.abc import Sequence

from headrace_plugin_parcels.api import call, depots
from headrace_sdk import (
    Choice,
    Context,
    CredentialSlot,
    Example,
    Inputs,
    Item,
    Lookup,
    Node,
    Outputs,
    Pair,
    Params,
    ParamSet,
    each_item,
    fields,
    required_credential,
    to_main,
)


class Form(Params):
    """What is sent, and from where."""

    depot: str = fields.text(
        "Depot", help="Listed by Parcelwise for your account.", options_from="depots"
    )
    address: str = fields.textarea("Address", placeholder="{{ $json.address }}", rows=3)
    weight_kg: float = fields.number("Weight", 1, minimum=0.01, maximum=1_000, unit="kg")


class BookParcel(Node[Form]):
    """Books a parcel for each item; the items go on with the number of their parcel.

    Each booking carries a key of its own, so a booking that is tried again is not made twice. An
    item that fails takes no other with it.
    """

    type = "parcels.book_parcel"
    title = "Book Parcel"
    category = "Parcels"
    icon = "package"
    synonyms = ("parcelwise", "ship", "send")
    effect = "write"
    sends_idempotency_key = True
    per_item = True
    credentials = (CredentialSlot("account", ("parcelwise",)),)
    Params = Form
    examples = (
        Example(
            "A parcel for an order",
            {"depot": "ham", "address": "Deichstr. 1, Hamburg", "weight_kg": 2},
            [{"order": 7}],
            {"main": [{"order": 7, "parcel": "p1"}]},
            needs="an account at Parcelwise",
        ),
    )

    @classmethod
    async def depots(cls, lookup: Lookup) -> Sequence[Choice]:
        """The depots of the account, for the form."""
        return await depots(lookup)

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """One booking for each item."""
        account = await required_credential(ctx, "account")

        async def book(index: int, item: Item) -> Outputs:
            form = params[index]
            parcel = await call(
                ctx.http,
                account,
                "POST",
                "/parcels",
                body={"depot": form.depot, "address": form.address, "weight": form.weight_kg},
                item=index,
            )
            booked = {**item.json, "parcel": parcel.get("id")}
            return to_main([Item(booked, item.binary, (Pair(0, index),))])

        return await each_item(ctx.outcomes, inputs.main, book)
