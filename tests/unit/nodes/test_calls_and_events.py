"""Run Workflow, Emit Event, Wait for an event, and the triggers that belong to them."""

from __future__ import annotations

import pytest

from headrace_sdk import Arrival, CallResult, Item, UserError, Wake
from headrace_sdk.errors import NodeError, UpstreamError
from headrace_sdk.testing import MemoryContext, run_node
from nodes.flow.emit_event import EmitEvent
from nodes.flow.run_workflow import RunWorkflow
from nodes.flow.wait import Wait
from nodes.triggers.event import EventTrigger
from nodes.triggers.workflow_input import WorkflowInput

CALLED = {"workflow": "0198c0de-0000-7000-8000-000000000001"}
TWO = [{"n": 1}, {"n": 2}]
GO_ON = Wake("child", {"attempt": 1})


def resumed(*results, params=CALLED, items=TWO):
    context = MemoryContext(results=results)
    return run_node(RunWorkflow, params, items, wake=GO_ON, context=context)


def completed(item, *found):
    return CallResult(
        item, f"run-{item}", item, "Called", "completed", [Item(one) for one in found]
    )


def failed(**error):
    return CallResult(1, "run-1", 12, "Called", "failed", error=error)


def test_each_item_is_a_call_of_its_own():
    result = run_node(RunWorkflow, CALLED, TWO)

    assert [call.items[0].json for call in result.context.calls] == TWO
    assert result.suspension.kind == "child"


def test_results_come_out_in_the_order_of_the_items_they_belong_to():
    result = resumed(completed(0, {"a": 1}, {"a": 2}), completed(1, {"b": 1}))

    assert result.json() == [{"a": 1}, {"a": 2}, {"b": 1}]
    assert [item.paired[0].item for item in result.outputs["main"]] == [0, 0, 1]


def test_inputs_replace_the_item_of_a_call():
    inputs = [{"name": "order.id", "type": "text", "value": 7}]

    result = run_node(RunWorkflow, {**CALLED, "inputs": inputs}, [{"n": 1}])

    assert result.context.calls[0].items[0].json == {"order": {"id": "7"}}


def test_too_many_items_for_single_calls_are_refused_with_advice():
    with pytest.raises(NodeError, match="For Each") as caught:
        run_node(RunWorkflow, CALLED, [{}] * 1_001)

    assert caught.value.code == "too_many_calls"


def test_the_error_of_a_called_run_names_the_workflow_and_links_to_the_run():
    with pytest.raises(UpstreamError, match=r"“Called” \(run 12\) failed: full") as caught:
        resumed(completed(0), failed(code="no_room", message="full"))

    error = caught.value
    assert (error.code, error.item, error.facts) == ("no_room", 1, {"execution": "run-1"})


def test_the_error_of_a_deeper_call_keeps_its_own_words():
    deeper = failed(code="full", message="“Deep” (run 3) failed: full", execution="run-3")

    with pytest.raises(UpstreamError) as caught:
        resumed(completed(0), deeper)

    assert caught.value.message == "“Deep” (run 3) failed: full"


def test_a_retry_calls_again():
    context = MemoryContext(attempt=2)

    result = run_node(RunWorkflow, CALLED, TWO, wake=GO_ON, context=context)

    assert (len(context.calls), result.suspension.kind) == (2, "child")


def test_an_event_is_emitted_for_each_item():
    params = {"event": "order.paid", "ordering_key": "a"}

    result = run_node(EmitEvent, params, TWO)

    told = [(one.kind, one.data, one.ordering_key) for one in result.context.events]
    assert told == [("order.paid", {"n": 1}, "a"), ("order.paid", {"n": 2}, "a")]
    assert result.json() == TWO


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"event": "Order paid"}, "invalid_event_type"),
        ({"event": "workflow.completed"}, "reserved_event_type"),
        ({"event": "order.paid", "payload": [1]}, "invalid_event"),
    ],
)
def test_an_event_that_cannot_be_emitted_is_refused(params, code):
    with pytest.raises(UserError) as caught:
        run_node(EmitEvent, params)

    assert caught.value.code == code


def test_waiting_for_an_event_says_which():
    params = {
        "mode": "event",
        "pattern": "order.*",
        "match_field": "order.id",
        "match_value": 7,
        "timeout_s": 60,
    }

    found = run_node(Wait, params).suspension

    assert found.kind == "event"
    assert found.note == {"pattern": "order.*", "field": "order.id", "value": 7}
    assert found.until is not None


@pytest.mark.parametrize(
    "params", [{"pattern": ""}, {"pattern": "*.paid"}, {"pattern": "a", "match_field": "a..b"}]
)
def test_waiting_for_an_event_that_cannot_be_is_refused(params):
    with pytest.raises(UserError):
        run_node(Wait, {"mode": "event", **params})


def test_the_event_is_added_to_every_item():
    wake = Wake("event", {"type": "order.paid"})

    result = run_node(Wait, {"mode": "event", "pattern": "order.*"}, TWO, wake=wake)

    assert result.json()[1] == {"n": 2, "resumed_with": {"type": "order.paid"}}


def test_a_trigger_takes_events_whose_data_fit():
    filters = [{"field": "lines[0].sku", "op": "starts_with", "value": "A"}]
    fits = {"data": {"lines": [{"sku": "A-1"}]}}

    result = run_node(
        EventTrigger, {"pattern": "*", "filters": filters}, [fits, {"data": {"lines": []}}]
    )

    assert result.json() == [fits]


@pytest.mark.parametrize("item", [{}, {"n": "many"}])
def test_a_call_whose_inputs_do_not_fit_is_refused_by_name(item):
    inputs = [{"name": "n", "type": "number", "required": True}]

    with pytest.raises(UserError) as caught:
        WorkflowInput.accept(
            WorkflowInput.Params.model_validate({"inputs": inputs}), arrival_of([{"n": 1}, item])
        )

    assert (caught.value.field, caught.value.item) == ("n", 1)


def arrival_of(items):
    return Arrival({}, items=[Item(one) for one in items])
