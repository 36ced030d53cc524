"""Loops through the real engine, database and log."""

from __future__ import annotations

import pytest

from headrace.executions import queries
from headrace.executions.actions import resume
from headrace.executions.runner.waiting.token import resume_token
from tests.support.engine import begin, ended, until, working
from tests.support.workflows import MANUAL, document, node, sets, when

pytestmark = pytest.mark.usefixtures("committed")


def run(owner, flow, *items, **tuning):
    with working(**tuning):
        execution = begin(owner, flow, *items)
        status = ended(execution)
    assert status == "completed", queries.answer(execution)["error"]
    return execution


def items_of(execution, step_node, run="0", port=None, side="output", offset=0, limit=1000):
    page = queries.step_items(
        execution, step_node, run, side=side, port=port, offset=offset, limit=limit
    )
    return [item.json for item in page.items]


def each(body, *edges, **params):
    nodes = [
        MANUAL,
        node("split", "data.split_out", {"field": "list"}),
        node("loop", "flow.for_each", params),
        *body,
        node("end", "flow.no_op"),
    ]
    return document(nodes, "start -> split", "split -> loop", "loop.done -> end", *edges)


DOUBLE = node("double", "data.edit_fields", sets("double", "{{ $json.n * 2 }}"))


def numbers(count):
    return {"list": [{"n": number} for number in range(count)]}


def test_each_turn_gets_its_batch_and_done_has_all_results_in_order(in_alpha, owner):
    flow = each([DOUBLE], "loop.loop -> double", "double -> loop", batch_size=2)

    execution = run(owner, flow, numbers(5))

    assert [item["double"] for item in items_of(execution, "end")] == [0, 2, 4, 6, 8]
    assert items_of(execution, "double", "2", side="input") == [{"n": 4}]
    assert [item["n"] for item in items_of(execution, "double", "1")] == [2, 3]
    assert len(items_of(execution, "loop", port="loop")) == 5
    assert [item["double"] for item in items_of(execution, "loop", port="done")] == [0, 2, 4, 6, 8]


def test_turns_side_by_side_keep_the_order_of_the_items(in_alpha, owner):
    """The later an item, the sooner its turn ends."""
    wait = node(
        "wait", "flow.wait", {"mode": "for", "duration_s": {"=": "{{ (5 - $json.n) / 20 }}"}}
    )
    flow = each(
        [wait, DOUBLE], "loop.loop -> wait", "wait -> double", "double -> loop", concurrency=5
    )

    execution = run(owner, flow, numbers(5))

    assert [item["double"] for item in items_of(execution, "end")] == [0, 2, 4, 6, 8]
    waited = [step for step in queries.history(execution) if step.node == "double"]
    assert [step.run for step in waited] != ["0", "1", "2", "3", "4"]


def test_a_loop_over_nothing_goes_on(in_alpha, owner):
    keep = node("keep", "data.filter", when("{{ $json.n }}", "gt", 100))
    flow = document(
        [
            MANUAL,
            node("loop", "flow.for_each"),
            keep,
            DOUBLE,
            node("end", "flow.no_op", settings={"always_output": True}),
        ],
        "start -> loop",
        "loop.loop -> keep",
        "keep.kept -> loop",
        "loop.done -> end",
    )
    execution = run(owner, flow, {"n": 1}, {"n": 2})

    assert [step.node for step in queries.history(execution)] == [
        "start",
        "loop",
        "keep",
        "keep",
        "end",
    ]


def test_expressions_in_a_loop_see_their_turn_and_what_came_before(in_alpha, owner):
    look = node(
        "look",
        "data.edit_fields",
        {
            "assignments": [
                {"name": "turn", "type": "auto", "value": {"=": "{{ $runIndex }}"}},
                {"name": "was", "type": "auto", "value": {"=": '{{ $("Split").item.json.n }}'}},
                {"name": "same", "type": "auto", "value": {"=": '{{ $("Double").item.json.n }}'}},
            ]
        },
    )
    flow = each(
        [DOUBLE, look], "loop.loop -> double", "double -> look", "look -> loop", batch_size=2
    )
    execution = run(owner, flow, numbers(3))

    seen = [(item["turn"], item["was"], item["same"]) for item in items_of(execution, "end")]
    assert seen == [(0, 0, 0), (0, 1, 1), (1, 2, 2)]


def test_after_a_loop_an_item_has_no_single_item_before_it(in_alpha, owner):
    """Refused with a reason; it must never be the wrong one. The node's items are there."""
    look = node("look", "data.edit_fields", sets("was", '{{ $("Split").all().length }}'))
    wrong = node("wrong", "data.edit_fields", sets("was", '{{ $("Split").item.json.n }}'))
    edges = ("loop.loop -> double", "double -> loop")
    right = each([DOUBLE, look], *edges, "loop.done -> look")
    refused = each([DOUBLE, wrong], *edges, "loop.done -> wrong")

    execution = run(owner, right, numbers(3))
    with working():
        other = begin(owner, refused, numbers(3))
        status = ended(other)

    assert [item["was"] for item in items_of(execution, "look")] == [3, 3, 3]
    assert status == "failed"


def test_loops_within_loops_begin_anew_each_turn(in_alpha, owner):
    inner = node("inner", "flow.for_each", {"batch_size": 2})
    split = node("rows", "data.split_out", {"field": "rows"})
    flow = each(
        [split, inner, DOUBLE],
        "loop.loop -> rows",
        "rows -> inner",
        "inner.loop -> double",
        "double -> inner",
        "inner.done -> loop",
    )
    rows = [{"rows": [{"n": 10 * group + at} for at in range(3)]} for group in range(3)]
    execution = run(owner, flow, {"list": rows})

    assert [item["double"] for item in items_of(execution, "end")] == [
        0,
        2,
        4,
        20,
        22,
        24,
        40,
        42,
        44,
    ]
    assert items_of(execution, "double", "2.1") == [{"n": 22, "double": 44}]


def test_while_goes_round_until_its_condition_fails(in_alpha, owner):
    flow = document(
        [
            MANUAL,
            node("again", "flow.while", when("{{ $json.n }}", "lt", 5)),
            node("add", "data.edit_fields", sets("n", "{{ $json.n + 2 }}")),
            node("end", "flow.no_op"),
        ],
        "start -> again",
        "again.loop -> add",
        "add -> again",
        "again.done -> end",
    )
    execution = run(owner, flow, {"n": 0})

    assert queries.answer(execution)["items"][0]["json"] == {"n": 6}


def test_while_gives_up_at_its_limit(in_alpha, owner):
    flow = document(
        [
            MANUAL,
            node("again", "flow.while", {**when("{{ $json.n }}", "gte", 0), "max_rounds": 3}),
            node("add", "data.edit_fields", sets("n", "{{ $json.n + 1 }}")),
            node("end", "flow.no_op"),
        ],
        "start -> again",
        "again.loop -> add",
        "add -> again",
        "again.limit -> end",
    )
    execution = run(owner, flow, {"n": 0})

    assert queries.answer(execution)["items"][0]["json"] == {"n": 3}


FAILS_AT_TWO = node("fails", "flow.stop", {"message": {"=": "No {{ $json.n }}."}, "code": "two"})
IS_TWO = node("two", "flow.if", when("{{ $json.n }}", "equals", 2))
BODY = ("loop.loop -> two", "two.true -> fails", "two.false -> double", "double -> loop")


def test_a_failing_turn_can_be_skipped(in_alpha, owner):
    flow = each([IS_TWO, FAILS_AT_TWO, DOUBLE], *BODY, on_error="skip")

    execution = run(owner, flow, numbers(5))

    assert [item["double"] for item in items_of(execution, "end")] == [0, 2, 6, 8]


def test_errors_of_turns_are_collected_in_order(in_alpha, owner):
    flow = each(
        [IS_TWO, FAILS_AT_TWO, DOUBLE, node("bad", "flow.no_op")],
        *BODY,
        "loop.error -> bad",
        on_error="collect",
    )
    twos = {"list": [{"n": number % 4} for number in range(8)]}
    execution = run(owner, flow, twos)

    assert [item["double"] for item in items_of(execution, "end")] == [0, 2, 6, 0, 2, 6]
    errors = items_of(execution, "bad")
    assert [(item["n"], item["error"]["code"]) for item in errors] == [(2, "two"), (2, "two")]
    assert errors[0]["error"]["message"] == "No 2."


def test_a_failing_turn_stops_the_run_by_default(in_alpha, owner):
    flow = each([IS_TWO, FAILS_AT_TWO, DOUBLE], *BODY)
    with working():
        execution = begin(owner, flow, numbers(5))
        status = ended(execution)

    assert (status, queries.answer(execution)["error"]["code"]) == ("failed", "two")


def tries(*nodes, codes=(), edges=()):
    return document(
        [
            MANUAL,
            node("try", "flow.try", {"codes": list(codes)}),
            *nodes,
            node("caught", "flow.no_op"),
            node("finally", "flow.no_op"),
        ],
        "start -> try",
        "try.error -> caught",
        "try.done -> finally",
        *edges,
    )


def test_try_catches_what_fails_in_its_body_and_goes_on(in_alpha, owner):
    flow = tries(FAILS_AT_TWO, edges=["try.loop -> fails"])

    execution = run(owner, flow, {"n": 7})

    assert items_of(execution, "caught") == [
        {"n": 7, "error": {"code": "two", "message": "No 7.", "node": "Fails", "item": 0}}
    ]
    assert items_of(execution, "finally") == [{"n": 7}]


def test_try_passes_on_what_came_back(in_alpha, owner):
    flow = tries(DOUBLE, edges=["try.loop -> double", "double -> try"])

    execution = run(owner, flow, {"n": 7})

    assert items_of(execution, "finally") == [{"n": 7, "double": 14}]
    assert "caught" not in [step.node for step in queries.history(execution)]


def test_try_lets_errors_of_other_codes_pass(in_alpha, owner):
    flow = tries(FAILS_AT_TWO, codes=["timeout"], edges=["try.loop -> fails"])
    with working():
        execution = begin(owner, flow, {"n": 7})
        status = ended(execution)

    assert status == "failed"


def test_an_inner_loop_that_never_ends_is_an_error_of_its_turn(in_alpha, owner):
    """No step fails by that, so the shell has to make the item that says so."""
    again = node("again", "flow.while", {**when("{{ $json.n }}", "gte", 0), "max_rounds": 2})
    flow = each(
        [again, node("body", "flow.no_op"), node("bad", "flow.no_op")],
        "loop.loop -> again",
        "again.loop -> body",
        "body -> again",
        "again.done -> loop",
        "loop.error -> bad",
        on_error="collect",
    )
    execution = run(owner, flow, {"list": [{"n": -1}, {"n": 5}]})

    assert items_of(execution, "end") == [{"n": -1}]
    assert [item["error"]["code"] for item in items_of(execution, "bad")] == ["max_iterations"]


def test_nested_loops_that_wait_come_out_as_without_waiting(in_alpha, owner):
    """Each wait gives the worker back, and the next one folds the log again."""
    inner = node("inner", "flow.for_each", {"batch_size": 2})
    split = node("rows", "data.split_out", {"field": "rows"})
    wait = node("wait", "flow.wait", {"mode": "call"})
    flow = each(
        [split, inner, wait, DOUBLE],
        "loop.loop -> rows",
        "rows -> inner",
        "inner.loop -> wait",
        "wait -> double",
        "double -> inner",
        "inner.done -> loop",
    )
    rows = [{"rows": [{"n": 10 * group + at} for at in range(3)]} for group in range(2)]
    with working():
        execution = begin(owner, flow, {"list": rows})
        for turn in ("0.0", "0.1", "1.0", "1.1"):
            until(lambda turn=turn: is_waiting(execution, turn), f"waits in turn {turn}")
            resume(resume_token(execution, "wait", turn), None)
        status = ended(execution)

    assert status == "completed"
    assert [item["double"] for item in items_of(execution, "end")] == [0, 2, 4, 20, 22, 24]
    done = items_of(execution, "inner", "1", port="done")
    assert [item["n"] for item in done] == [10, 11, 12]


def is_waiting(execution, turn):
    if queries.get(execution).status != "waiting":
        return False
    waits = [step for step in queries.history(execution) if step.node == "wait"]
    return any(step.run == turn and step.status == "waiting" for step in waits)
