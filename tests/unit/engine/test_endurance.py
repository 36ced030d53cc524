"""What holds for every workflow when runs fail, are stopped, undone, tried again or taken over."""

from __future__ import annotations

import json
from collections import Counter
from copy import deepcopy
from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st

from headrace.engine import (
    CancelRequested,
    Event,
    Graph,
    InvalidGraph,
    RunId,
    RunStep,
    Status,
    StepCompleted,
    StepFailed,
    StepInputs,
    StepReused,
    StepStarted,
    UsePin,
    WorkflowCompensating,
    WorkflowPaused,
    WorkflowResumed,
    WorkflowRetried,
    advance,
    can_retry,
    initial_state,
    pending,
    state_from_json,
    state_to_json,
)
from headrace.engine.run_key import is_within
from tests.unit.engine.drawing import Drawing
from tests.unit.engine.graphs import drawings
from tests.unit.engine.shell import Shell, brittle, in_random_order, steady

EVENTS_AT_MOST = 600
REFUSED = {"irreducible_cycle", "back_from_outside", "many_runs", "undo_leaves", "reads_cycle"}

guarded = drawings(loops=True, guards=True)
plain = drawings(loops=True)
orders = st.randoms(use_true_random=False)


def compiled(drawing: Drawing) -> Graph:
    try:
        return drawing.graph()
    except InvalidGraph as refused:
        assume(all(problem.code in REFUSED for problem in refused.problems))
        assume(False)
        raise


def begun(graph: Graph, random: Random, **facts: object) -> Shell:
    facts = {"behave": brittle, **facts}
    return Shell(graph, choose=in_random_order(random), **facts).start()  # type: ignore[arg-type]


def ended(shell: Shell) -> Shell:
    shell.run(EVENTS_AT_MOST)
    assume(len(shell.events) < EVENTS_AT_MOST)
    return shell


@given(guarded, orders)
def test_every_execution_comes_to_an_end_with_nothing_left_open(drawing, random):
    state = ended(begun(compiled(drawing), random)).state

    assert state.status.is_final
    assert not state.active
    if state.status is Status.COMPLETED:
        assert set(state.scopes) == {()}
        assert not any((state.runs, state.activations, state.deadlines, state.broken))
        assert not state.undoing


@given(guarded, orders)
def test_folding_any_prefix_gives_the_live_state_and_so_does_its_snapshot(drawing, random):
    graph = compiled(drawing)
    shell = begun(graph, random)
    state = initial_state(graph, "t")

    for place in range(EVENTS_AT_MOST):
        if place == len(shell.events):
            shell.run(1)
        if place == len(shell.events):
            break
        state = advance(graph, state, shell.events[place])
        copy = state_from_json(json.loads(json.dumps(state_to_json(state))))
        assert copy == state
        assert pending(graph, copy) == pending(graph, state)
    else:
        assume(False)

    assert state == shell.state


@given(guarded, orders)
def test_a_state_that_was_stored_goes_on_as_the_one_that_was_not(drawing, random):
    graph = compiled(drawing)
    first = begun(graph, random)
    first.run(random.randint(0, 40))
    second = deepcopy(first)
    second.state = state_from_json(json.loads(json.dumps(state_to_json(first.state))))
    seed = random.random()

    first.choose, second.choose = (in_random_order(Random(seed)) for _ in range(2))
    ended(first)
    second.run(EVENTS_AT_MOST)

    assert second.events == first.events


@given(guarded, orders)
def test_events_that_come_again_change_nothing(drawing, random):
    graph = compiled(drawing)
    shell = begun(graph, random)
    shell.run(random.randint(0, 60))
    # What an event ended and what it made superfluous is told once only, by that event.
    shell.state.ended, shell.state.skipped = [], []
    before = deepcopy(shell.state)

    for event in shell.events:
        assume(not isinstance(event, WorkflowCompensating))
        advance(graph, shell.state, event)

        assert shell.state == before


@given(guarded, orders)
def test_nothing_starts_in_a_turn_that_is_broken(drawing, random):
    graph = compiled(drawing)
    shell = begun(graph, random)

    while shell.pending() and len(shell.events) < EVENTS_AT_MOST:
        broken = [tag for tag in shell.state.broken if tag not in shell.state.undoing]
        known = len(shell.events)
        shell.run(1)
        for event in shell.events[known:]:
            if isinstance(event, StepStarted):
                tag = shell.state.runs[event.id].key.tag
                inside = [turn for turn in broken if is_within(tag, turn)]
                islands = [turn for turn in shell.state.undoing if is_within(tag, turn)]
                assert max(map(len, inside), default=0) <= max(map(len, islands), default=0)


@given(guarded, orders)
def test_every_undo_runs_once_and_one_after_the_other(drawing, random):
    graph = compiled(drawing)
    shell = begun(graph, random)
    open_at_once = []

    while shell.pending() and len(shell.events) < EVENTS_AT_MOST:
        shell.run(1)
        regions = [undoing.region for undoing in shell.state.undoing.values()]
        open_at_once.append(max(Counter(regions).values(), default=0))

    assert max(open_at_once) <= 1
    completed = [event.id for event in shell.events if isinstance(event, StepCompleted)]
    assert max(Counter(completed).values(), default=1) == 1


@given(plain, orders)
def test_failures_that_are_tried_again_change_nothing_about_the_runs(drawing, random):
    graph = compiled(drawing)
    straight = ended(begun(graph, random, behave=steady))

    shell = begun(graph, random)
    for _ in range(200):
        shell.run(EVENTS_AT_MOST)
        if not can_retry(shell.state):
            break
        shell.report(WorkflowRetried())

    assert shell.inputs == straight.inputs
    assert shell.state.status == straight.state.status


@given(plain, orders)
def test_what_is_cancelled_at_any_time_and_tried_again_comes_to_the_same_end(drawing, random):
    graph = compiled(drawing)
    straight = ended(begun(graph, random, behave=steady))
    shell = begun(graph, random, behave=steady)
    shell.run(random.randint(0, 40))
    assume(not shell.state.status.is_final)

    shell.report(CancelRequested())
    ended(shell).report(WorkflowRetried())
    ended(shell)

    assert shell.inputs == straight.inputs
    assert shell.state.status == straight.state.status


@given(plain, orders)
def test_a_pause_at_any_time_changes_nothing_about_the_runs(drawing, random):
    graph = compiled(drawing)
    straight = ended(begun(graph, random, behave=steady))

    shell = begun(graph, random, behave=steady)
    shell.run(random.randint(0, 40))
    shell.report(WorkflowPaused())
    known = len(shell.events)
    shell.run(EVENTS_AT_MOST)
    started = [e for e in shell.events[known:] if isinstance(e, StepStarted)]
    shell.report(WorkflowResumed())
    ended(shell)

    assert not started
    assert shell.inputs == straight.inputs


@given(plain, orders)
def test_a_fork_takes_over_what_does_not_depend_on_its_point_and_comes_to_the_same(drawing, random):
    """Rule 19: results are offered again; what comes after the point is never asked for."""
    graph = compiled(drawing)
    first = ended(begun(graph, random, behave=steady))
    outcomes = {e.id: e for e in first.events if isinstance(e, StepCompleted | StepFailed)}
    assume(outcomes)
    point = random.choice(sorted(outcomes))

    fork = Shell(graph, behave=steady, choose=in_random_order(random))
    fork.report(first.events[0])
    taken = _take_over(fork, outcomes, point)
    ended(fork)

    assert fork.inputs == first.inputs
    assert not taken & _after(first.inputs, point)


def _take_over(fork: Shell, outcomes: dict[RunId, Event], point: RunId) -> set[RunId]:
    taken: set[RunId] = set()
    while True:
        due = [
            RunId(command.node, command.run)
            for command in fork.pending()
            if isinstance(command, RunStep | UsePin)
        ]
        due = [id_ for id_ in due if id_ in outcomes and id_ not in {point, *taken}]
        if not due:
            return taken
        taken.add(due[0])
        fork.report(_reused(outcomes[due[0]]))


def _reused(outcome: Event) -> Event:
    assert isinstance(outcome, StepCompleted | StepFailed)
    size = outcome.batch_size if isinstance(outcome, StepCompleted) else 1
    return StepReused(outcome.node, outcome.run, 1, outcome.outputs or {}, size)


def _after(inputs: dict[RunId, StepInputs], point: RunId) -> set[RunId]:
    """The runs that got something from the point, directly or not."""
    after = {point}
    for _ in range(len(inputs)):
        found = {
            id_
            for id_, given_ in inputs.items()
            if any(RunId(s.node, s.run) in after for _, sources in given_ for s in sources)
        }
        if found <= after:
            break
        after |= found
    return after - {point}
