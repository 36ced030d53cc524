"""The history of a draft: what stays of it, names, and going back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest

from headrace.accounts.types import Role
from headrace.workflows import actions, history
from headrace.workflows.models import Revision
from tests.support.clients import actor
from tests.support.workflows import MANUAL, in_a_row, node


def flow(*names):
    return in_a_row([MANUAL, *(node(name, "flow.no_op") for name in names)])


@pytest.fixture
def made(in_alpha, owner):
    """A workflow of the owner with one node after its trigger; saves what it is told."""

    class Made:
        draft = actions.create(owner, document=flow("a"))
        id = draft.row.id

        def save(self, *names, by=owner):
            self.draft = actions.save(by, self.id, flow(*names), revision=self.draft.row.revision)

        def refs(self):
            return [(one.ref, one.kind) for one in history.entries(self.id)]

    return Made()


def test_saves_of_one_session_leave_no_entries(made):
    made.save("a", "b")
    made.save("a", "b", "c")

    assert made.refs() == [("r1", "imported")]


def test_who_comes_back_after_half_an_hour_finds_the_draft_as_it_was_left(made):
    made.save("a", "b")
    _age(made.id, upto=2)

    made.save("a", "b", "c")
    made.save("a")

    assert made.refs() == [("r2", "session"), ("r1", "imported")]


def test_the_draft_before_the_edits_of_another_person_stays(made, in_alpha):
    made.save("a", "b")

    made.save("a", by=actor(in_alpha, Role.MEMBER))

    assert made.refs()[0] == ("r2", "session")


def test_restoring_makes_a_new_revision_and_can_be_undone(made, owner):
    made.save("a", "b")
    restored = actions.restore(owner, made.id, "r1")

    assert made.refs() == [("r3", "restored"), ("r2", "session"), ("r1", "imported")]
    assert _names(restored) == ["Start", "A"]
    undone = actions.restore(owner, made.id, f"r{restored.row.revision - 1}")
    assert _names(undone) == ["Start", "A", "B"]


def test_old_revisions_go_unless_they_are_kept_or_named(made, owner, monkeypatch):
    monkeypatch.setattr(history, "RECENT", 2)
    made.save("a", "b")
    history.name(owner, made.id, "r2", "Before the launch")

    for count in range(4):
        made.save(*"abcd"[: count + 1])

    kept = Revision.objects.filter(workflow_id=made.id).order_by("revision")
    assert list(kept.values_list("revision", flat=True)) == [1, 2, 5, 6]


def test_of_snapshots_without_a_name_only_the_newest_stay(made, owner, monkeypatch):
    monkeypatch.setattr(history, "SNAPSHOTS", 2)
    monkeypatch.setattr(history, "RECENT", 1)
    history.name(owner, made.id, "r1", "The beginning")

    for number in range(2, 7):
        made.save(*"abcdef"[:number])
        _age(made.id, upto=number)
    made.save("a")

    assert [ref for ref, _ in made.refs()] == ["r6", "r5", "r1"]


def test_versions_and_kept_drafts_stand_in_one_list_by_time(made, owner, api):
    actions.publish(owner, made.id, note="First")
    _age(made.id, upto=1)
    made.save("a", "b")

    found = api().get(f"workflows/{made.id}/history/").json()

    assert [(one["ref"], one["kind"], one["note"]) for one in found["results"]] == [
        ("v1", "published", "First"),
        ("r1", "imported", ""),
    ]


def test_the_list_goes_on_where_a_page_ends(made, api, monkeypatch):
    monkeypatch.setattr("headrace.workflows.history_views._PAGE", 1)
    made.save("a", "b")
    _age(made.id, upto=2)
    made.save("a")

    first = api().get(f"workflows/{made.id}/history/").json()
    rest = quote(first["next"])
    second = api().get(f"workflows/{made.id}/history/?cursor={rest}").json()

    assert [one["ref"] for one in first["results"] + second["results"]] == ["r2", "r1"]
    assert second["next"] is None


@pytest.mark.parametrize("ref", ["v9", "r9", "x1", "r", "v1e3"])
def test_an_entry_that_is_not_there_is_not_found(made, api, ref):
    answer = api().get(f"workflows/{made.id}/history/{ref}/")

    assert (answer.status_code, answer.json()["code"]) == (404, "version_not_found")


def test_a_cursor_that_is_none_of_ours_is_refused(made, api):
    assert api().get(f"workflows/{made.id}/history/?cursor=soon").status_code == 400


def test_names_are_given_only_so_often(made, owner, api, monkeypatch):
    monkeypatch.setattr(history, "NAMED", 1)
    made.save("a", "b")
    address = f"workflows/{made.id}/history/"
    api().patch(f"{address}r1/", {"name": "One"})

    refused = api().patch(f"{address}r2/", {"name": "Two"})
    renamed = api().patch(f"{address}r1/", {"name": "Uno"})

    assert (refused.status_code, refused.json()["code"]) == (409, "too_many_names")
    assert renamed.json()["name"] == "Uno"


def _age(workflow_id, upto):
    """Every revision up to this one was saved long ago, one after the other."""
    long_ago = datetime.now(UTC) - history.SESSION_ENDS - timedelta(minutes=1)
    for row in Revision.objects.filter(workflow_id=workflow_id, revision__lte=upto):
        row.saved_at = long_ago + timedelta(seconds=row.revision)
        row.save(update_fields=["saved_at"])


def _names(draft):
    return [one["name"] for one in draft.document["nodes"]]
