"""Listing, page by page."""

from __future__ import annotations

import pytest
from headrace_plugin_parcels.account import ParcelwiseAccount
from headrace_plugin_parcels.list_parcels import ListParcels

from headrace_sdk import SecretError, UpstreamError
from headrace_sdk.conformance import check_node
from headrace_sdk.testing import list_options, live_http, run_node

HTTP = live_http(ParcelwiseAccount)


def run(parcelwise, **params):
    return run_node(
        ListParcels,
        {"depot": "ham", **params},
        credentials={"account": parcelwise.account()},
        http=HTTP,
    )


def test_it_keeps_every_convention():
    assert check_node(ListParcels) == []


def test_all_pages_of_a_list_come_out_as_items(parcelwise):
    parcelwise.parcels = [{"id": f"p{n}", "depot": "ham"} for n in range(5)]

    result = run(parcelwise)

    assert [item["id"] for item in result.json()] == ["p0", "p1", "p2", "p3", "p4"]
    assert len(parcelwise.asked) == 3


def test_no_page_is_asked_for_beyond_the_limit(parcelwise):
    parcelwise.parcels = [{"id": f"p{n}", "depot": "ham"} for n in range(5)]

    assert len(run(parcelwise, limit=2).json()) == 2
    assert len(parcelwise.asked) == 1


def test_the_state_narrows_the_list(parcelwise):
    parcelwise.parcels = [
        {"id": "p1", "depot": "ham", "state": "waiting"},
        {"id": "p2", "depot": "ham", "state": "delivered"},
    ]

    assert [item["id"] for item in run(parcelwise, state="delivered").json()] == ["p2"]


def test_the_form_offers_the_depots_of_the_account(parcelwise):
    account = {"account": parcelwise.account()}

    found = list_options(ListParcels, "depot", credentials=account, http=HTTP)

    assert [(one.value, one.label) for one in found] == [("ham", "Hamburg"), ("muc", "Munich")]
    assert list_options(ListParcels, "depot") == []


def test_a_service_that_is_down_says_when_to_come_back(parcelwise):
    parcelwise.is_down = True

    with pytest.raises(UpstreamError) as caught:
        run(parcelwise)

    assert (caught.value.status, caught.value.retry_after_s) == (503, 7)


def test_without_an_account_the_node_says_so():
    with pytest.raises(SecretError, match="Choose a credential"):
        run_node(ListParcels, {"depot": "ham"})
