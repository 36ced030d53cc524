"""The invariants I1 to I10: each looks at everything and names what breaks it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from tests.chaos.facts import Facts, Run

ENDED: Final = frozenset({"completed", "failed", "cancelled", "crashed"})
STEP_ENDS: Final = frozenset(
    f"workflow.step.{word}" for word in ("completed", "failed", "skipped", "cancelled", "reused")
)
WORKFLOW_ENDS: Final = frozenset(
    f"workflow.{word}" for word in ("completed", "failed", "cancelled")
)
SLACK: Final = 1.05
"""What is held afterwards may be so much more than before."""

FILES: Final = 40
CONNECTIONS: Final = 4 * 7
MEMORY_MB: Final = 150.0
"""And so much besides: pools and caches fill at different times in different processes.

Each of four workers has three connections more in a full pool than in an idle one, and one in each
of four threads.
"""

Violations = Iterator[str]


@dataclass(frozen=True)
class Result:
    """One invariant: how many things were looked at, and what was wrong."""

    name: str
    title: str
    checked: int
    violations: tuple[str, ...]


def check(facts: Facts) -> list[Result]:
    """All ten, in order."""
    return [
        Result(name, title, count(facts), tuple(find(facts)))
        for name, title, count, find in INVARIANTS
    ]


def _accepted_once(facts: Facts) -> Violations:
    began = Counter(run.mark for run in facts.runs)
    ids = {run.id for run in facts.runs}
    for mark, told in facts.accepted.items():
        if began[mark] != 1:
            yield f"{mark} was accepted and has {began[mark]} executions"
        if len(told) > 1 or not told <= ids:
            yield f"{mark} was told {sorted(told)}"
    yield from (f"{mark} has {n} executions" for mark, n in began.items() if n > 1)


def _reaches_an_end(facts: Facts) -> Violations:
    for run in facts.runs:
        if run.status in ENDED:
            if run.is_queued:
                yield f"{run.id} has ended as {run.status} and is still queued"
        elif run.status != "waiting" or not run.is_queued:
            yield f"{run.id} ({run.kind}) is {run.status}, queued: {run.is_queued}"
    yield from (f"{one} was still open when the time was over" for one in facts.unsettled)


def _one_end_a_step(facts: Facts) -> Violations:
    for run in facts.runs:
        ends = Counter(
            (event.node, event.run)
            for event in run.events
            if event.type in STEP_ENDS and not event.data.get("will_retry")
        )
        yield from (f"{run.id}: {step} ended {n} times" for step, n in ends.items() if n > 1)
        last = [event.seq for event in run.events if event.type in WORKFLOW_ENDS]
        if len(last) > 1:
            yield f"{run.id} ended {len(last)} times"
        elif last and last[0] != run.events[-1].seq:
            yield f"{run.id}: its log goes on after its end"


def _numbers_without_gap(facts: Facts) -> Violations:
    for run in facts.runs:
        expected = 1
        for first, last in run.segments:
            if first != expected or last < first:
                yield f"{run.id}: a segment has {first} to {last}, {expected} was next"
            expected = last + 1
        if [event.seq for event in run.events] != list(range(1, expected)):
            yield f"{run.id}: its events are not numbered 1 to {expected - 1}"
        if run.last_seq != expected - 1 and run.status in ENDED:
            yield f"{run.id}: its row says {run.last_seq}, its log {expected - 1}"


def _fold_gives_the_state(facts: Facts) -> Violations:
    for run in facts.runs:
        if run.refolded != run.status:
            yield f"{run.id} is {run.status}, its log says {run.refolded}"


def _calls_were_made(facts: Facts) -> Violations:
    for run in facts.runs:
        yield from _calls_of(run, facts)


def _calls_of(run: Run, facts: Facts) -> Violations:
    done = {event.node for event in run.events if event.type == "workflow.step.completed"}
    for node in sorted(node for node in done if node):
        path = f"/{run.kind}/{run.mark}/{node}"
        if node in CALLING.get(run.kind, ()) and not facts.calls[path]:
            yield f"{run.id}: {node} completed, and nobody was called"
    asked = facts.asks.get(run.kind)
    if asked is None or facts.calls[f"/{run.kind}/{run.mark}/{asked}"] <= 1:
        return
    if not any(event.node == asked and _is_unknown(event.type) for event in run.events):
        yield f"{run.id}: {asked} was called again without a person's word"


def _is_unknown(kind: str) -> bool:
    return kind == "workflow.step.unknown"


def _nothing_is_held_by_the_dead(facts: Facts) -> Violations:
    yield from (f"{one} is leased by a worker without a lease" for one in facts.leased)


def _limits_hold(facts: Facts) -> Violations:
    for kind, limit in facts.limits.items():
        if facts.busiest[kind] > limit:
            yield f"{facts.busiest[kind]} runs of {kind} went at once, {limit} were allowed"
    yield from (f"{one} is held back though nothing runs" for one in facts.held)


def _no_foreign_canary(facts: Facts) -> Violations:
    for run in facts.runs:
        foreign = run.canaries - {run.tenant}
        if foreign:
            yield f"{run.id} of {run.tenant} holds data of {sorted(foreign)}"


def _nothing_leaks(facts: Facts) -> Violations:
    pairs = (
        ("MB of memory", facts.before.memory_mb, facts.after.memory_mb, MEMORY_MB),
        ("open files", facts.before.files, facts.after.files, FILES),
        ("connections", facts.before.connections, facts.after.connections, CONNECTIONS),
    )
    for what, before, after, besides in pairs:
        if after > before * SLACK + besides:
            yield f"{after:.0f} {what}, before it were {before:.0f}"


CALLING: Final = {
    "chain": ("a", "b"),
    "join": ("yes", "end"),
    "fan": ("c1", "c2", "c3"),
    "keyed": ("pay",),
    "retry": ("pay",),
    "ask": ("pay",),
    "flaky": ("get",),
    "wait": ("then",),
    "person": ("late",),
    "limited": ("slow",),
    "answer": ("get",),
    "loop": ("end",),
}
"""The nodes of each kind that call the stub."""


def _runs(facts: Facts) -> int:
    return len(facts.runs)


def _steps(facts: Facts) -> int:
    return sum(event.type in STEP_ENDS for run in facts.runs for event in run.events)


def _events(facts: Facts) -> int:
    return sum(len(run.events) for run in facts.runs)


INVARIANTS: Final[
    tuple[tuple[str, str, Callable[[Facts], int], Callable[[Facts], Violations]], ...]
] = (
    (
        "I1",
        "every accepted webhook has one execution",
        lambda facts: len(facts.accepted),
        _accepted_once,
    ),
    ("I2", "every execution ends or waits", _runs, _reaches_an_end),
    ("I3", "a step ends once, and so does a run", _steps, _one_end_a_step),
    ("I4", "events are numbered 1, 2, 3 …", _events, _numbers_without_gap),
    ("I5", "a fold of the log gives the state", _runs, _fold_gives_the_state),
    (
        "I6",
        "what completed was called; asked writes once",
        lambda facts: sum(facts.calls.values()),
        _calls_were_made,
    ),
    ("I7", "nothing is leased by the dead", _runs, _nothing_is_held_by_the_dead),
    ("I8", "limits hold, and nothing is held back", lambda facts: len(facts.limits), _limits_hold),
    ("I9", "no data of another tenant", _runs, _no_foreign_canary),
    ("I10", "memory, files and connections come back", lambda _: 3, _nothing_leaks),
)
