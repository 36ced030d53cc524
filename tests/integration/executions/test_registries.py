"""Workers with different nodes: each takes what it can run, and nothing waits for ever."""

from __future__ import annotations

from datetime import timedelta

import pytest

from headrace.catalog.queries import catalog, fingerprint
from headrace.executions import queries
from headrace.executions.actions import request_cancel
from headrace.workflows.compiled import _known
from tests.support.engine import begin, ended, sql, until, working
from tests.support.plugged import KIND, plug
from tests.support.queue import ask, enqueue, take
from tests.support.workflows import MANUAL, in_a_row, node

pytestmark = pytest.mark.usefixtures("committed")

LEFT = "select unfit, state, crashes from run_queue"


@pytest.fixture
def begun(in_alpha, owner, monkeypatch):
    """An execution that needs a package, and the moment in which a worker does not have it."""
    plug(monkeypatch)
    execution = begin(owner, in_a_row([MANUAL, node("reach", KIND, {"act": "last"})]), {})
    monkeypatch.undo()
    _known.clear()
    yield execution
    _known.clear()


def left_by(registry):
    return ask(LEFT) == [([registry], "ready", 0)]


def test_a_worker_leaves_what_needs_nodes_that_only_another_has(begun, monkeypatch):
    with working(registry="old"):
        until(lambda: left_by("old"), "an execution that was left")
        assert queries.workers().left == 1
    plug(monkeypatch)
    _known.clear()
    with working(registry="new"):
        assert ended(begun) == "completed"
    assert queries.workers().left == 0


def test_when_nobody_comes_the_step_fails_and_says_what_is_missing(begun):
    with working(registry="old", patience_s=0.2):
        assert ended(begun) == "failed"

    step = next(step for step in queries.history(begun) if step.node == "reach")
    assert step.error["code"] == "node_type_missing"


def test_what_waits_for_a_worker_can_be_cancelled_by_any(begun):
    with working(registry="old"):
        until(lambda: left_by("old"), "an execution that was left")
        request_cancel(begun)
        assert ended(begun) == "cancelled"


@pytest.mark.parametrize(
    ("registry", "is_over", "count"), [("old", False, 0), ("new", False, 1), ("old", True, 1)]
)
def test_a_claim_passes_over_what_its_registry_cannot_run(alpha, registry, is_over, count):
    enqueue(alpha, 1)
    seconds = -1 if is_over else 60
    ask(
        "update run_queue set unfit = array['old'], unfit_until = now() + %s",
        timedelta(seconds=seconds),
    )

    assert len(take(8, registry=registry)) == count


def test_what_cannot_be_run_here_keeps_nothing_else_waiting(alpha):
    enqueue(alpha, 20)
    ask("update run_queue set unfit = array['old'], unfit_until = now() + interval '1 minute'")
    fitting = enqueue(alpha, 1)

    assert [claim.execution_id for claim in take(1, registry="old")] == fitting


def test_the_fingerprint_names_types_and_versions(monkeypatch):
    fingerprint.cache_clear()
    before = fingerprint()
    monkeypatch.setattr(catalog().nodes[0], "version", 99)
    fingerprint.cache_clear()

    assert fingerprint() != before
    monkeypatch.undo()
    fingerprint.cache_clear()
    assert fingerprint() == before


def test_workers_of_other_registries_are_counted(in_alpha):
    for registry in ("other", fingerprint()):
        sql(
            "insert into run_worker (id, host, pid, version, registry, lease_until) "
            "values (gen_random_uuid(), '', 1, '1', %s, now() + interval '1 minute')",
            registry,
        )

    found = queries.workers()
    assert (found.count, found.different) == (2, 1)
