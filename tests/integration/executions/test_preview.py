"""Previews: what a parameter would be, on the data that a run of the draft would have."""

from __future__ import annotations

from tests.support.workflows import MANUAL, in_a_row, node, sets

PINNED = {
    **in_a_row([MANUAL, node("set", "data.edit_fields", sets("to", "x"))]),
    "pins": {MANUAL["id"]: [{"json": {"total": 50}}, {"json": {"total": 100}}, "no item"]},
}


def preview(api, **asked):
    value = {"=": f'{{{{ $("{MANUAL["name"]}").item.json.total }}}}'}
    body = {"value": value, "document": PINNED, "node": "set", **asked}
    return api("member").post("expressions/preview/", body).json()


def test_a_node_that_never_ran_is_read_by_what_is_pinned_to_it(api):
    items = [{"json": {"total": 50}}, {"json": {"total": 100}}]

    shown = preview(api, items=items, item_index=1)

    assert (shown["ok"], shown.get("value")) == (True, 100)
