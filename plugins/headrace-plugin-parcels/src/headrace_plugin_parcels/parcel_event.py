"""Starts a run when Parcelwise tells of a parcel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from headrace_sdk import (
    Arrival,
    CredentialSlot,
    Example,
    Item,
    Params,
    Registration,
    Trigger,
    WebhookRegistration,
    fields,
)


class Form(Params):
    """What to hear of."""

    path: str = fields.text(
        "Path",
        "",
        placeholder="parcels",
        help="Behind /webhook/; enter the address at Parcelwise. Empty: a random path.",
        max_length=500,
        expression=False,
    )
    events: list[Literal["booked", "on_its_way", "delivered"]] = fields.multiselect(
        "Events",
        labels={"booked": "Booked", "on_its_way": "On its way", "delivered": "Delivered"},
        help="None chosen: all of them.",
        expression=False,
    )


class ParcelEvent(Trigger[Form]):
    """Starts a run when Parcelwise tells of parcels; each event is one item.

    Parcelwise signs its calls with the signing secret of the account; any other call is refused.
    """

    type = "parcels.parcel_event"
    title = "Parcel Event"
    category = "trigger"
    icon = "truck"
    synonyms = ("parcelwise", "shipment", "delivery")
    credentials = (CredentialSlot("auth", ("parcelwise",)),)
    Params = Form
    examples = (
        Example(
            "A parcel has arrived",
            {"path": "parcels", "events": ["delivered"]},
            [{"body": {"events": [{"kind": "delivered", "parcel": "p1"}]}}],
            {"main": [{"kind": "delivered", "parcel": "p1"}]},
        ),
    )

    @classmethod
    def register(cls, params: Form, node_id: str) -> Sequence[Registration]:
        """An address that takes signed calls; one that is delivered twice starts one run."""
        options = {"header": "x-parcelwise-signature", "delivery_header": "x-parcelwise-delivery"}
        return [WebhookRegistration(path=params.path, auth="hmac", options={**options})]

    @classmethod
    def accept(cls, params: Form, arrival: Arrival) -> Sequence[Item]:
        """The events that are asked for."""
        if arrival.items is not None:
            return arrival.items
        body = arrival.data.get("body")
        events = body.get("events") if isinstance(body, dict) else None
        told = [one for one in events if isinstance(one, dict)] if isinstance(events, list) else []
        return [Item(one) for one in told if not params.events or one.get("kind") in params.events]
