"""Loops over very many items: results complete, memory flat (engine-rules 17)."""

from __future__ import annotations

import pytest

from headrace.executions import queries
from headrace.executions.blocks.ledger import Ledger
from headrace.executions.blocks.shelf import LIMIT_BYTES
from tests.support.engine import begin, ended, working
from tests.support.workflows import MANUAL, document, node, sets

pytestmark = pytest.mark.usefixtures("committed")


def long(batch):
    """A list goes round in batches; three items of the result are left."""
    return document(
        [
            MANUAL,
            node("split", "data.split_out", {"field": "list"}),
            node("loop", "flow.for_each", {"batch_size": batch}),
            node("double", "data.edit_fields", sets("double", "{{ $json.n * 2 }}")),
            node("end", "data.limit", {"count": 3, "take": "last"}),
        ],
        "start -> split",
        "split -> loop",
        "loop.loop -> double",
        "double -> loop",
        "loop.done -> end",
    )


@pytest.fixture
def most(monkeypatch):
    """The most that one execution ever had in its ledger and on its shelf."""
    found = {"runs": 0, "bytes": 0, "refs": 0}

    def put(self, run, *arguments, **options):
        original(self, run, *arguments, **options)
        held = sum(len(r) for one in self.collecting.values() for r in one.ready.values())
        found["runs"] = max(found["runs"], len(self.runs))
        found["refs"] = max(found["refs"], held)
        found["bytes"] = max(found["bytes"], self.shelf.weight)

    original = Ledger.put
    monkeypatch.setattr(Ledger, "put", put)
    return found


@pytest.mark.parametrize(("items", "batch"), [(100_000, 100), (3_000, 1)])
def test_a_long_loop_is_complete_and_keeps_little_at_hand(in_alpha, owner, most, items, batch):
    given = {"list": [{"n": number} for number in range(items)]}
    with working():
        execution = begin(owner, long(batch), given)
        status = ended(execution, within_s=60)

    assert status == "completed", queries.answer(execution)["error"]
    last = [item["json"]["double"] for item in queries.answer(execution)["items"]]
    assert last == [2 * (items - 3), 2 * (items - 2), 2 * (items - 1)]
    total = queries.step_items(
        execution, "loop", "0", side="output", port="done", offset=items - 1, limit=5
    )
    assert (total.total, [item.json["n"] for item in total.items]) == (items, [items - 1])
    assert most["runs"] < 12
    assert most["refs"] <= 1_000
    # Besides what is not stored yet: here the list of all items as the split gave it.
    assert most["bytes"] < LIMIT_BYTES + items * 2_000


def test_of_a_long_loop_the_latest_steps_are_listed(in_alpha, owner):
    with working():
        execution = begin(owner, long(1), {"list": [{"n": number} for number in range(30)]})
        assert ended(execution) == "completed"

    listed = [(s.node, s.run) for s in queries.history(execution, per_node=10)]
    assert listed == [
        ("start", "0"),
        ("split", "0"),
        ("loop", "0"),
        *(("double", str(turn)) for turn in range(20, 30)),
        ("end", "0"),
    ]
