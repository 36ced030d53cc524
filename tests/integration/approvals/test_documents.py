"""Files on the card of an approval: which ones, and that they can be fetched."""

from __future__ import annotations

import pytest

from headrace.executions.actions import run_version
from headrace.files import actions as files
from headrace.workflows.actions import freeze
from headrace_sdk.items import Item
from tests.support.approvals import asking, waiting
from tests.support.engine import working


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize(
    ("names", "shown"),
    [(["scan"], ["40-771.pdf"]), (["*"], ["40-771.pdf", "note.txt"]), (["none"], []), ([], [])],
)
def test_a_card_shows_the_files_that_its_author_names(api, in_alpha, owner, names, shown):
    scan = files.put(b"%PDF-1.4", name="40-771.pdf", mime="application/pdf")
    note = files.put(b"Dear", name="note.txt", mime="text/plain")
    item = Item({}, {"scan": scan, "note": note})
    with working():
        version = freeze(owner, asking(documents=names))
        row = waiting(run_version(owner, version.ref, mode="manual", items=[item]).id)

    documents = api("viewer").get(f"approvals/{row.pk}/").json()["documents"]

    assert [one["name"] for one in documents] == shown
    for one in documents:
        address = api("viewer").get(f"files/{one['id']}/url/").json()["url"]
        assert address.endswith(one["name"])
