"""The audit record: append-only, chained, and tamper-evident."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from headrace.accounts.types import SYSTEM, Actor
from headrace.audit.actions import record
from headrace.audit.models import Entry
from headrace.audit.queries import Anchor, verify
from headrace.audit.types import ActorValue, Outcome
from headrace.tenants.context import TenantRef
from tests.support.clients import Api


def written(count: int, outcome: Outcome = Outcome.DONE) -> None:
    for number in range(count):
        facts = {"number": number, "text": "ü\0\ud800"}
        record(SYSTEM.value, "test.done", "thing", number, facts, outcome=outcome)


def by_force(statement: str, *params: object) -> None:
    """What somebody does who owns the database and switches the trigger off."""
    with connection.cursor() as cursor:
        cursor.execute("alter table audit_entry disable trigger append_only")
        cursor.execute(statement, params)
        cursor.execute("alter table audit_entry enable trigger append_only")


def test_entries_are_numbered_without_gaps(in_alpha: TenantRef) -> None:
    """Design 5.10."""
    written(3)

    assert list(Entry.objects.order_by("seq").values_list("seq", flat=True)) == [1, 2, 3]
    assert verify().faults == ()


def test_a_rolled_back_action_leaves_no_entry(in_alpha: TenantRef) -> None:
    """Both happen or neither."""
    with transaction.atomic():
        written(1)
        transaction.set_rollback(True)

    written(1)

    assert Entry.objects.get().seq == 1


@pytest.mark.parametrize(
    "statement",
    [
        "update audit_entry set action = 'x'",
        "delete from audit_entry",
        "truncate audit_entry",
    ],
)
def test_the_database_refuses_to_change_the_record(in_alpha: TenantRef, statement: str) -> None:
    """Design 5.10."""
    written(1)

    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


TAMPERINGS: dict[str, Callable[[], None]] = {
    "edited facts": lambda: by_force("update audit_entry set facts = '{}' where seq = 2"),
    "edited time": lambda: by_force("update audit_entry set at = now() where seq = 2"),
    "edited outcome": lambda: by_force("update audit_entry set outcome = 'done' where seq = 2"),
    "edited actor": lambda: by_force("update audit_entry set actor_label = 'me' where seq = 2"),
    "deleted": lambda: by_force("delete from audit_entry where seq = 2"),
    "deleted and renumbered": lambda: by_force(
        "delete from audit_entry where seq = 2;"
        "update audit_entry set seq = 100 + seq where seq > 2;"
        "update audit_entry set seq = seq - 101 where seq > 100"
    ),
    "reordered": lambda: by_force(
        "update audit_entry set seq = -seq where seq in (2, 3);"
        "update audit_entry set seq = 5 + seq where seq < 0"
    ),
    "truncated": lambda: by_force("delete from audit_entry where seq > 3"),
    "emptied": lambda: by_force("truncate audit_entry"),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering_is_detected(in_alpha: TenantRef, name: str) -> None:
    """Design 5.10: edit, delete, reorder, truncate."""
    written(5, Outcome.FAILED)

    TAMPERINGS[name]()

    assert verify().faults


def test_cutting_off_the_end_with_its_head_shows_against_an_anchor(in_alpha: TenantRef) -> None:
    """Design 5.10: a head written down elsewhere cannot be rolled back."""
    written(5)
    anchor = verify().head
    kept = Entry.objects.get(seq=3).hash
    by_force("delete from audit_entry where seq > 3")
    by_force("update audit_head set seq = 3, hash = %s", kept)

    assert verify().faults == ()
    assert verify(anchor).faults


def test_an_anchor_holds_while_the_record_grows(in_alpha: TenantRef) -> None:
    """Design 5.10."""
    written(2)
    anchor = verify().head
    written(2)

    assert verify(anchor).faults == ()


def test_the_command_names_the_tenant_that_was_tampered_with(in_alpha: TenantRef) -> None:
    """Operators run it."""
    written(2)
    printed = StringIO()
    call_command("verify_audit", tenant="alpha", stdout=printed)
    assert str(verify().head) in printed.getvalue()
    by_force("update audit_entry set action = 'x' where seq = 1")

    with pytest.raises(CommandError, match="alpha"):
        call_command("verify_audit", stdout=StringIO(), stderr=StringIO())


def test_a_wrong_anchor_is_refused(in_alpha: TenantRef) -> None:
    """It is gone or different."""
    written(1)

    assert verify(Anchor(1, "0" * 64)).faults


def test_the_record_is_read_newest_first_and_filtered(
    in_alpha: TenantRef, owner: Actor, api: Callable[..., Any]
) -> None:
    """`GET audit/`."""
    written(2)
    record(owner.value, "thing.made", "thing", "7", {"a": 1})

    everything = api().get("audit/").json()["results"]
    by_action = api().get("audit/", action="thing.made").json()["results"]
    by_actor = api().get("audit/", actor=str(owner.id)).json()["results"]
    by_object = api().get("audit/", object="7").json()["results"]

    assert [row["seq"] for row in everything] == [3, 2, 1]
    assert by_action == by_actor == by_object == everything[:1]
    assert by_action[0]["actor"] == {"kind": "person", "id": str(owner.id), "label": "Owner"}


def test_pages_of_the_record_follow_each_other(
    in_alpha: TenantRef, api: Callable[..., Any]
) -> None:
    """Cursor paging."""
    written(5)
    first = api().get("audit/", limit=3).json()

    second = api().get("audit/", limit=3, cursor=first["next"]).json()

    assert [row["seq"] for row in first["results"] + second["results"]] == [5, 4, 3, 2, 1]
    assert second["next"] is None


def test_an_entry_says_from_where_and_by_which_request(api: Callable[..., Api]) -> None:
    """The id that the answer names is the one in the record."""
    owner = api()

    answer = owner.post(
        "workflows/", {}, HTTP_X_REQUEST_ID="from-my-proxy-1", REMOTE_ADDR="203.0.113.7"
    )
    entry = owner.get("audit/", action="workflow.created").json()["results"][0]

    assert answer["X-Request-ID"] == "from-my-proxy-1"
    assert (entry["address"], entry["request_id"]) == ("203.0.113.7", "from-my-proxy-1")


@pytest.mark.parametrize("given", ["short", "with space 123", "x" * 65, "a\nb-12345678"])
def test_an_id_that_could_upset_a_log_is_replaced(api: Callable[..., Api], given: str) -> None:
    """S-076: only plain words are taken over."""
    answer = api().get("session/", HTTP_X_REQUEST_ID=given)

    assert answer["X-Request-ID"] != given
    assert len(answer["X-Request-ID"]) == 32


def test_every_entry_says_whether_it_holds(api: Callable[..., Api], in_alpha: TenantRef) -> None:
    """A changed entry and the one after it; the others stay good."""
    written(4)
    by_force("update audit_entry set hash = %s where seq = 2", "0" * 64)

    rows = api("admin").get("audit/").json()["results"]

    assert {row["seq"]: row["is_intact"] for row in rows} == {
        1: True, 2: False, 3: False, 4: True,
    }  # fmt: skip


def test_entries_are_found_by_day_and_by_family(
    api: Callable[..., Api], in_alpha: TenantRef
) -> None:
    """Both days are included; a name that ends in a dot stands for all that begin so."""
    written(2)
    today = Entry.objects.latest("seq").at.date()
    admin = api("admin")

    def found(**query: str) -> int:
        return len(admin.get("audit/", **query).json()["results"])

    assert found(action="test.") == found(action="test.done") == 2
    assert found(action="test") == 0
    assert found(**{"from": str(today), "to": str(today)}) == 2
    assert found(to=str(today - timedelta(days=1))) == 0


def test_entries_are_found_and_exported_by_what_came_of_them(
    api: Callable[..., Api], in_alpha: TenantRef
) -> None:
    """Each of the three by itself."""
    for count, outcome in enumerate(Outcome, start=1):
        written(count, outcome)
    admin = api("admin")

    def found(outcome: Outcome) -> list[str]:
        return [row["outcome"] for row in admin.get("audit/", outcome=outcome).json()["results"]]

    lines = admin.get("audit/export/", **{"as": "jsonl", "outcome": "refused"}).content

    assert [found(outcome) for outcome in Outcome] == [["done"], ["refused"] * 2, ["failed"] * 3]
    assert [json.loads(line)["outcome"] for line in lines.splitlines()] == ["refused"] * 2


@pytest.mark.parametrize(
    "query",
    [{"from": "soon"}, {"to": "9999-12-31"}, {"from": "0001-01-01"}, {"outcome": "well"}],
)
def test_what_is_no_day_and_no_outcome_is_refused(
    api: Callable[..., Api], query: dict[str, str]
) -> None:
    answer = api("admin").get("audit/", **query)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["path"] == f"/{next(iter(query))}"


def test_the_record_is_exported_without_formulas(
    api: Callable[..., Api], in_alpha: TenantRef
) -> None:
    """A spreadsheet runs what begins with an equals sign."""
    evil = ActorValue("person", None, "=cmd()")
    record(evil, "test.done", "thing", 1, {"a": 1})

    table = api("admin").get("audit/export/")
    lines = api("admin").get("audit/export/", **{"as": "jsonl", "action": "test.done"})

    assert table["Content-Type"].startswith("text/csv")
    assert ",'=cmd()," in table.content.decode()
    assert json.loads(lines.content)["actor"] == "=cmd()"
    assert json.loads(lines.content)["facts"] == {"a": 1}
