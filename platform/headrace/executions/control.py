"""What people do to an execution that began: pause, resume, retry, and decide what is unknown.

All of it is told to the one who holds the lease; whether it is accepted is decided here, in the
caller's transaction (engine-rules 12).
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Literal
from uuid import UUID, uuid4

import orjson
from django.db import connection, transaction

from headrace.accounts.permissions import require
from headrace.accounts.types import Actor
from headrace.audit import actions as audit
from headrace.executions import log, queries
from headrace.executions.actions import tell
from headrace.executions.errors import (
    AlreadyDecided,
    AlreadyEnded,
    ExecutionNotFound,
    ForkInstead,
    NotRetryable,
    StepNotFound,
    StepNotUnknown,
)
from headrace.executions.limits import limits_of_version
from headrace.executions.models import Execution, InboxEntry
from headrace.executions.queue.reopening import REOPEN
from headrace.executions.types import OPEN_STATUSES, TRIGGER_RUN, Status
from headrace.tenants.context import current
from headrace_sdk.items import Item, JsonObject

Decision = Literal["happened", "not_happened", "run_again"]
RETRYABLE = (Status.FAILED, Status.CRASHED)


@transaction.atomic
def pause(actor: Actor, execution_id: UUID) -> None:
    """Let nothing new start until `unpause`; what runs ends, what waits keeps waiting.

    Raises:
        Forbidden: the actor may not pause.
        ExecutionNotFound, AlreadyEnded: as they say.
    """
    _tell_open(actor, execution_id, "paused")


@transaction.atomic
def unpause(actor: Actor, execution_id: UUID) -> None:
    """Let a paused execution go on; one that is not paused is left as it is.

    Raises:
        Forbidden: the actor may not resume.
        ExecutionNotFound, AlreadyEnded: as they say.
    """
    _tell_open(actor, execution_id, "unpaused")


def _tell_open(actor: Actor, execution_id: UUID, what: Literal["paused", "unpaused"]) -> None:
    require(actor, "execution.pause")
    execution = _locked(execution_id)
    if execution.status not in OPEN_STATUSES:
        raise AlreadyEnded(execution.status)
    told = orjson.dumps({"by": actor.label})
    tell(execution_id, what, f"{what}:{uuid4()}", told)
    done = "execution.paused" if what == "paused" else "execution.resumed"
    audit.record(actor.value, done, "execution", execution_id, {"number": execution.number})


@transaction.atomic
def retry(actor: Actor, execution_id: UUID) -> None:
    """Continue a failed execution from its failed steps, as the same execution.

    Every idempotency key stays what it was, and nothing that succeeded is done again.

    Raises:
        Forbidden: the actor may not retry.
        ExecutionNotFound: as it says.
        NotRetryable: it did not fail, or somebody was faster.
        ForkInstead: it was undone, or reached a limit in the middle of something.
    """
    require(actor, "execution.retry")
    execution = _locked(execution_id)
    if execution.status not in RETRYABLE:
        raise NotRetryable(execution.status)
    final = orjson.loads(bytes(execution.error)).get("final") if execution.error else None
    if final:
        raise ForkInstead(final)
    runs = [
        [step.node, step.run]
        for step in queries.history(execution_id)
        if step.status not in {"completed", "cached", "skipped"}
    ]
    Execution.objects.filter(pk=execution_id).update(
        status=Status.QUEUED, error=None, notice=None, waiting_for="", ended_at=None
    )
    with connection.cursor() as cursor:
        cursor.execute(
            REOPEN,
            {
                "execution": execution_id,
                "tenant": current().id,
                "schema": current().schema,
                "last_seq": execution.last_seq,
                "min_reader": log.FORMAT,
                "number": execution.number,
                "workflow": execution.workflow_id,
                **_limits(execution),
            },
        )
    told = orjson.dumps({"runs": runs, "by": actor.label})
    tell(execution_id, "retried", f"retried:{execution.last_seq}", told)
    audit.record(
        actor.value, "execution.retried", "execution", execution_id, {"number": execution.number}
    )


def _limits(execution: Execution) -> dict[str, Any]:
    """Those of its version, counted with the others of its workflow and key as at its beginning."""
    limits = limits_of_version(execution.version_id)
    items: Sequence[Item] = ()
    # One that was given up before anything was logged has no such step.
    with suppress(StepNotFound):
        items = queries.step_items(
            execution.pk,
            execution.trigger_node,
            TRIGGER_RUN,
            side="output",
            port=None,
            offset=0,
            limit=1,
        ).items
    columns = dict.fromkeys(("max_concurrency", "max_per_key", "concurrency_key"))
    return {"priority": limits.priority, **columns, **limits.row(items)}


@transaction.atomic
def decide(
    actor: Actor,
    execution_id: UUID,
    step: tuple[str, str],
    decision: Decision,
    items: Sequence[Item] | None = None,
) -> None:
    """Say what became of a write of which nobody knows whether it had its effect.

    `step` is its node and run key. `happened` goes on with `items`, or with an empty item for
    each that was in doubt; `not_happened` fails the step with `did_not_happen`; `run_again` makes
    another attempt.

    Raises:
        Forbidden: the actor may not decide.
        ExecutionNotFound, AlreadyEnded: as they say.
        StepNotUnknown: the step's outcome is known.
        AlreadyDecided: somebody was faster.
    """
    require(actor, "execution.decide")
    execution = _locked(execution_id)
    if execution.status not in OPEN_STATUSES:
        raise AlreadyEnded(execution.status)
    found = next(
        (
            one
            for one in queries.history(execution_id)
            if (one.node, one.run) == step and one.status == "unknown"
        ),
        None,
    )
    if found is None:
        raise StepNotUnknown
    node, run = step
    key = f"decided:{node}:{run}:{found.attempt}"[:200]
    if InboxEntry.objects.filter(execution_id=execution_id, dedupe_key=key).exists():
        raise AlreadyDecided
    told: JsonObject = {"node": node, "run": run, "decision": decision, "by": actor.label}
    if items is not None:
        told["items"] = [item.to_json() for item in items]
    tell(execution_id, "decided", key, orjson.dumps(told))
    facts = {"node": node, "run": run, "attempt": found.attempt, "decision": decision}
    audit.record(actor.value, "execution.decided", "execution", execution_id, facts)


def _locked(execution_id: UUID) -> Execution:
    """The row, locked, so that of two wishes at one moment the second sees the first."""
    found = Execution.objects.select_for_update().filter(pk=execution_id).first()
    if found is None:
        raise ExecutionNotFound
    return found
