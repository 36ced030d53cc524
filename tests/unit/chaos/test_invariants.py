"""Each invariant of the chaos suite finds what breaks it, and nothing in a log that is whole."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from headrace.executions.log import Event
from tests.chaos.facts import Facts, Resources, Run
from tests.chaos.invariants import check

EVENTS = (
    Event("workflow.started", 1, seq=1),
    Event("workflow.step.completed", 2, "hook", "0", 0, 1, seq=2),
    Event("workflow.step.started", 3, "pay", "0", 0, 1, seq=3),
    Event("workflow.step.completed", 4, "pay", "0", 0, 1, seq=4),
    Event("workflow.completed", 5, seq=5),
)
RUN = Run(
    id="run",
    tenant="demo",
    kind="ask",
    mark="m1",
    status="completed",
    last_seq=5,
    segments=((1, 2), (3, 5)),
    events=EVENTS,
    refolded="completed",
    is_queued=False,
    canaries=frozenset({"demo"}),
)
WHOLE = Facts(
    accepted={"m1": {"run"}},
    runs=(RUN,),
    calls=Counter({"/ask/m1/pay": 1}),
    asks={"ask": "pay"},
    limits={"limited": 2},
    busiest=Counter(limited=2),
    before=Resources(500, 200, 20),
    after=Resources(510, 205, 20),
)


def run(**changes):
    return replace(WHOLE, runs=(replace(RUN, **changes),))


def events(*types):
    """A log of steps named by type and node."""
    return tuple(
        Event(kind, 1, *((node, "0", 0, 1) if node else ()), seq=number + 1)
        for number, (kind, node) in enumerate(types)
    )


def broken(facts):
    return {one.name for one in check(facts) if one.violations}


def test_nothing_is_found_where_nothing_is_wrong():
    assert broken(WHOLE) == set()


def test_every_invariant_says_how_much_it_looked_at():
    assert all(one.checked > 0 for one in check(WHOLE))


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("I1", replace(WHOLE, accepted={"m1": {"run"}, "lost": {"other"}})),
        ("I1", replace(WHOLE, runs=(RUN, replace(RUN, id="twin")))),
        ("I1", replace(WHOLE, accepted={"m1": {"run", "another"}})),
        ("I1", replace(WHOLE, accepted={}, runs=(RUN, replace(RUN, id="twin")))),
        ("I2", run(status="running", refolded="running", is_queued=True)),
        ("I2", run(status="waiting", refolded="waiting", is_queued=False)),
        ("I2", run(is_queued=True)),
        ("I2", replace(WHOLE, unsettled=("run",))),
        ("I4", run(segments=((1, 2), (4, 5)))),
        ("I4", run(segments=((1, 3), (3, 5)))),
        ("I4", run(events=EVENTS[:-2], segments=((1, 5),))),
        ("I4", run(last_seq=4)),
        ("I5", run(refolded="failed")),
        ("I6", replace(WHOLE, calls=Counter())),
        ("I6", replace(WHOLE, calls=Counter({"/ask/m1/pay": 2}))),
        ("I7", replace(WHOLE, leased=("run",))),
        ("I8", replace(WHOLE, busiest=Counter(limited=3))),
        ("I8", replace(WHOLE, held=("run",))),
        ("I9", run(canaries=frozenset({"demo", "other"}))),
        ("I10", replace(WHOLE, after=Resources(5_000, 205, 20))),
        ("I10", replace(WHOLE, after=Resources(510, 2_000, 20))),
        ("I10", replace(WHOLE, after=Resources(510, 205, 80))),
    ],
)
def test_what_breaks_an_invariant_is_found_by_it_alone(name, facts):
    assert broken(facts) == {name}


@pytest.mark.parametrize(
    "log",
    [
        events(
            ("workflow.started", None),
            ("workflow.step.completed", "pay"),
            ("workflow.step.completed", "pay"),
        ),
        events(
            ("workflow.started", None),
            ("workflow.step.failed", "pay"),
            ("workflow.step.completed", "pay"),
        ),
        events(("workflow.started", None), ("workflow.completed", None), ("workflow.failed", None)),
        events(
            ("workflow.started", None),
            ("workflow.completed", None),
            ("workflow.step.started", "pay"),
        ),
    ],
)
def test_a_second_end_of_a_step_or_a_run_is_found(log):
    facts = run(events=log, segments=((1, len(log)),), last_seq=len(log))

    assert "I3" in broken(facts)


def test_a_step_that_is_tried_again_has_not_ended():
    again = replace(EVENTS[3], type="workflow.step.failed", data={"will_retry": True}, seq=4)
    log = (*EVENTS[:3], again, replace(EVENTS[3], seq=5), replace(EVENTS[4], seq=6))

    assert broken(run(events=log, segments=((1, 6),), last_seq=6)) == set()


def test_a_second_call_is_right_where_a_person_was_asked():
    unknown = Event("workflow.step.unknown", 1, "pay", "0", 0, 1, seq=4)
    log = (*EVENTS[:3], unknown, replace(EVENTS[3], seq=5), replace(EVENTS[4], seq=6))
    facts = replace(
        run(events=log, segments=((1, 6),), last_seq=6), calls=Counter({"/ask/m1/pay": 2})
    )

    assert broken(facts) == set()
