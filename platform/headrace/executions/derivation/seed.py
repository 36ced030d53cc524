"""Begins an execution whose log already holds what it takes over from another one.

Nobody holds a lease on an execution that is being made, so the one-writer rule is kept: log,
payloads and queue row are committed together. A worker then finds it as it finds any execution
that was interrupted, and needs no rule of its own for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, cast
from uuid import UUID

from django.db import connection, transaction

from headrace.engine import (
    RunId,
    RunStep,
    StepReused,
    WorkflowForked,
    initial_state,
    inputs_to_json,
)
from headrace.executions import log
from headrace.executions.actions import begin
from headrace.executions.beginning import Beginning, ExecutionRef, Start
from headrace.executions.blocks.ledger import Ledger
from headrace.executions.blocks.named_files import files_in
from headrace.executions.derivation.errors import ItemsDeleted
from headrace.executions.derivation.feed import Taken
from headrace.executions.derivation.journal import SeedJournal
from headrace.executions.errors import NoTrigger
from headrace.executions.extent import cut_down
from headrace.executions.lease.clock import DatabaseClock
from headrace.executions.models import LogSegment, Payload
from headrace.executions.runner.context import Notes
from headrace.executions.runner.journal import Journal
from headrace.executions.runner.recorder import Recorder
from headrace.executions.runner.restore import first_events
from headrace.files import actions as files
from headrace.tenants.clock import database_now
from headrace.variables.queries import values
from headrace.workflows.compiled import CompiledWorkflow, compiled
from headrace_sdk.items import Item, JsonObject

EVENTS_A_SEGMENT: Final = 1_000

_NOT_TAKEN: Final = frozenset({"reply", "started_at", "queued_at", "inputs", "log", "resume_url"})
"""What belonged to the first time: the answer was given, the time was spent there."""

_COPY: Final = """
insert into executions_payload (id, execution_id, body, sha256)
select t.copy, %s, p.body, p.sha256 from unnest(%s::uuid[], %s::uuid[]) as t(original, copy)
join executions_payload p on p.id = t.original
"""
_HOLD_TOO: Final = """
insert into files_hold (holder_id, file_id)
select distinct %s::uuid, h.file_id from executions_payload p
join files_hold h on h.holder_id = p.execution_id where p.id = any(%s::uuid[])
on conflict do nothing
"""
"""Which of them the copied items name is not known without reading all of those."""

_NOTE: Final = "update run_queue set last_seq = %s where execution_id = %s"


@dataclass(frozen=True, slots=True)
class Seed:
    """What the new execution begins with. `origin` is told by the event `workflow.forked`.

    `edited` replaces the input of runs to come. With `nodes` no other node takes part.
    """

    taken: Sequence[Taken]
    pins: Mapping[str, tuple[Item, ...]]
    origin: JsonObject | None = None
    edited: Mapping[RunId, Mapping[str, Sequence[Item]]] = field(default_factory=dict)
    nodes: Sequence[str] | None = None


@transaction.atomic
def begin_from(beginning: Beginning, seed: Seed) -> ExecutionRef:
    """Commit the execution with its first events.

    Raises:
        NoTrigger: the version could not be started.
        ItemsDeleted: what it should begin with is gone.
    """
    ref = begin(beginning)
    if ref is None:
        message = "The version could not be started."
        raise NoTrigger(message)
    journal = _written(compiled(beginning.version_id), beginning, seed, ref.number)
    _store(journal, ref.id)
    return ref


def _written(
    workflow: CompiledWorkflow, beginning: Beginning, seed: Seed, number: int
) -> SeedJournal:
    """The first events, noted by the recorder that a worker uses, so that loops are kept alike."""
    part = cut_down(workflow, seed.nodes) if seed.nodes is not None else workflow
    clock = DatabaseClock()
    clock.set(database_now())
    ledger = Ledger()
    journal = SeedJournal(ledger, clock.now_ms(), _begun(seed))
    recorder = Recorder(
        part.graph,
        cast("Journal", journal),
        ledger,
        clock,
        initial_state(part.graph, beginning.trigger_node),
    )
    start, pins = _start(beginning), frozenset(seed.pins)
    first_events(recorder, start, number, pins, values(workflow.variables))
    if seed.origin is not None:
        recorder.happened(WorkflowForked(), seed.origin)
    for one in seed.taken:
        _take(recorder, journal, one, seed.pins.get(one.id.node, ()))
    for run, given in seed.edited.items():
        counts: JsonObject = {port: len(items) for port, items in given.items()}
        blocks = {port: log.encode_pages(items) for port, items in given.items()}
        index = recorder.index_of(run)
        told: JsonObject = {"edited": counts}
        journal.edit(run, run_index=index, data=told, blocks=blocks)
    return journal


def _begun(seed: Seed) -> JsonObject:
    """What `workflow.started` says besides what it always says."""
    found: JsonObject = {}
    if seed.nodes is not None:
        found["nodes"] = [*seed.nodes]
    if seed.edited:
        found["edited"] = [[*run] for run in seed.edited]
    return found


def _start(beginning: Beginning) -> Start:
    return Start(
        version_id=beginning.version_id,
        number=None,
        mode=beginning.mode,
        trigger_node=beginning.trigger_node,
        items=beginning.items,
        answer_to=beginning.answer_to,
        is_test=beginning.is_test,
        origin=beginning.origin or {},
    )


def _take(recorder: Recorder, journal: SeedJournal, one: Taken, pinned: Sequence[Item]) -> None:
    if one.recorded is None:
        command = RunStep(*one.id, 1, one.inputs)
        recorder.completed(command, {one.port: pinned}, Notes())
        return
    event = one.recorded.event
    inputs: Any = inputs_to_json(one.inputs)
    data: JsonObject = {k: v for k, v in event.data.items() if k not in _NOT_TAKEN}
    size = event.data.get("batch_size")
    journal.reused = event.outputs or {}
    happened = StepReused(
        node=one.id.node,
        run=one.id.run,
        attempt=1,
        outputs=one.recorded.counts,
        batch_size=size if isinstance(size, int) else 1,
    )
    recorder.happened(happened, {**data, "inputs": inputs})


def _store(journal: SeedJournal, execution_id: UUID) -> None:
    inline = (
        page.block
        for event in journal.events
        for pages in (event.outputs or {}).values()
        for page in pages
        if isinstance(page.block, bytes)
    )
    files.hold(execution_id, files_in([*inline, *journal.payloads.values()]))
    for first in range(0, len(journal.events), EVENTS_A_SEGMENT):
        part = journal.events[first : first + EVENTS_A_SEGMENT]
        LogSegment.objects.create(
            execution_id=execution_id,
            first_seq=first + 1,
            last_seq=first + len(part),
            format=log.FORMAT,
            body=log.encode_segment(part),
        )
    Payload.objects.bulk_create(
        Payload(id=one, execution_id=execution_id, body=log.pack(block))
        for one, block in journal.payloads.items()
    )
    with connection.cursor() as cursor:
        if journal.copies:
            originals, copies = list(journal.copies), list(journal.copies.values())
            cursor.execute(_COPY, [execution_id, originals, copies])
            if cursor.rowcount < len(copies):
                raise ItemsDeleted
            cursor.execute(_HOLD_TOO, [execution_id, originals])
        cursor.execute(_NOTE, [len(journal.events), execution_id])
