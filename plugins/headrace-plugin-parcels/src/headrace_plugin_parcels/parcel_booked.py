"""Starts a run when parcels were booked, however they were: it asks, and nobody has to call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from headrace_plugin_parcels.api import PAGE, depots, listed
from headrace_sdk import (
    Choice,
    CredentialSlot,
    Example,
    Item,
    JsonObject,
    JsonValue,
    Lookup,
    PollContext,
    Polled,
    PollForm,
    PollingTrigger,
    fields,
    required_credential,
)

START: Final = ""
"""The cursor of a depot in which nothing was ever booked."""


class Form(PollForm):
    """Where to look."""

    depot: str = fields.text(
        "Depot",
        help="Listed by Parcelwise for your account.",
        options_from="depots",
        expression=False,
    )


class ParcelBooked(PollingTrigger[Form]):
    """Starts a run when parcels were booked in a depot; each parcel is one item, oldest first.

    It asks Parcelwise again and again, so Parcelwise need not reach you. Parcels that were there
    before the workflow was published start nothing.
    """

    type = "parcels.parcel_booked"
    title = "Parcel Booked"
    category = "trigger"
    icon = "package-plus"
    synonyms = ("parcelwise", "shipment", "new parcel", "poll")
    credentials = (CredentialSlot("account", ("parcelwise",)),)
    cursor_depends_on = ("depot",)
    Params = Form
    examples = (
        Example(
            "A new parcel in Hamburg",
            {"depot": "ham"},
            [{"id": "p1", "state": "waiting"}],
            {"main": [{"id": "p1", "state": "waiting"}]},
        ),
    )

    @classmethod
    async def depots(cls, lookup: Lookup) -> Sequence[Choice]:
        """The depots of the account, for the form."""
        return await depots(lookup)

    async def poll(self, ctx: PollContext, params: Form, cursor: JsonValue) -> Polled:
        """The parcels after the last one that was seen."""
        if cursor is None:
            newest = await self._parcels(ctx, params, [("order", "newest")], limit=1)
            return Polled([], newest[0].get("id") if newest else START)
        rows = await self._parcels(ctx, params, [("after", str(cursor))], limit=PAGE)
        last = rows[-1].get("id") if rows else cursor
        return Polled([Item(row) for row in rows], last, has_more=len(rows) == PAGE)

    async def sample(self, ctx: PollContext, params: Form) -> Sequence[Item]:
        """The newest parcel."""
        rows = await self._parcels(ctx, params, [("order", "newest")], limit=1)
        return [Item(row) for row in rows]

    async def _parcels(
        self, ctx: PollContext, params: Form, query: Sequence[tuple[str, str]], *, limit: int
    ) -> list[JsonObject]:
        account = await required_credential(ctx, "account")
        asked = [("depot", params.depot), *query]
        return await listed(ctx.http, account, "/parcels", asked, limit=limit)
