"""Loops: a head opens its body turn by turn, and goes on when the turns are over.

A loop over items takes them apart; a `while` head runs again before each turn and decides by the
port it answers on; one that turns once guards its body; a virtual head turns while something comes
back. A turn ends when its scope is closed, whether or not anything came back.
"""

from __future__ import annotations

from headrace.engine import compensation, containment
from headrace.engine.events import Failure, PortCounts
from headrace.engine.flow import Flow
from headrace.engine.graph import DONE_PORT, ERROR_PORT, LIMIT_PORT, LOOP_PORT, Node
from headrace.engine.references import Source, StepInputs
from headrace.engine.rest import is_unwanted
from headrace.engine.rounds import together
from headrace.engine.run_key import Frame, RunKey, Tag
from headrace.engine.state import (
    Activation,
    EndedTurn,
    Finished,
    LastTurn,
    Run,
    ScopeState,
)


def take_over(flow: Flow, node: Node, run: Run, outputs: PortCounts, batch_size: int) -> bool:
    """Whether the run of a head opened or ended a loop by what it put out."""
    if _is_asked_again(run):
        _decide(flow, node, run, outputs)
        return True
    if node.shape.loop == "while" and _hit_its_limit(node, outputs):
        _fail_at_limit(flow, node, run.key, 0)
        return True
    if outputs.get(LOOP_PORT) or (node.shape.loop != "while" and not any(outputs.values())):
        _start(flow, node, run, outputs, batch_size)
        return True
    return False


def give_up(flow: Flow, node: Node, run: Run) -> bool:
    """Whether a run that was stopped was to decide over another turn: the loop is over then."""
    if _is_asked_again(run):
        _decide(flow, node, run, {})
        return True
    return False


def enter_circle(flow: Flow, node: Node, key: RunKey, inputs: StepInputs) -> None:
    """A delivery enters a loop that has no head on the canvas."""
    flow.enter_busy(key)
    # No run of it is ever seen; this leads lookups on from the circle to what came before.
    flow.state.scopes[key.tag].finished[key.id] = Finished(key, inputs, {})
    loop = flow.state.activations[key] = Activation(inputs)
    _begin_turn(flow, node, key, loop, inputs)


def end_turn(flow: Flow, tag: Tag, scope: ScopeState) -> None:
    """A turn's scope is closed, or what was left of a broken one is over."""
    state = flow.state
    del state.scopes[tag]
    broken = state.broken.pop(tag, None)
    if tag in state.undoing:
        compensation.end_undo(flow, tag)
        return
    frame = tag[-1]
    key = RunKey(frame.head, tag[:-1], frame.via)
    node, loop = flow.graph.nodes[frame.head], state.activations[key]
    loop.open -= 1
    _remember(state.scopes[key.tag], key, frame.iteration, scope)
    returned = tuple(source for held in sorted(scope.returned) for source in held.sources)
    if broken or (returned and node.shape.loop == "items"):
        ended = EndedTurn(key.id, frame.iteration, returned, *(broken or ()))
        state.ended.append(ended)
    if node.shape.loop == "items":
        loop.returned += sum(source.items for source in returned)
        loop.failed += broken is not None
        _feed(flow, node, key, loop)
    elif node.shape.loop == "once":
        if broken is not None:
            flow.deliver(node, ERROR_PORT, key.tag, key.via, (broken.source,))
            returned = ()
        _end(flow, node, key, DONE_PORT, returned or _sources(loop.entry))
    elif not returned or is_unwanted(flow.graph, state, key):
        _end(flow, node, key, DONE_PORT, _sources(loop.inputs))
    else:
        _turn_again(flow, node, key, loop, together(node.shape.inputs, scope.returned))


def _is_asked_again(run: Run) -> bool:
    tag = run.key.tag
    return bool(tag) and tag[-1].head == run.key.node


def _start(flow: Flow, node: Node, run: Run, outputs: PortCounts, batch_size: int) -> None:
    items = outputs.get(LOOP_PORT, 0)
    others = {port: n for port, n in outputs.items() if port not in {LOOP_PORT, DONE_PORT}}
    flow.send(node, run, others)
    inside = ((LOOP_PORT, (Source(*run.id, LOOP_PORT, items),)),)
    loop = flow.state.activations[run.key] = Activation(inside, items, batch_size)
    if node.shape.loop == "items":
        _feed(flow, node, run.key, loop)
    elif items:
        _begin_turn(flow, node, run.key, loop, inside)
    else:
        _end(flow, node, run.key, DONE_PORT, _sources(inside))


def _feed(flow: Flow, node: Node, key: RunKey, loop: Activation) -> None:
    """Begin as many turns over items as may be open at once; end the loop after the last."""
    unwanted = node.rest_of and is_unwanted(flow.graph, flow.state, key)
    name, run = loop.entry[0][1][0][:2]
    while (
        loop.begun * loop.batch_size < loop.items
        and loop.open < node.shape.concurrency
        and not unwanted
    ):
        items = min(loop.batch_size, loop.items - loop.begun * loop.batch_size)
        batch = Source(name, run, LOOP_PORT, items, loop.begun)
        _begin_turn(flow, node, key, loop, ((LOOP_PORT, (batch,)),))
    if not loop.open:
        if loop.failed and node.shape.on_body_error == "collect":
            failed = Source(name, run, ERROR_PORT, loop.failed)
            flow.deliver(node, ERROR_PORT, key.tag, key.via, (failed,))
        _end(flow, node, key, DONE_PORT, (Source(name, run, DONE_PORT, loop.returned),))


def _begin_turn(flow: Flow, node: Node, key: RunKey, loop: Activation, inputs: StepInputs) -> None:
    tag = (*key.tag, Frame(node.id, key.via, loop.begun))
    loop.begun += 1
    loop.open += 1
    if node.shape.loop == "while":
        loop.inputs = inputs
    flow.open(tag)
    for port, sources in inputs:
        flow.deliver(node, port, tag, (), sources)


def _turn_again(flow: Flow, node: Node, key: RunKey, loop: Activation, inputs: StepInputs) -> None:
    """Something came back: a virtual head turns again, one on the canvas is asked."""
    if not node.is_virtual:
        tag = (*key.tag, Frame(node.id, key.via, loop.begun))
        loop.begun += 1
        loop.open += 1
        flow.prepare(tag)
        flow.queue(RunKey(node.id, tag, ()), inputs)
    elif loop.begun < node.settings.max_iterations:
        _begin_turn(flow, node, key, loop, inputs)
    else:
        _fail_at_limit(flow, node, key, loop.begun)


def _decide(flow: Flow, node: Node, run: Run, outputs: PortCounts) -> None:
    """A `while` head has seen what came back: another turn, or the end."""
    tag, state = run.key.tag, flow.state
    key = RunKey(node.id, tag[:-1], tag[-1].via)
    loop, scope = state.activations[key], state.scopes[tag]
    items = outputs.get(LOOP_PORT, 0)
    is_over = loop.begun > node.settings.max_iterations
    if items and not is_over:
        del scope.busy[node.id]
        loop.inputs = ((LOOP_PORT, (Source(*run.id, LOOP_PORT, items),)),)
        flow.check_starts(tag)
        flow.deliver(node, LOOP_PORT, tag, (), _sources(loop.inputs))
        return
    del state.scopes[tag]
    state.scopes[key.tag].finished[run.id] = scope.finished[run.id]
    loop.open -= 1
    if items:
        outputs = {**outputs, LIMIT_PORT: items}
    if _hit_its_limit(node, outputs):
        _fail_at_limit(flow, node, key, loop.begun - 1)
        return
    left = [(port, n) for port, n in outputs.items() if n and port != LOOP_PORT]
    for port, count in left[:-1]:
        flow.deliver(node, port, key.tag, key.via, (Source(*run.id, port, count),))
    port, count = left[-1] if left else (DONE_PORT, 0)
    # What the limit lets out is what the head would have sent into its body.
    origin = LOOP_PORT if items and port == LIMIT_PORT else port
    _end(flow, node, key, port, (Source(*run.id, origin, count),) if count else ())


def _hit_its_limit(node: Node, outputs: PortCounts) -> bool:
    """Whether the head says that it turned too often, and nothing is there to take that."""
    return bool(outputs.get(LIMIT_PORT)) and LIMIT_PORT not in node.out


def _fail_at_limit(flow: Flow, node: Node, key: RunKey, count: int) -> None:
    message = f'The loop at "{node.name}" did not end within {count} turns.'
    error = Failure("max_iterations", message, node.id.rstrip("^"))
    flow.state.activations.pop(key, None)
    containment.fail_loop(flow, key, error)


def _end(flow: Flow, node: Node, key: RunKey, port: str, result: tuple[Source, ...]) -> None:
    del flow.state.activations[key]
    if result:
        flow.deliver(node, port, key.tag, key.via, result)
    if port not in node.out and not node.is_virtual:
        counts = {port: sum(source.items for source in result)}
        flow.note_leaf(node, key, key.id, counts)
    flow.leave(key)


def _remember(around: ScopeState, key: RunKey, number: int, scope: ScopeState) -> None:
    """Keep the runs of this turn, for those who look for them, instead of an earlier one's."""
    last = around.last_turns.get(key)
    if last is not None:
        if last.number > number:
            return
        for id_ in last.runs:
            around.turned.pop(id_, None)
    around.turned |= scope.turned
    around.turned |= scope.finished
    around.last_turns[key] = LastTurn(number, (*scope.finished, *scope.turned))


def _sources(inputs: StepInputs) -> tuple[Source, ...]:
    return tuple(source for _, sources in inputs for source in sources)
