"""Reads of the audit record, and the proof that nobody changed it."""

from __future__ import annotations

import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass

from headrace.audit.chain import link
from headrace.audit.models import Entry, Head
from headrace.audit.types import ActorValue, AuditEntry, Outcome


@dataclass(frozen=True, slots=True)
class Anchor:
    """A head that was written down elsewhere; printed as `<seq>:<hash>`."""

    seq: int
    hash: str

    def __str__(self) -> str:
        return f"{self.seq}:{self.hash}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What `verify` found: the faults, and the head to write down."""

    faults: tuple[str, ...]
    head: Anchor


def intact(rows: Sequence[Entry]) -> frozenset[int]:
    """The numbers of those rows that follow unchanged from the entry before them in the record."""
    before = [row.seq - 1 for row in rows]
    hashes = dict(Entry.objects.filter(seq__in=before).values_list("seq", "hash")) | {0: ""}
    return frozenset(
        row.seq
        for row in rows
        if row.seq - 1 in hashes and hmac.compare_digest(row.hash, link(hashes[row.seq - 1], row))
    )


def newest() -> int:
    """The number of the last entry; 0 before the first."""
    return Head.objects.values_list("seq", flat=True).first() or 0


def as_entry(row: Entry) -> AuditEntry:
    """The row as a value."""
    return AuditEntry(
        seq=row.seq,
        at=row.at,
        actor=ActorValue(row.actor_kind, row.actor_id, row.actor_label),
        action=row.action,
        object_type=row.object_type,
        object_id=row.object_id,
        facts=json.loads(row.facts),
        outcome=Outcome(row.outcome),
        address=row.address,
        request_id=row.request_id,
    )


def verify(anchor: Anchor | None = None) -> Verdict:
    """Walk the whole chain of the tenant at work.

    A changed, deleted, added or moved entry breaks the chain. Cutting off its end together with
    the head does not show in the rows themselves; an `anchor` written down before does show it.
    """
    faults: list[str] = []
    previous, expected_seq, anchored = "", 1, anchor is None or anchor.seq == 0
    for row in Entry.objects.order_by("seq").iterator():
        if row.seq != expected_seq:
            faults.append(f"Entries {expected_seq} to {row.seq - 1} are missing.")
        if not hmac.compare_digest(row.hash, link(previous, row)):
            faults.append(f"Entry {row.seq} does not follow from the one before it.")
        if anchor is not None and row.seq == anchor.seq:
            anchored = hmac.compare_digest(row.hash, anchor.hash)
        previous, expected_seq = row.hash, row.seq + 1
    head = Head.objects.first()
    found = Anchor(expected_seq - 1, previous)
    if head is not None and Anchor(head.seq, head.hash) != found:
        faults.append(f"The record ends at {found.seq}, but its head is at {head.seq}.")
    if not anchored:
        faults.append(f"The entry that was written down as {anchor} is gone or different.")
    return Verdict(tuple(faults), found)
