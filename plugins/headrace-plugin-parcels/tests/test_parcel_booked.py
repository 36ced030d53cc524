"""The trigger that asks."""

from __future__ import annotations

import pytest
from headrace_plugin_parcels import parcel_booked
from headrace_plugin_parcels.account import ParcelwiseAccount
from headrace_plugin_parcels.parcel_booked import ParcelBooked

from headrace_sdk import SecretError
from headrace_sdk.conformance import check_node
from headrace_sdk.testing import live_http, poll_node

HTTP = live_http(ParcelwiseAccount)


def poll(parcelwise, cursor=None, **given):
    credentials = {"account": parcelwise.account()}
    return poll_node(
        ParcelBooked, {"depot": "ham"}, cursor, credentials=credentials, http=HTTP, **given
    )


def booked(parcelwise, count):
    for _ in range(count):
        parcelwise.book({"depot": "ham", "address": "Deichstr. 1"})


def test_it_keeps_every_convention():
    assert check_node(ParcelBooked) == []


def test_what_was_there_before_starts_nothing(parcelwise):
    booked(parcelwise, 2)

    first = poll(parcelwise)

    assert (first.items, first.cursor, first.has_more) == ([], "p2", False)


def test_each_parcel_comes_once(parcelwise):
    cursor = poll(parcelwise).cursor
    booked(parcelwise, 3)

    found = poll(parcelwise, cursor)

    assert [item["id"] for item in found.json()] == ["p1", "p2", "p3"]
    assert poll(parcelwise, found.cursor).items == []


def test_a_full_page_is_followed_by_the_next_one_at_once(parcelwise, monkeypatch):
    monkeypatch.setattr(parcel_booked, "PAGE", 2)
    cursor = poll(parcelwise).cursor
    booked(parcelwise, 3)

    found = poll(parcelwise, cursor)

    assert ([item["id"] for item in found.json()], found.has_more) == (["p1", "p2"], True)


def test_the_editor_is_shown_the_newest_parcel(parcelwise):
    booked(parcelwise, 2)

    assert [item["id"] for item in poll(parcelwise, is_sample=True).json()] == ["p2"]


def test_without_an_account_it_says_so():
    with pytest.raises(SecretError, match="Choose a credential"):
        poll_node(ParcelBooked, {"depot": "ham"})
