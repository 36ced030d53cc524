"""The trigger."""

from __future__ import annotations

import pytest
from headrace_plugin_parcels.parcel_event import ParcelEvent

from headrace_sdk.conformance import check_node
from headrace_sdk.testing import run_node

BOOKED, DELIVERED = {"kind": "booked", "parcel": "p1"}, {"kind": "delivered", "parcel": "p2"}


def test_it_keeps_every_convention():
    assert check_node(ParcelEvent) == []


def test_it_takes_signed_calls_only():
    (registration,) = ParcelEvent.register(ParcelEvent.Params(), "n")

    assert registration.auth == "hmac"


@pytest.mark.parametrize(
    ("body", "wanted", "items"),
    [
        ({"events": [BOOKED, DELIVERED]}, [], [BOOKED, DELIVERED]),
        ({"events": [BOOKED, DELIVERED]}, ["delivered"], [DELIVERED]),
        ({"events": ["no event"]}, [], []),
        ({"events": None}, [], []),
        (None, [], []),
    ],
)
def test_the_events_that_are_asked_for_become_items(body, wanted, items):
    assert run_node(ParcelEvent, {"events": wanted}, [{"body": body}]).json() == items
