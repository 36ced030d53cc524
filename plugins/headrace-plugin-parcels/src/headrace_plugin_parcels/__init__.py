"""Nodes for Parcelwise. This module is the door: Headrace looks up the hooks in it."""

from __future__ import annotations

from collections.abc import Sequence

from headrace_plugin_parcels.account import ParcelwiseAccount
from headrace_plugin_parcels.book_parcel import BookParcel
from headrace_plugin_parcels.list_parcels import ListParcels
from headrace_plugin_parcels.parcel_booked import ParcelBooked
from headrace_plugin_parcels.parcel_event import ParcelEvent
from headrace_sdk import AnyNode, CredentialType, Needs, hookimpl


@hookimpl
def headrace_nodes() -> Sequence[AnyNode]:
    """The nodes of this package."""
    return [BookParcel, ListParcels, ParcelBooked, ParcelEvent]


@hookimpl
def headrace_credential_types() -> Sequence[type[CredentialType]]:
    """The credential types of this package."""
    return [ParcelwiseAccount]


@hookimpl
def headrace_needs() -> Needs:
    """Every company runs a Parcelwise of its own: its address stands in the credential."""
    return Needs(hosts=("*",), credentials=("parcelwise",))
