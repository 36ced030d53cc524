"""Reads what happened from the stack's own database, folding every log once more.

Import it when Django knows where that database is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from uuid import UUID

from django.db import connection

from headrace import engine
from headrace.engine.pending import is_waiting
from headrace.executions import log
from headrace.executions.models import Execution, LogSegment
from headrace.executions.runner import facts as stored
from headrace.realtime.names import workflow_group
from headrace.tenants.context import TenantRef, public, tenant
from headrace.tenants.queries import by_slug
from headrace.workflows.compiled import compiled
from headrace_bootstrap.stack import Stack
from tests.bench import processes
from tests.chaos.facts import Resources, Run

OPEN_BY_NOBODY = """
select execution_id::text from run_queue q where state = 'leased' and not exists (
    select 1 from run_worker w where w.id = q.worker and w.lease_until > clock_timestamp())
"""
HELD = "select execution_id::text from run_queue where state = 'held'"


def open_executions() -> list[tuple[str, str]]:
    """Id and state of what is still to be done: it is not waiting for a person."""
    with public(), connection.cursor() as cursor:
        cursor.execute(
            "select execution_id::text, state from run_queue "
            "where state <> 'waiting' or due_at < 'infinity'"
        )
        return list(cursor.fetchall())


def shared(statement: str) -> tuple[str, ...]:
    """One column of the shared tables."""
    with public(), connection.cursor() as cursor:
        cursor.execute(statement)
        return tuple(row[0] for row in cursor.fetchall())


def groups(slugs: tuple[str, ...], workflows: Iterable[str]) -> list[str]:
    """The groups in which pages would follow these workflows."""
    owners = [owner for slug in slugs if (owner := by_slug(slug)) is not None]
    return [workflow_group(owner.id, UUID(one)) for owner in owners for one in workflows]


def runs(slugs: tuple[str, ...], kinds: Mapping[str, str]) -> Iterator[Run]:
    """Every execution of the tenants; `kinds` by workflow id."""
    for slug in slugs:
        owner = by_slug(slug)
        assert owner is not None
        with tenant(owner):
            rows = [
                row for row in Execution.objects.order_by("number") if str(row.workflow_id) in kinds
            ]
            # Read after them: what had ended by then may not be queued any more.
            queued = set(shared("select execution_id::text from run_queue"))
            for row in rows:
                yield _run(row, owner, kinds[str(row.workflow_id)], slugs, queued)


def _run(
    row: Execution, owner: TenantRef, kind: str, slugs: tuple[str, ...], queued: set[str]
) -> Run:
    segments = list(LogSegment.objects.filter(execution_id=row.pk).order_by("first_seq"))
    events = [
        event
        for segment in segments
        for event in log.decode_segment(segment.body, segment.first_seq)
    ]
    text = b"".join(log.unpack(segment.body) for segment in segments)
    return Run(
        id=str(row.pk),
        tenant=owner.slug,
        kind=kind,
        mark=_mark(events),
        status=str(row.status),
        last_seq=row.last_seq,
        segments=tuple((one.first_seq, one.last_seq) for one in segments),
        events=tuple(events),
        refolded=_refold(row.version_id, events),
        is_queued=str(row.pk) in queued,
        canaries=frozenset(slug for slug in slugs if f"canary-{slug}-".encode() in text),
    )


def _mark(events: list[log.Event]) -> str:
    for event in events:
        pages = (event.outputs or {}).get("main")
        if pages and isinstance(pages[0].block, bytes):
            body = log.decode_block(pages[0].block)[0].json["body"]
            assert isinstance(body, dict)
            return str(body["mark"])
    return ""


def _refold(version_id: UUID, events: list[log.Event]) -> str:
    """The status that the rules find in a log, its own word for the end left aside."""
    if not events:
        return "queued"
    graph = compiled(version_id).graph
    state = engine.initial_state(graph, str(events[0].data["trigger"]))
    for event in events:
        happened = stored.to_engine(event)
        if happened is None or event.type in _ENDS:
            continue
        state = engine.advance(graph, state, happened)
    error = events[-1].data.get("error")
    if isinstance(error, dict) and error.get("code") == "crashed" and not error.get("node"):
        return "crashed"
    for command in engine.pending(graph, state):
        if isinstance(command, engine.Finish):
            return str(command.status)
    return "waiting" if is_waiting(graph, state) or not engine.pending(graph, state) else "running"


_ENDS = frozenset({"workflow.completed", "workflow.failed", "workflow.cancelled"})


def resources(stack: Stack) -> Resources:
    """What the stack's programs hold now."""
    memory = sum(
        size
        for name, size in processes.memory_bytes(stack).items()
        if name not in {"supervisor", *processes.SERVERS}
    )
    names = ("web", *stack.workers, "scheduler")
    files = sum(len([*Path(f"/proc/{stack.process_id(name)}/fd").iterdir()]) for name in names)
    connections = shared("select pid from pg_stat_activity where backend_type = 'client backend'")
    return Resources(memory / 2**20, files, len(connections))


def calls(counted: Mapping[str, int]) -> Counter[str]:
    """The stub's counts by path without query."""
    found: Counter[str] = Counter()
    for path, number in counted.items():
        found[path.partition("?")[0]] += number
    return found
