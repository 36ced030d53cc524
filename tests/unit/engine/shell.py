"""A shell without a world: carries out the core's commands in memory, in any order.

What a step does follows from its name and its run alone, so that two orders can be compared.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from headrace.engine import (
    Command,
    Event,
    Failure,
    Finish,
    Graph,
    RunId,
    RunStep,
    State,
    StepCancelled,
    StepCompleted,
    StepFailed,
    StepInputs,
    StepWaiting,
    StopStep,
    UsePin,
    WaitUntil,
    WorkflowCancelled,
    WorkflowCompleted,
    WorkflowFailed,
    WorkflowStarted,
    advance,
    find_run,
    initial_state,
    pending,
)

START = datetime(2030, 1, 1, tzinfo=UTC)
LATER = START + timedelta(hours=1)
Behaviour = Callable[[Graph, RunStep], Event]
Choice = Callable[[Sequence[Command]], Command]


def done(step: RunStep | UsePin, _batch_size: int = 1, **outputs: int) -> StepCompleted:
    """The completion of a step, by ports."""
    return StepCompleted(step.node, step.run, step.attempt, outputs, _batch_size)


def failed(step: RunStep, **facts: object) -> StepFailed:
    """The failure of a step."""
    return StepFailed(step.node, step.run, step.attempt, Failure("broken", "It broke."), **facts)  # type: ignore[arg-type]


def by_ports(**ports: str) -> Behaviour:
    """Every step sends one item: nodes named here to these ports (`"a b"`, `""` for none)."""

    def behave(graph: Graph, step: RunStep) -> Event:
        first = graph.nodes[step.node].first_output or ""
        return done(step, **dict.fromkeys(ports.get(step.node, first).split(), 1))

    return behave


def turns(number: int, batch_size: int = 1, **ports: str) -> Behaviour:
    """Loops take so many items apart, other nodes are as in `by_ports`."""
    plain = by_ports(**ports)

    def behave(graph: Graph, step: RunStep) -> Event:
        if graph.nodes[step.node].shape.loop == "items":
            return done(step, batch_size, loop=number)
        return plain(graph, step)

    return behave


def until(turn: int, gate: str = "if") -> Behaviour:
    """The gate leads back until this turn."""

    def behave(graph: Graph, step: RunStep) -> Event:
        if graph.nodes[step.node].shape.loop:
            return done(step, loop=1)
        if step.node == gate:
            return done(step, **{"true" if step.turn < turn else "false": 1})
        return done(step, main=1)

    return behave


@dataclass
class Shell:
    """Runs one execution and keeps its log, and what each run got."""

    graph: Graph
    trigger: str = "t"
    behave: Behaviour = field(default_factory=by_ports)
    choose: Choice = field(default=lambda commands: commands[0])
    events: list[Event] = field(default_factory=list)
    inputs: dict[RunId, StepInputs] = field(default_factory=dict)
    pins: frozenset[str] = frozenset()
    looks: bool = False
    """Whether to note, whenever a step begins or ends, which runs its expressions see."""
    seen: dict[tuple[str, str, int], dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.state: State = initial_state(self.graph, self.trigger)
        self._begun: set[str] = set()
        prefix, self.events = self.events, []
        self.report(*prefix)

    def start(self, **outputs: int) -> Shell:
        """Start with items from the trigger: one on its first port if nothing else is said."""
        port = self.graph.nodes[self.trigger].first_output or ""
        self.report(WorkflowStarted(self.trigger, outputs or {port: 1}, self.pins, at=START))
        return self

    def report(self, *events: Event) -> None:
        for event in events:
            self.state = advance(self.graph, self.state, event)
            self.events.append(event)
            self._note_inputs()

    def run(self, steps: int = 20_000) -> Shell:
        """Go on until nothing is pending, or for so many events."""
        for _ in range(steps):
            commands = pending(self.graph, self.state)
            if not commands:
                return self
            self.report(self._carry_out(self.choose(commands)))
        return self

    def run_to(self, *runs: str) -> Shell:
        """Go on until nothing but these runs of nodes (`node` or `node#run`) could go on."""
        while others := [c for c in self.pending() if _label(c) not in runs]:
            self.report(self._carry_out(self.choose(others)))
        return self

    def pending(self) -> tuple[Command, ...]:
        return pending(self.graph, self.state)

    def step(self, node: str, run: str = "0") -> RunStep:
        """The pending command for a run."""
        found = [
            c for c in self.pending() if isinstance(c, RunStep) and (c.node, c.run) == (node, run)
        ]
        assert found, f"{node}#{run} is not pending: {self.pending()}"
        return found[0]

    def complete(self, node: str, run: str = "0", **outputs: int) -> Shell:
        """Complete a pending run, with one item on its first port if nothing else is said."""
        port = self.graph.nodes[node].first_output or ""
        self.report(done(self.step(node, run), **outputs or {port: 1}))
        return self

    def fail(self, node: str, run: str = "0", code: str = "broken") -> Shell:
        """Fail a pending run for good."""
        step = self.step(node, run)
        self.report(StepFailed(node, run, step.attempt, Failure(code, "It broke.")))
        return self

    def begin(self, *runs: str) -> Shell:
        """Start runs (`node` or `node#run`), which are under way from now on."""
        for name in runs:
            node, _, run = name.partition("#")
            self.report(self.step(node, run or "0").started())
        return self

    @property
    def to_stop(self) -> list[str]:
        """The runs that are to be stopped."""
        return [_label(c) for c in self.pending() if isinstance(c, StopStep)]

    @property
    def steps(self) -> list[str]:
        """The runs that are pending, as `node` or `node#run`."""
        return [_label(c) for c in self.pending() if isinstance(c, RunStep | UsePin)]

    @property
    def ran(self) -> list[str]:
        """The runs that were completed, in order."""
        return [_label(event) for event in self.events if isinstance(event, StepCompleted)]

    def got(self, node: str, run: str = "0") -> dict[str, str]:
        """What a run got: sources by port."""
        return {
            port: " ".join(_label(source) for source in sources)
            for port, sources in self.inputs[RunId(node, run)]
        }

    def _note_inputs(self) -> None:
        for id_, run in self.state.runs.items():
            self.inputs.setdefault(id_, run.inputs)

    def _carry_out(self, command: Command) -> Event:
        match command:
            case RunStep() if command.id not in self._begun:
                self._begun.add(command.id)
                self._look(command)
                return command.started()
            case RunStep():
                self._look(command)
                return self.behave(self.graph, command)
            case UsePin():
                return done(command, **{command.port: 1})
            case WaitUntil():
                return command.then
            case StopStep():
                return self._stopped(command)
            case Finish():
                return _ending(command)

    def _stopped(self, command: StopStep) -> Event:
        """Some end all the same before they can be stopped, as they would have ended otherwise."""
        facts = (command.node, command.run, command.attempt)
        dice = zlib.crc32(f"stop {facts}".encode()) % 4
        if dice == 0 and self.graph.nodes[command.node].shape.loop is None:
            end = self.behave(self.graph, RunStep(*facts, inputs=(), wake="nap"))
            if isinstance(end, StepCompleted):
                return end
        if dice == 1 and self.graph.nodes[command.node].settings.on_error == "stop":
            return StepFailed(*facts, Failure("late", "It broke, too."))
        return StepCancelled(*facts)

    def _look(self, step: RunStep) -> None:
        """See every node there is, and the same each time that this attempt looks."""
        if self.looks:
            id_ = RunId(step.node, step.run)
            found = {
                node: run.key.text
                for node in self.graph.nodes
                if (run := find_run(self.graph, self.state, id_, node)) is not None
            }
            assert self.seen.setdefault((*id_, step.attempt), found) == found


def _ending(finish: Finish) -> Event:
    if finish.status == "completed":
        return WorkflowCompleted()
    if finish.status == "failed":
        assert finish.error is not None
        return WorkflowFailed(finish.error)
    return WorkflowCancelled()


def _label(what: RunStep | UsePin | StepCompleted | object) -> str:
    node, run = what.node, what.run  # type: ignore[attr-defined]
    return node if run == "0" else f"{node}#{run}"


def lively(graph: Graph, step: RunStep) -> Event:
    """Whatever a step can do, chosen by a hash of its name: fail, wait, drop items, split them."""
    dice = zlib.crc32(f"{step.node} {step.run}".encode())
    node = graph.nodes[step.node]
    if step.attempt == 1 and dice % 7 == 0:
        return failed(step, will_retry=True, next_at=LATER)
    if not step.wake and dice % 5 == 0:
        return StepWaiting(step.node, step.run, step.attempt, "time", "nap", LATER)
    if node.shape.loop == "items":
        return done(step, 2, loop=dice % 6)
    if node.shape.loop == "while":
        return done(step, **{"loop" if step.turn < dice % 3 else "done": 1})
    if node.shape.loop is not None:
        return done(step, **dict.fromkeys(node.shape.outputs[:2], 1))
    if node.settings.on_error == "error_port" and dice % 3 == 0:
        return failed(step, outputs={"error": 1})
    ports = [port for port in node.shape.outputs if port not in {"error", "done"}]
    if len(ports) > 1:
        return done(step, **{port: 1 for bit, port in enumerate(ports) if dice >> bit + 3 & 1})
    return done(step, **{ports[0]: 0 if dice % 11 < 3 else 1})


def steady(graph: Graph, step: RunStep) -> Event:
    """As `lively`, but little is dropped, so that workflows run far."""
    dice = zlib.crc32(f"steady {step.node} {step.run}".encode())
    shape = graph.nodes[step.node].shape
    if not step.wake and dice % 7 == 0:
        return StepWaiting(step.node, step.run, step.attempt, "time", "nap", LATER)
    if shape.loop == "items":
        return done(step, 2, loop=1 + dice % 5)
    if shape.loop == "while":
        return done(step, **{"loop" if step.turn < 1 + dice % 2 else "done": 1})
    if shape.loop is not None:
        return done(step, **dict.fromkeys(shape.outputs[:2], 1))
    ports = [port for port in shape.outputs if port != "error"]
    return done(step, **{ports[dice // 7 % len(ports)]: 0 if dice % 13 == 0 else 1})


def brittle(graph: Graph, step: RunStep) -> Event:
    """As `steady`, but some runs fail for good at each of their first two attempts."""
    dice = zlib.crc32(f"brittle {step.node} {step.run}".encode())
    node = graph.nodes[step.node]
    fails = node.settings.on_error == "stop" and dice % (4 if node.scope else 30) == 0
    return failed(step) if fails and step.attempt <= 2 else steady(graph, step)


def in_random_order(random: Random) -> Choice:
    return lambda commands: commands[random.randrange(len(commands))]
