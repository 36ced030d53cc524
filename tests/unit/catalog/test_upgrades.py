"""Stored parameters of older versions of a node."""

from __future__ import annotations

import pytest

from headrace.catalog.queries import stored_params
from headrace_sdk import Node, Params


class Moved(Node[Params]):
    """Its parameter was called otherwise once."""

    type = "acme.moved"
    version = 3

    @classmethod
    def upgrade(cls, params, from_version):
        params["seen"] = from_version
        params["new"] = params.pop("old")
        return params


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        ({"version": 1, "params": {"old": 7}}, {"new": 7, "seen": 1}),
        ({"version": 3, "params": {"new": 7}}, {"new": 7}),
        ({"params": {"new": 7}}, {"new": 7}),
        ({"version": 2, "params": {}}, {}),
        ({"version": 2, "params": None}, {}),
    ],
)
def test_they_are_read_as_todays_form(stored, read):
    assert stored_params(Moved, stored) == read


def test_what_is_stored_does_not_change():
    stored = {"version": 1, "params": {"old": 7}}

    stored_params(Moved, stored)

    assert stored == {"version": 1, "params": {"old": 7}}
