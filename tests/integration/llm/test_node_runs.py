"""LLM nodes in real executions: what the engine, the gateway and the ledger make of them together."""

from __future__ import annotations

import pytest

from headrace.executions import queries
from headrace.llm.models import Budget, Call
from tests.support.engine import begin, ended, working
from tests.support.model_servers import Scripted
from tests.support.workflows import MANUAL, in_a_row, node

pytestmark = pytest.mark.usefixtures("committed")


def ran(owner, *nodes):
    with working():
        execution = begin(owner, in_a_row([MANUAL, *nodes]), {"id": 1})
        return execution, ended(execution)


def test_a_run_asks_and_its_calls_are_in_the_ledger_under_its_name(model, owner, server):
    model(wire="anthropic")
    server.usual = Scripted("It is dry.", usage=(100, 5, 0))
    chat = node("chat", "ai.llm_chat", {"model": "able", "prompt": "Rain?"})

    execution, status = ran(owner, chat)

    row = Call.objects.get()
    assert (status, row.execution_id, row.node, row.cost_micro) == (
        "completed",
        execution,
        "chat",
        150,
    )
    assert server.received[0].body["messages"][0]["content"][0]["text"] == "Rain?"


def test_the_router_names_the_model_that_the_chat_then_asks(model, owner, server):
    model("cheap", tier="efficient")
    model("dear", tier="premium")
    nodes = (
        node("route", "ai.model_router", {"prompt": "Hi.", "complexity": 9}),
        node("chat", "ai.llm_chat", {"model": {"=": "{{ $json.route.model }}"}, "prompt": "Hi."}),
    )

    _, status = ran(owner, *nodes)

    assert (status, Call.objects.get().model_name) == ("completed", "dear")


def test_a_spent_budget_fails_the_step_with_its_own_code(model, owner, server):
    model()
    Budget.objects.create(name="Nothing", scope="tenant", limit_micro=0)
    chat = node("chat", "ai.llm_chat", {"model": "able", "prompt": "Rain?"})

    execution, status = ran(owner, chat)

    assert (status, queries.answer(execution)["error"]["code"]) == ("failed", "budget_spent")
    assert server.received == []
