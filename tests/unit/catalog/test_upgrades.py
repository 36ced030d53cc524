"""Stored parameters of older versions of a node."""

from __future__ import annotations

import pytest

from headrace.catalog.queries import stored_params
from headrace.catalog.upgrades import is_outdated, upgrade_of
from headrace_sdk import Node, Params


class Form(Params):
    """What it is today."""

    new: int = 0
    seen: int = 0


class Moved(Node[Params]):
    """Its parameter was called otherwise once."""

    type = "acme.moved"
    version = 3
    Params = Form

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


def test_what_would_become_of_a_node_is_told_and_nothing_of_it_is_changed():
    stored = {"old": 7, "kept": [1]}

    told = upgrade_of(Moved, 1, stored)

    assert told["params"] == {"new": 7, "kept": [1], "seen": 1}
    assert [(one["name"], one["change"]) for one in told["changes"]] == [
        ("old", "removed"),
        ("seen", "added"),
        ("new", "added"),
    ]
    assert (told["from_version"], told["to_version"], told["error"]) == (1, 3, None)
    assert [one["path"] for one in told["faults"]] == ["/kept"]
    assert stored == {"old": 7, "kept": [1]}


def test_an_upgrade_that_fails_says_so_and_gives_no_parameters():
    told = upgrade_of(Moved, 2, {})

    assert (told["params"], told["changes"]) == (None, [])
    assert "version 2" in told["error"]


@pytest.mark.parametrize(("version", "is_old"), [(1, True), (3, False), (None, False)])
def test_a_node_of_an_older_version_is_known_by_what_it_stores(version, is_old):
    assert is_outdated(Moved, {"version": version}) is is_old
