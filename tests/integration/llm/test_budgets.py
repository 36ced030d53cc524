"""Budgets: who may still spend, exactly, with many calls at one moment."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import orjson
import pytest
from django.db.models import Sum

from headrace.bus.models import Event
from headrace.llm.errors import BudgetSpent
from headrace.llm.models import Budget, Call
from headrace.llm.periods import start_of
from headrace.llm.types import Period
from headrace.notifications.models import Notification
from headrace.outbox.actions import relay_batch
from headrace.tenants.clock import database_now
from headrace_sdk.llm import Answer, Prompt
from tests.support.asking import WORKFLOW
from tests.support.model_servers import Scripted

pytestmark = pytest.mark.usefixtures("committed")

COST = 10 * 1 + 100 * 10
"""Of one answer of the scripted server below, in millionths of a dollar."""


@pytest.fixture
def budget(in_alpha):
    def make(limit_micro, scope="tenant", **given):
        return Budget.objects.create(name="All", scope=scope, limit_micro=limit_micro, **given)

    return make


@pytest.fixture
def dear(model, server):
    """A model whose every answer has the longest length that was allowed."""
    server.usual = Scripted("Yes.", usage=(10, 100, 0), pause_s=0.02)
    return model()


def at_once(run, count):
    questions = [Prompt.of(f"Number {n}", max_tokens=100) for n in range(count)]
    return asyncio.run(run().asks(*questions, together=True))


def test_fifty_calls_at_once_overshoot_by_no_more_than_the_last_one_let_in(
    dear, budget, run, server
):
    row = budget(10 * COST)

    results = at_once(run, 50)

    answered = [one for one in results if isinstance(one, Answer)]
    refused = [one for one in results if isinstance(one, BudgetSpent)]
    spent = Call.objects.aggregate(total=Sum("cost_micro"))["total"]
    row.refresh_from_db()
    assert (len(answered), len(refused)) == (10, 40)
    assert len(server.received) == Call.objects.count() == 10
    assert spent == row.spent_micro == 10 * COST


def test_it_is_told_once_that_eighty_percent_are_spent_and_once_that_all_is(dear, budget, run):
    budget(10 * COST)

    at_once(run, 50)

    relay_batch()
    told = Event.objects.filter(kind="budget.reached").order_by("position")
    assert [orjson.loads(bytes(one.data))["percent"] for one in told] == [80, 100]


def test_owners_and_admins_are_told_in_the_app_and_by_letter_if_they_wish(
    dear, budget, run, monkeypatch
):
    letters = []
    monkeypatch.setattr("headrace.accounts.mail.send_behind", lambda *told: letters.append(told))
    budget(10 * COST)

    at_once(run, 50)

    relay_batch()
    titles = Notification.objects.order_by("id").values_list("title", flat=True)
    # One owner and one admin, for each of both marks.
    assert [*titles] == ['80 % of the budget "All" are spent'] * 2 + [
        '100 % of the budget "All" are spent'
    ] * 2
    assert sorted(to for to, _, _ in letters) == sorted(
        ["admin@alpha.example", "owner@alpha.example"] * 2
    )


def test_a_refusal_names_the_budget(dear, budget, run):
    budget(0)

    with pytest.raises(BudgetSpent) as raised:
        run().ask()

    assert (raised.value.code, raised.value.facts["budget"]) == ("budget_spent", "All")


def test_a_workflows_budget_stops_that_workflow_alone(dear, budget, run):
    budget(COST, "workflow", workflow_id=WORKFLOW)
    run().ask("1")

    with pytest.raises(BudgetSpent):
        run().ask("2")
    assert run(workflow=None).ask("3").text == "Yes."


def test_a_runs_budget_begins_anew_with_each_run(dear, budget, run):
    budget(COST, "run")
    first = run()
    first.ask("1")

    with pytest.raises(BudgetSpent):
        first.ask("2")
    assert run().ask("3").text == "Yes."


def test_a_period_that_is_over_counts_no_more(dear, budget, run):
    yesterday = start_of(Period.DAY, database_now()) - timedelta(days=1)
    row = budget(COST, period="day", spent_micro=99 * COST, period_start=yesterday)

    run().ask()

    row.refresh_from_db()
    assert row.spent_micro == COST


def test_a_budget_that_is_off_stops_nobody(dear, budget, run):
    budget(0, is_on=False)

    assert run().ask().text == "Yes."


def test_the_tokens_of_a_minute_hold_for_calls_at_one_moment(model, run, server):
    model(tokens_a_minute=300)
    server.usual = Scripted("Yes.", usage=(10, 100, 0))

    async def first_seconds():
        questions = [Prompt.of(f"Number {n}", max_tokens=100) for n in range(50)]
        asking = asyncio.ensure_future(run().asks(*questions, together=True))
        while len(server.received) < 2:
            await asyncio.sleep(0.05)
        # Whoever is let in wrongly is let in now, while all of them look again and again.
        await asyncio.sleep(1)
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)

    asyncio.run(first_seconds())

    assert len(server.received) == 2
