"""What the log says of an agent's calls decides what is made again."""

from __future__ import annotations

from typing import Any

import pytest

from headrace.executions import log
from headrace.executions.runner.agents.interrupted import CallInDoubt
from headrace.executions.runner.agents.making import Asked, Calls
from headrace.executions.runner.agents.records import CallRecords

RUN = ("agent", "0")
ASKED = Asked("0.0.0", "tool", "send", "mail", RUN, {"to": "ann"})


def event(kind: str, **data: Any) -> log.Event:
    return log.Event(f"workflow.step.{kind}", 0, *RUN, data=data)


def called(what: str, **data: Any) -> log.Event:
    return event(f"call.{what}", call=ASKED.path, node="mail", **data)


def started(**data: Any) -> log.Event:
    return called("started", digest=ASKED.digest, effect="write", **data)


def heard(*events: log.Event) -> CallRecords:
    records = CallRecords()
    for one in events:
        records.hear(one)
    return records


def calls(records: CallRecords) -> Calls:
    unused: Any = None
    return Calls(RUN, 1, records, unused, unused)


@pytest.mark.parametrize(
    ("events", "doubts"),
    [
        ([started(asks=True)], 1),
        ([started()], 0),
        ([started(asks=True), called("completed")], 0),
        ([started(asks=True), called("suspended")], 0),
        ([started(asks=True), called("failed", will_retry=True)], 0),
        ([started(asks=True), event("completed")], 0),
    ],
)
def test_only_a_write_without_an_end_that_somebody_wants_to_decide_is_in_doubt(events, doubts):
    assert len(heard(*events).in_doubt(RUN)) == doubts


def test_a_wake_goes_to_the_call_that_waits():
    records = heard(
        started(),
        called("suspended"),
        event("waiting", call={"path": ASKED.path, "node": "mail", "run": "x"}),
        event("resumed", by="approval", data={"decision": "approved"}),
    )

    wake = calls(records).record(ASKED).wake

    assert wake is not None
    assert wake.data == {"decision": "approved"}


def test_another_call_in_the_place_of_a_recorded_one_is_for_a_person():
    other = Asked("0.0.0", "tool", "send", "mail", RUN, {"to": "bob"})

    with pytest.raises(CallInDoubt) as held:
        calls(heard(started())).record(other)

    assert held.value.failure.code == "nondeterministic"


def test_whoever_says_so_lets_it_begin_anew():
    records = heard(
        started(), event("unknown", error={"code": "nondeterministic"}), event("retrying")
    )

    assert records.of(RUN) == {}


def test_the_run_of_a_call_fits_its_column_however_deep_the_loops():
    deep = Asked("0.0.0", "tool", "send", "mail", ("agent", "1." * 60), {})

    assert len(deep.place.run) <= 80
    assert deep.place.run != Asked("0.0.1", "tool", "send", "mail", deep.by, {}).place.run
