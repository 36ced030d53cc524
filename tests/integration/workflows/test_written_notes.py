"""What people write on nodes and how pins came about: kept in the draft, without weight for runs."""

from __future__ import annotations

import pytest

from headrace.workflows import actions
from headrace.workflows.errors import InvalidDocument
from tests.support.workflows import MANUAL, in_a_row, node

FACTS = {"a": {"at": "2026-11-22T05:00:00Z", "by": "Ada", "node": "1f2e3d4c"}}


def flow(notes: str = "", **parts):
    noted = {**node("a", "flow.no_op"), **({"notes": notes} if notes else {})}
    return {**in_a_row([MANUAL, noted]), "settings": {}, "pins": {}, **parts}


@pytest.fixture
def draft(owner, in_alpha):
    return actions.create(owner, document=flow())


def test_a_draft_with_other_notes_is_still_what_was_published(owner, draft):
    actions.publish(owner, draft.row.id)

    noted = actions.save(owner, draft.row.id, flow("Ask **Ada** first."), revision=1)

    assert noted.row.has_unpublished_changes is False


def test_a_run_of_a_draft_with_other_notes_takes_the_version_that_is_there(owner, draft):
    before = actions.freeze_draft(owner, draft.row.id)

    actions.save(owner, draft.row.id, flow("Ask **Ada** first."), revision=1)

    assert actions.freeze_draft(owner, draft.row.id).ref.id == before.ref.id


def test_notes_are_published_and_how_a_pin_came_about_is_not(owner, draft):
    pinned = flow("Ask **Ada** first.", pins={"a": [{"json": {}}]}, pin_facts=FACTS)
    actions.save(owner, draft.row.id, pinned, revision=1)

    published = actions.publish(owner, draft.row.id)

    assert published.document["nodes"][1]["notes"] == "Ask **Ada** first."
    assert "pin_facts" not in published.document


def test_notes_and_facts_travel_in_a_file(api, owner, draft):
    pinned = flow("Ask **Ada** first.", pins={"a": [{"json": {}}]}, pin_facts=FACTS)
    actions.save(owner, draft.row.id, pinned, revision=1)

    file = api("member").get(f"workflows/{draft.row.id}/export/").json()
    made = api("member").post("workflows/import/", {"file": file}).json()["workflows"][0]["id"]

    document = api("member").get(f"workflows/{made}/").json()["document"]
    assert (document["nodes"][1]["notes"], document["pin_facts"]) == ("Ask **Ada** first.", FACTS)


def test_notes_longer_than_ten_thousand_characters_are_refused(owner, draft):
    with pytest.raises(InvalidDocument) as refused:
        actions.save(owner, draft.row.id, flow("x" * 10_001), revision=1)

    assert [problem.path for problem in refused.value.problems] == ["/nodes/1/notes"]
