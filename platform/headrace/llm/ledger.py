"""The ledger: a row before each request, and what came of it before its answer is used.

One transaction under the row of the provider's account decides whether a request may be sent at
all: it sees the same calls that everybody else's request would count (T-028).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Case, F, Sum, When

from headrace.llm import budgets, wire
from headrace.llm.errors import TooDear
from headrace.llm.models import Call
from headrace.llm.prices import Price, price_of
from headrace.llm.types import Caller, Decision, ModelRow, State
from headrace.tenants.clock import database_now
from headrace.tenants.ids import new_id
from headrace.tenants.locks import lock_until_commit
from headrace_sdk.llm import Answer, Usage

MINUTE: Final = timedelta(minutes=1)
GRACE: Final = timedelta(seconds=30)
"""Past its time limit a call that nobody ended has lost its worker."""

LOOK_AGAIN_S: Final = 0.2


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to one model: whose, how large at its worst, for how long."""

    key: UUID
    caller: Caller
    item: int
    decision: Decision
    model: ModelRow
    worst: Usage
    timeout_s: float
    max_cost_micro: int | None = None


@dataclass(frozen=True, slots=True)
class Reserved:
    """The request may be sent. `price` is what it will be charged by."""

    id: UUID
    asked: Asked
    price: Price | None
    started_at: datetime


@dataclass(frozen=True, slots=True)
class Busy:
    """The model has as many calls or tokens under way as it may; ask again after `wait_s`."""

    wait_s: float


@transaction.atomic
def reserve(asked: Asked) -> Reserved | Busy | Answer:
    """Write the row of a request; an answer, if this very question was answered before.

    Raises:
        BudgetSpent: nothing is left of a budget.
        TooDear: it could cost more than its node allows.
    """
    known = list(Call.objects.filter(key=asked.key).order_by("attempt"))
    for row in known:
        if row.state == State.DONE and row.answer is not None:
            return wire.decode_answer(bytes(row.answer))
    if asked.model.parallel or asked.model.tokens_a_minute:
        lock_until_commit(f"llm:{asked.model.account}")
    now = database_now()
    for row in known:
        if row.state == State.OPEN:
            # Only the run itself asks by this key, so whoever asked before is gone.
            _lose(row, now)
    price = price_of(asked.model, now.date().isoformat())
    worst_micro = price.cost_micro(asked.worst) if price else 0
    if asked.max_cost_micro is not None and worst_micro > asked.max_cost_micro:
        raise TooDear(worst_micro, asked.max_cost_micro)
    budgets.refuse_spent(budgets.standings(asked.caller, now, lock=True))
    wait_s = _busy_for(asked, now)
    if wait_s:
        return Busy(wait_s)
    row = _row(asked, price)
    row.attempt = known[-1].attempt + 1 if known else 1
    row.reserved_micro = worst_micro
    row.started_at, row.deadline = now, now + timedelta(seconds=asked.timeout_s) + GRACE
    row.save(force_insert=True)
    return Reserved(row.id, asked, price, now)


@transaction.atomic
def settle(reserved: Reserved, answer: Answer) -> Answer:
    """Write what an answer cost, before anybody uses it; the answer with its cost.

    The same again changes nothing: an answer that came after its row was given up is still paid.
    """
    price = reserved.price
    cost = price.cost_micro(answer.usage) if price else 0
    told = Answer(
        answer.parts,
        answer.stop,
        answer.usage,
        reserved.asked.model.name,
        reserved.asked.model.provider,
        cost,
        reserved.asked.decision.reason,
    )
    _end(reserved, State.DONE, answer.usage, cost, answer=wire.encode_answer(told))
    return told


@transaction.atomic
def fail(reserved: Reserved, code: str, usage: Usage, *, is_estimate: bool) -> None:
    """Write that a request failed, and what was used up by then."""
    cost = reserved.price.cost_micro(usage) if reserved.price else 0
    _end(reserved, State.FAILED, usage, cost, error_code=code[:100], is_estimate=is_estimate)


@transaction.atomic
def keep_hit(asked: Asked, answer: Answer) -> None:
    """Write that a question was answered from what was kept: no request, no cost."""
    now = database_now()
    row = _row(asked, None)
    row.state, row.is_cached = State.DONE, True
    row.attempt = Call.objects.filter(key=asked.key).count() + 1
    row.started_at = row.ended_at = row.deadline = now
    row.latency_ms = 0
    row.answer = wire.encode_answer(answer)
    row.save(force_insert=True)


def lose_overdue() -> int:
    """Give up calls whose worker died; how many. They are charged at their worst."""
    count = 0
    with transaction.atomic():
        now = database_now()
        overdue = Call.objects.filter(state=State.OPEN, deadline__lt=now)
        for row in overdue.select_for_update(skip_locked=True)[:500]:
            _lose(row, now)
            count += 1
    return count


def _end(
    reserved: Reserved,
    state: State,
    usage: Usage,
    cost: int,
    *,
    answer: bytes | None = None,
    error_code: str = "",
    is_estimate: bool = False,
) -> None:
    now = database_now()
    changed = Call.objects.filter(pk=reserved.id, state=State.OPEN).update(
        state=state,
        input_tokens=usage.input,
        output_tokens=usage.output,
        cached_tokens=usage.cached,
        cache_write_tokens=usage.cache_write,
        cost_micro=cost,
        is_estimate=is_estimate,
        error_code=error_code,
        answer=answer,
        ended_at=now,
        latency_ms=int((now - reserved.started_at).total_seconds() * 1000),
    )
    if changed and cost:
        budgets.charge(reserved.asked.caller, cost, now)


def _lose(row: Call, now: datetime) -> None:
    """Nobody knows whether it was answered: what it may have cost at its worst is charged."""
    row.state, row.ended_at = State.LOST, now
    row.cost_micro, row.is_estimate = row.reserved_micro, True
    row.save(update_fields=["state", "ended_at", "cost_micro", "is_estimate"])
    if row.cost_micro and row.execution_id:
        caller = Caller(row.workflow_id, row.execution_id, row.node, row.run)
        budgets.charge(caller, row.cost_micro, now)


def _busy_for(asked: Asked, now: datetime) -> float:
    """Seconds until it is worth asking again; 0 if the request may be sent now."""
    model = asked.model
    if not (model.parallel or model.tokens_a_minute):
        return 0
    calls = Call.objects.filter(account=model.account, model_name=model.name)
    under_way = calls.filter(state=State.OPEN, deadline__gt=now)
    if model.parallel and under_way.count() >= model.parallel:
        return LOOK_AGAIN_S
    if not model.tokens_a_minute:
        return 0
    recent = calls.filter(started_at__gt=now - MINUTE, is_cached=False)
    known = F("input_tokens") + F("output_tokens")
    each = Case(When(state=State.OPEN, then=F("reserved_tokens")), default=known)
    used = recent.aggregate(total=Sum(each))["total"]
    wanted = asked.worst.input + asked.worst.output
    # What is larger than a whole minute must not wait for ever.
    if not used or used + wanted <= model.tokens_a_minute:
        return 0
    oldest = recent.order_by("started_at").values_list("started_at", flat=True).first()
    return max(LOOK_AGAIN_S, (oldest + MINUTE - now).total_seconds()) if oldest else LOOK_AGAIN_S


def _row(asked: Asked, price: Price | None) -> Call:
    model, caller, decision = asked.model, asked.caller, asked.decision
    return Call(
        id=new_id(),
        key=asked.key,
        model_id=model.id,
        model_name=model.name,
        provider=model.provider,
        provider_model=model.model,
        account=model.account,
        tier=model.tier,
        complexity=decision.complexity,
        reason=decision.reason[:500],
        features=decision.features,
        workflow_id=caller.workflow_id,
        execution_id=caller.execution_id,
        node=caller.node,
        run=caller.run,
        item=asked.item,
        reserved_tokens=asked.worst.input + asked.worst.output,
        priced_at=price.since if price else "",
    )
