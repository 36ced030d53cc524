"""Booking, item by item."""

from __future__ import annotations

import pytest
from headrace_plugin_parcels.account import ParcelwiseAccount
from headrace_plugin_parcels.book_parcel import BookParcel

from headrace_sdk import UserError
from headrace_sdk.conformance import check_node
from headrace_sdk.testing import live_http, run_node


def run(parcelwise, params, items):
    return run_node(
        BookParcel,
        params,
        items,
        credentials={"account": parcelwise.account()},
        http=live_http(ParcelwiseAccount),
    )


def test_it_keeps_every_convention():
    assert check_node(BookParcel) == []


def test_each_item_becomes_a_parcel_and_is_told_its_number(parcelwise):
    params = [{"depot": "ham", "address": "A"}, {"depot": "muc", "address": "B", "weight_kg": 3}]

    result = run(parcelwise, params, [{"order": 1}, {"order": 2}])

    assert result.json() == [{"order": 1, "parcel": "p1"}, {"order": 2, "parcel": "p2"}]
    assert [(one["depot"], one["weight"]) for one in parcelwise.parcels] == [("ham", 1), ("muc", 3)]


def test_what_the_service_does_not_take_names_the_item(parcelwise):
    with pytest.raises(UserError, match="the address is missing") as caught:
        run(parcelwise, {"depot": "ham", "address": ""}, [{}])

    assert caught.value.item == 0
