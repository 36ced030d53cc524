"""What holds for every workflow and every order of events (rule 39)."""

from __future__ import annotations

import json
from collections import Counter
from copy import deepcopy
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from headrace.engine import (
    CancelRequested,
    Graph,
    InvalidGraph,
    RunStep,
    State,
    Status,
    StepStarted,
    WorkflowCancelled,
    WorkflowCompleted,
    WorkflowFailed,
    advance,
    initial_state,
    pending,
    result,
    state_from_json,
    state_to_json,
)
from tests.unit.engine.drawing import Drawing
from tests.unit.engine.graphs import drawings, in_order
from tests.unit.engine.shell import Shell, failed, in_random_order, lively

ENDINGS = (WorkflowCompleted, WorkflowFailed, WorkflowCancelled)
EVENTS_AT_MOST = 600

any_drawing = st.one_of(drawings(), drawings(loops=True))


def compiled(drawing: Drawing) -> Graph:
    try:
        return drawing.graph()
    except InvalidGraph as refused:
        assume(all(problem.code in REFUSED for problem in refused.problems))
        assume(False)
        raise


REFUSED = {"irreducible_cycle", "back_from_outside", "many_runs", "reads_cycle"}


def run(graph: Graph, random: Random | None = None, **facts: object) -> Shell:
    shell = Shell(graph, behave=lively, **facts)  # type: ignore[arg-type]
    if random is not None:
        shell.choose = in_random_order(random)
    if not shell.events:
        shell.start()
    shell.run(EVENTS_AT_MOST)
    assume(len(shell.events) <= EVENTS_AT_MOST)
    return shell


@given(any_drawing, st.randoms(use_true_random=False))
def test_the_order_of_events_changes_neither_runs_nor_what_they_get(drawing, random):
    graph = compiled(drawing)
    straight = run(graph)

    shuffled = run(graph, random)

    assert shuffled.inputs == straight.inputs
    assert shuffled.state.status == straight.state.status
    assert result(graph, shuffled.state) == result(graph, straight.state)


@given(any_drawing, st.randoms(use_true_random=False))
def test_the_order_of_events_changes_nothing_about_what_expressions_see(drawing, random):
    """Rule 4: what a run sees lies in its own past."""
    graph = compiled(drawing)
    straight = run(graph, looks=True)

    shuffled = run(graph, random, looks=True)

    assert shuffled.seen == straight.seen


@given(any_drawing)
def test_sequential_order_gives_the_same_runs_the_same_inputs(drawing):
    parallel = run(compiled(drawing))

    sequential = run(compiled(in_order(drawing, "sequential")))

    assert sequential.inputs == parallel.inputs


@given(any_drawing, st.randoms(use_true_random=False))
def test_in_sequential_order_one_step_at_most_is_open(drawing, random):
    graph = compiled(in_order(drawing, "sequential"))
    shell = Shell(graph, behave=lively, choose=in_random_order(random)).start()

    for _ in range(EVENTS_AT_MOST):
        assert sum(isinstance(command, RunStep) for command in shell.pending()) <= 1
        shell.run(1)


@given(any_drawing, st.randoms(use_true_random=False))
def test_an_execution_ends_with_every_scope_closed_and_nothing_held(drawing, random):
    graph = compiled(drawing)

    state = run(graph, random).state

    assert set(state.scopes) == {()} or state.stop is not None
    if state.status is Status.COMPLETED:
        root = state.scopes[()]
        assert not root.open_before
        assert not root.held
        assert not root.parked
        assert not root.busy
        assert not any((state.runs, state.activations, state.deadlines))


@given(any_drawing, st.randoms(use_true_random=False))
def test_every_run_happens_once(drawing, random):
    shell = run(compiled(drawing), random)

    assert max(Counter(shell.ran).values(), default=1) == 1
    assert shell.state.runs_total == len(shell.inputs)


@given(any_drawing, st.randoms(use_true_random=False))
def test_a_prefix_of_the_log_leads_to_the_same_end_in_any_order(drawing, random):
    graph = compiled(drawing)
    first = run(graph, random)
    prefix = first.events[: random.randint(1, len(first.events))]

    second = run(graph, random, events=prefix)

    assert second.inputs | first.inputs == first.inputs
    assert result(graph, second.state) == result(graph, first.state)
    assert second.state.status == first.state.status


@given(any_drawing, st.randoms(use_true_random=False))
def test_state_and_commands_survive_json_at_every_step(drawing, random):
    graph = compiled(drawing)
    shell = Shell(graph, behave=lively, choose=in_random_order(random)).start()

    while shell.pending() and len(shell.events) < EVENTS_AT_MOST:
        shell.run(1)
        copy = state_from_json(json.loads(json.dumps(state_to_json(shell.state))))

        assert copy == shell.state
        assert pending(graph, copy) == shell.pending()


@given(any_drawing, st.randoms(use_true_random=False))
def test_folding_the_log_gives_the_live_state_and_its_commands(drawing, random):
    graph = compiled(drawing)
    shell = Shell(graph, behave=lively, choose=in_random_order(random)).start()
    shell.run(random.randint(0, 60))

    folded = fold(graph, shell)

    assert folded == shell.state
    assert pending(graph, folded) == shell.pending()


def fold(graph: Graph, shell: Shell) -> State:
    state = initial_state(graph, shell.trigger)
    for event in shell.events:
        state = advance(graph, state, event)
    return state


@settings(max_examples=15)
@given(drawings(loops=True), st.randoms(use_true_random=False))
def test_events_that_come_again_change_nothing(drawing, random):
    graph = compiled(drawing)
    shell = Shell(graph, behave=lively, choose=in_random_order(random)).start()
    shell.run(40)
    # The turns that ended are told once only, by the event that ended them.
    shell.state.ended = []
    before = deepcopy(shell.state)

    for event in shell.events:
        advance(graph, shell.state, event)

        assert shell.state == before


@pytest.mark.parametrize("how", ["cancel", "failure"])
@given(drawing=any_drawing, random=st.randoms(use_true_random=False))
def test_after_a_stop_nothing_starts_and_one_event_ends_it(how, drawing, random):
    graph = compiled(drawing)
    shell = Shell(graph, behave=lively, choose=in_random_order(random)).start()
    shell.run(random.randint(0, 20))
    stoppable = [command for command in shell.pending() if isinstance(command, RunStep)]
    assume(stoppable or how == "cancel")
    stopping = CancelRequested() if how == "cancel" else failed(random.choice(stoppable))
    stops = how == "cancel" or graph.nodes[stopping.node].settings.on_error == "stop"
    assume(stops and not shell.state.status.is_final)

    shell.report(stopping)
    cut = len(shell.events)
    copy = state_from_json(json.loads(json.dumps(state_to_json(shell.state))))
    assert copy == shell.state
    shell.run()

    assert not any(isinstance(event, StepStarted) for event in shell.events[cut:])
    assert [isinstance(event, ENDINGS) for event in shell.events].count(True) == 1
    assert isinstance(shell.events[-1], WorkflowCancelled if how == "cancel" else WorkflowFailed)
