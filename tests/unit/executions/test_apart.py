"""The processes of nodes: what they get and give, and that they always end."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random

import pytest

from headrace.executions.isolated.job import Job
from headrace.executions.isolated.processes import ProcessDied, Processes
from headrace_sdk.context import ExecutionInfo
from headrace_sdk.errors import NodeError, UserError
from headrace_sdk.items import Item
from tests.support.apart import Form

NOW = datetime(2030, 1, 1, tzinfo=UTC)
INFO = ExecutionInfo("e", 1, "manual", "w", "Test")


@dataclass
class Ear:
    """Hears what is said, and keeps which processes there were."""

    lines: list[str] = field(default_factory=list)

    def __call__(self, kind, said):
        if kind == "log":
            self.lines.append(said["message"])


def job(act):
    return Job(
        node_class="tests.support.apart:Apart",
        params=[Form(act=act).model_dump(mode="json")],
        rows=2,
        inputs={"main": [Item({"n": 1}), Item({"n": 2})]},
        wake=None,
        execution=INFO,
        node_name="Apart",
        attempt=2,
        turn=0,
        now=NOW,
        random_seed=7,
    )


def run(act, *, ear=None, timeout_s=60.0):
    async def once():
        processes = Processes()
        try:
            outputs = await processes.run(job(act), ear or Ear(), timeout_s)
        finally:
            await processes.close()
        return outputs["main"][0].json

    return asyncio.run(once())


def test_a_node_computes_there_as_it_would_here():
    ear = Ear()

    found = run("answer", ear=ear)

    made = {"attempt": 2, "random": Random(7).random(), "now": NOW.isoformat()}
    assert found == {"made": made, "given": 2}
    assert sorted(ear.lines) == ["printed by the node", "said by the node"]


def test_it_has_no_environment_to_learn_from_and_is_gone_afterwards(monkeypatch):
    monkeypatch.setenv("HEADRACE_VAULT_KEY", "secret")

    names, pid = run("environment")["made"]

    assert not [name for name in names if "HEADRACE" in name]
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_node_that_never_ends_is_killed_at_its_limit():
    with pytest.raises(TimeoutError):
        run("hang", timeout_s=0.5)


@pytest.mark.parametrize(("act", "how"), [("die", "SIGABRT"), ("leave", "status 3")])
def test_a_process_that_dies_is_an_error_of_the_node(act, how):
    with pytest.raises(ProcessDied, match=how):
        run(act)


def test_the_errors_of_a_node_come_back_as_what_they_are():
    with pytest.raises(UserError) as raised:
        run("refuse")

    error = raised.value
    assert (error.code, error.message, error.field, error.item) == (
        "invalid_parameter",
        "Not like this.",
        "act",
        0,
    )


@pytest.mark.parametrize(
    ("act", "code"),
    [("fault", "node_crashed"), ("call", "contract_broken"), ("unusual", "output_not_json")],
)
def test_whatever_else_goes_wrong_has_a_code_and_shows_no_data(act, code):
    with pytest.raises(NodeError) as raised:
        run(act)

    assert raised.value.code == code
    assert "a secret" not in raised.value.message


def test_a_node_that_prints_more_than_anybody_reads_is_not_held_up():
    assert run("shout")["made"] == "done"


def test_a_run_that_is_cancelled_takes_its_process_with_it():
    async def cancelled():
        processes, ear = Processes(), asyncio.Event()
        task = asyncio.create_task(processes.run(job("hang"), lambda *_: ear.set(), None))
        await asyncio.wait_for(ear.wait(), 60)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await processes.close()

    asyncio.run(cancelled())
