"""Workflows that take documents in, search, remember, classify and learn: once for each run."""

from __future__ import annotations

import asyncio

import pytest

from headrace.executions import queries
from headrace.executions.runner.shared import Doorway
from headrace.knowledge import actions
from headrace.knowledge.models import Chunk, Example, Memory, Seen
from tests.support.engine import begin, ended, sql, working
from tests.support.workflows import MANUAL, in_a_row, node

STORM = "The harbour is closed because of the storm."

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def manual(owner, in_alpha):
    return actions.create(owner, {"name": "Manual", "embedder": "local"})


def answers(owner, flow, *items):
    with working():
        execution = begin(owner, flow, *items)
        assert ended(execution) == "completed"
    return [item["json"] for item in queries.answer(execution)["items"]]


def test_a_workflow_takes_a_document_in_and_finds_it(owner, manual):
    text = "# Warranty\n\nThe kettle is covered for two years."
    flow = in_a_row(
        [
            MANUAL,
            node("in", "knowledge.ingest", {"collection": "Manual", "text": text, "key": "w"}),
            node("find", "knowledge.search", {"collection": "Manual", "query": "guarantee period"}),
        ]
    )

    (found,) = answers(owner, flow, {"n": 1})

    assert found["indexed"]["embedded"] == 1
    assert found["passages"][0]["citation"] == "w, Warranty"
    assert "covered for two years" in found["context"]


def test_the_same_document_in_a_later_run_is_read_by_no_model(owner, manual):
    taken = {"collection": "Manual", "text": {"=": "{{ $json.text }}"}, "key": "w"}
    flow = in_a_row([MANUAL, node("in", "knowledge.ingest", taken)])
    answers(owner, flow, {"text": "One. Two."})

    (again,) = answers(owner, flow, {"text": "One. Two."})

    assert again["indexed"]["embedded"] == 0
    assert Chunk.objects.count() == 1


def new(items):
    """The texts that left by the first port."""
    return [one["t"] for one in items if "duplicate" not in one]


def test_what_says_the_same_is_told_apart_now_and_in_later_runs(owner, in_alpha):
    params = {"text": {"=": "{{ $json.t }}"}, "scope": "space", "space": "news"}
    flow = in_a_row([MANUAL, node("same", "knowledge.deduplicate", params)])
    texts = [
        {"t": STORM},
        {"t": "Because of the storm the harbour is shut."},
        {"t": "Bread is dear."},
    ]

    first = answers(owner, flow, *texts)
    later = answers(owner, flow, {"t": "The storm has closed the harbour."}, {"t": "It snows."})

    assert new(first) == [STORM, "Bread is dear."]
    assert new(later) == ["It snows."]
    assert Seen.objects.count() == 3


def test_a_worker_that_is_relieved_after_comparing_does_not_find_its_own_texts_seen(
    owner, in_alpha, monkeypatch
):
    """R-007: the next attempt is told what the first one was."""
    once, asked = Doorway.once, []

    async def taken_over_after(self, *given, **named):
        answer = await once(self, *given, **named)
        asked.append(answer)
        if len(asked) == 1:
            take_over = "update run_queue set state = 'ready', token = token + 1"
            await asyncio.to_thread(sql, take_over)
        return answer

    monkeypatch.setattr(Doorway, "once", taken_over_after)
    params = {"text": {"=": "{{ $json.t }}"}, "scope": "space", "space": "news"}
    flow = in_a_row([MANUAL, node("same", "knowledge.deduplicate", params)])

    found = answers(owner, flow, {"t": "The port is closed."})

    assert [one["t"] for one in found] == ["The port is closed."]
    assert asked == [[None], [None]]


def test_memories_are_those_of_exactly_this_name(owner, in_alpha):
    """S-075: `alice` and `alice2` share nothing."""
    kept = {
        "operation": "remember",
        "space": {"=": "{{ $json.who }}"},
        "text": {"=": "{{ $json.fact }}"},
    }
    asked = {"operation": "recall", "space": "alice", "query": "post", "field": "known"}
    flow = in_a_row(
        [MANUAL, node("keep", "knowledge.memory", kept), node("ask", "knowledge.memory", asked)]
    )
    facts = [
        {"who": "alice", "fact": "Wants letters by post."},
        {"who": "alice2", "fact": "Wants no post at all."},
    ]

    found = answers(owner, flow, *facts)

    assert [one["text"] for one in found[0]["known"]] == ["Wants letters by post."]
    assert Memory.objects.count() == 2


def test_a_correction_changes_what_is_decided_from_then_on(owner, in_alpha):
    known = [
        {"text": "Where is my parcel?", "label": "shipping"},
        {"text": "I was charged twice", "label": "billing"},
        {"text": "The app does not start", "label": "technical"},
    ]
    decide = {"text": {"=": "{{ $json.t }}"}, "examples": known, "space": "topics"}
    decide["threshold"] = 0
    learn = {"operation": "learn", "text": "My gift card is refused", "label": "billing"}
    learn["space"] = "topics"
    decided = in_a_row([MANUAL, node("c", "ai.classify", decide)])
    asked = {"t": "The gift card does not work"}

    (before,) = answers(owner, decided, asked)
    answers(owner, in_a_row([MANUAL, node("l", "ai.classify", learn)]), {})
    (after,) = answers(owner, decided, asked)

    assert before["class"]["label"] != "billing"
    assert after["class"]["label"] == "billing"
    assert Example.objects.count() == 1
