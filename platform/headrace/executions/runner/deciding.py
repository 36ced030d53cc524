"""Carries out what a person decided about a step whose outcome is unknown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

from headrace import engine
from headrace.engine import RunStep
from headrace.engine.state import Run, StepStatus
from headrace.executions.runner import failing
from headrace.executions.runner.context import Notes
from headrace.executions.runner.outcome import Failure
from headrace.executions.runner.recorder import Recorder
from headrace.executions.runner.scope import leading
from headrace.executions.runner.steps import Steps
from headrace_sdk.items import Item, JsonObject, Outputs

SAID: Final[Mapping[str, str]] = {
    "happened": "it did happen",
    "not_happened": "it did not happen",
    "run_again": "run it again",
}


def unknown_run(recorder: Recorder, data: JsonObject) -> Run | None:
    """The run that the decision is about, if it is still open and unknown."""
    run = recorder.state.runs.get(engine.RunId(str(data["node"]), str(data["run"])))
    return run if run is not None and run.status is StepStatus.UNKNOWN else None


async def carry_out(steps: Steps, recorder: Recorder, run: Run, data: JsonObject) -> None:
    """Turn the decision into the event that it is. Where its turn has failed it ends the run."""
    decision = str(data["decision"])
    goes_on = not engine.is_stopped(recorder.state, run.id)
    if goes_on and steps.outcomes.of(run.id).in_doubt:
        await steps.outcomes.load(run.id)
        _settle_items(steps, recorder, run, data)
        return
    if goes_on and steps.agents.settle(run, decision, _given(data), _did_not_happen()):
        _run_again(recorder, run, data)
        return
    command = RunStep(*run.id, run.attempt, run.inputs, wake=run.wait)
    if decision == "run_again":
        _run_again(recorder, run, data)
        return
    notes = Notes([_line(recorder, data)])
    planned = recorder.graph.nodes[command.node]
    inputs = await steps.intake.inputs(command, first_only=False)
    if decision == "happened":
        port = planned.first_output
        given = _given(data)
        empty = [Item({}).at(index) for index in range(len(leading(inputs)))]
        items: Sequence[Item] = given if given is not None else empty
        recorder.completed(command, {port: items} if port else {}, notes)
        return
    failure = _did_not_happen()
    name = steps.name_of(command.node)
    recorder.failed(
        command, failure, notes, outputs=failing.leaving(planned, name, failure, inputs)
    )


def _settle_items(steps: Steps, recorder: Recorder, run: Run, data: JsonObject) -> None:
    """Where single items are in doubt: note what became of them, then do what is left."""
    decision, outcomes = str(data["decision"]), steps.outcomes
    in_doubt = outcomes.of(run.id).in_doubt
    port = recorder.graph.nodes[run.id.node].first_output
    if decision == "run_again":
        outcomes.keep(run.id, run.attempt, again=in_doubt)
    elif decision == "not_happened":
        outcomes.settle(run.id, run.attempt, _did_not_happen())
    else:
        given = _given(data)
        results: dict[int, Outputs] = {item: {} for item in in_doubt}
        if port is not None and given is not None:
            results[in_doubt[0]] = {port: [Item(item.json, item.binary) for item in given]}
        elif port is not None:
            results = {item: {port: [Item({})]} for item in in_doubt}
        outcomes.settle(run.id, run.attempt, results)
    _run_again(recorder, run, data)


def _run_again(recorder: Recorder, run: Run, data: JsonObject) -> None:
    """Another attempt; where its turn has failed meanwhile there is none."""
    event: engine.StepEvent = engine.StepRetrying(*run.id, run.attempt + 1)
    if engine.is_stopped(recorder.state, run.id):
        event = engine.StepCancelled(*run.id, run.attempt)
    recorder.happened(event, {"by": data.get("by"), "log": [_line(recorder, data)]})


def _line(recorder: Recorder, data: JsonObject) -> JsonObject:
    said = SAID[str(data["decision"])]
    return {
        "at_ms": recorder.clock.now_ms(),
        "level": "info",
        "message": f"{data.get('by')} decided: {said}.",
    }


def _given(data: JsonObject) -> list[Item] | None:
    given = cast("list[dict[str, Any]] | None", data.get("items"))
    return None if given is None else [Item.from_json(item) for item in given]


def _did_not_happen() -> Failure:
    return Failure("did_not_happen", "A person found that this step did not have its effect.")
