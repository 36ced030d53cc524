"""Claims: fair over tenants, exact in their limits, quick however long the queue is."""

from __future__ import annotations

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from headrace.executions.sweeper import sweep
from tests.support.queue import ask, enqueue, look, take

pytestmark = pytest.mark.usefixtures("committed")

CLAIMERS = 8


@pytest.fixture(autouse=True)
def fresh_statistics():
    """As if autovacuum had just been here."""
    ask("analyze run_queue")


def claim_at_once(limit, **options):
    """Everything that several workers got which looked at the same time."""
    with ThreadPoolExecutor(CLAIMERS) as pool:
        looks = [pool.submit(take, limit, **options) for _ in range(CLAIMERS)]
        return [claim for look in looks for claim in look.result()]


def release(claims):
    ask(
        "delete from run_queue where execution_id = any(%s)",
        [claim.execution_id for claim in claims],
    )


def test_nothing_is_claimed_twice(alpha):
    enqueue(alpha, 60)

    claims = claim_at_once(10)

    assert len({claim.execution_id for claim in claims}) == len(claims)
    assert len(claims) >= 10


def test_a_worker_that_looks_while_others_look_does_not_go_away_empty(alpha):
    """All eight want the one tenant's row; each waits for the one before it."""
    enqueue(alpha, CLAIMERS)

    claims = claim_at_once(1)

    assert len(claims) == CLAIMERS


def test_a_tenant_that_floods_does_not_keep_a_quiet_one_waiting(alpha, beta):
    """R-038: the flood came first, and is long."""
    enqueue(alpha, 1_000)
    release(take(32))
    quiet = enqueue(beta, 2)

    claims = take(8)

    assert {claim.execution_id for claim in claims} >= set(quiet)


def test_two_busy_tenants_get_equal_parts(alpha, beta):
    enqueue(alpha, 500)
    enqueue(beta, 500)
    taken = Counter()

    for _ in range(20):
        claims = take(8)
        taken.update(claim.slug for claim in claims)
        release(claims)

    assert taken["alpha"] == taken["beta"] == 80


def test_a_tenant_of_twice_the_weight_gets_twice_as_much(alpha, beta):
    ask("insert into run_tenant (tenant_id, vtime, weight) values (%s, 0, 2)", alpha.id)
    enqueue(alpha, 500)
    enqueue(beta, 500)
    taken = Counter()

    for _ in range(30):
        claims = take(8)
        taken.update(claim.slug for claim in claims)
        release(claims)

    assert taken["alpha"] == 2 * taken["beta"]


def test_a_tenant_that_was_idle_for_long_is_ahead_by_a_bounded_number(alpha, beta):
    enqueue(alpha, 1_000)
    ask("insert into run_tenant (tenant_id, vtime, weight) values (%s, 1000000, 1)", alpha.id)
    enqueue(beta, 1_000)
    taken = Counter()

    for _ in range(20):
        claims = take(16)
        taken.update(claim.slug for claim in claims)
        release(claims)

    assert taken["alpha"] >= 100


def test_a_tenant_has_no_more_running_than_its_limit_whoever_claims(alpha):
    enqueue(alpha, 100)

    claims = claim_at_once(32, cap=10)

    assert len(claims) == 10


def test_a_tenant_may_have_a_limit_of_its_own(alpha):
    ask(
        "insert into run_tenant (tenant_id, vtime, weight, concurrency) values (%s, 0, 1, 3)",
        alpha.id,
    )
    enqueue(alpha, 20)

    assert len(claim_at_once(32, cap=10)) == 3


def test_a_tenant_at_its_limit_does_not_keep_others_from_being_served(alpha, beta):
    enqueue(alpha, 10)
    take(2, cap=2)
    quiet = enqueue(beta, 1)

    found = look(8, cap=2)

    assert [claim.execution_id for claim in found.claims] == quiet
    assert found.is_more


def test_who_comes_away_empty_because_of_a_limit_is_told_so(alpha):
    enqueue(alpha, 10)
    take(2, cap=2)

    found = look(8, cap=2)

    assert found.claims == []
    assert found.is_more


def test_what_belongs_to_one_root_shares_a_slot(alpha):
    """Engine-rules 26: a child counts in its root's slot."""
    root = uuid4()
    enqueue(alpha, 3, root=root)
    take(1, cap=2)

    assert len(take(8, cap=2)) == 2


def test_a_workflow_has_no_more_runs_than_its_limit_whoever_claims(alpha):
    enqueue(alpha, 50, workflow=uuid4(), key="", runs=3)

    claims = claim_at_once(10)

    assert len(claims) == 3


def test_a_key_has_no_more_runs_than_its_limit_whoever_claims(alpha):
    workflow = uuid4()
    for key in ("a", "b", "c"):
        enqueue(alpha, 20, workflow=workflow, key=key, per_key=2)

    claims = claim_at_once(32)

    running = ask(
        "select concurrency_key, count(*) from run_queue where state = 'leased' group by 1"
    )
    assert len(claims) == 6
    assert dict(running) == {"a": 2, "b": 2, "c": 2}


def test_limits_of_workflow_and_key_hold_together(alpha):
    workflow = uuid4()
    for key in ("a", "b", "c"):
        enqueue(alpha, 5, workflow=workflow, key=key, runs=4, per_key=2)

    claim_at_once(32)
    running = dict(
        ask("select concurrency_key, count(*) from run_queue where state = 'leased' group by 1")
    )

    assert sum(running.values()) == 4
    assert max(running.values()) <= 2


def test_a_workflow_at_its_limit_does_not_keep_others_waiting(alpha):
    enqueue(alpha, 200, workflow=uuid4(), key="", runs=1)
    free = enqueue(alpha, 1)
    take(16)

    claims = [claim for _ in range(20) for claim in take(16)]

    assert free[0] in {claim.execution_id for claim in claims}


def test_what_a_limit_held_back_goes_on_when_the_sweeper_finds_room(alpha):
    enqueue(alpha, 3, workflow=uuid4(), key="", runs=1)
    first = take(8)
    release(first)

    sweep()

    assert len(first) == 1
    assert len(take(8)) == 1


def test_the_sweeper_finds_no_room_where_there_is_none(alpha):
    enqueue(alpha, 3, workflow=uuid4(), key="", runs=1)
    take(8)
    ask(
        "insert into run_worker (id, host, pid, version, lease_until) "
        "select worker, '', 0, '', now() + interval '1 minute' from run_queue "
        "where worker is not null"
    )

    sweep()

    assert ask("select count(*) from run_queue where state = 'held'") == [(2,)]


def test_a_cancelled_execution_is_claimed_whatever_its_limit_is(alpha):
    """It only ends, and must not wait for others to do so."""
    _, second = enqueue(alpha, 2, workflow=uuid4(), key="", runs=1)
    take(8)
    ask("update run_queue set cancel_at = now(), state = 'ready' where execution_id = %s", second)

    assert [claim.execution_id for claim in take(8)] == [second]


def test_high_priority_comes_first_and_low_last(alpha):
    low = enqueue(alpha, 1, priority=18)
    default = enqueue(alpha, 1, priority=15)
    high = enqueue(alpha, 1, priority=12)

    claimed = [take(1)[0].execution_id for _ in range(3)]

    assert claimed == [*high, *default, *low]


def test_what_wakes_comes_before_what_is_new(alpha):
    woken = enqueue(alpha, 1, priority=8)
    new = enqueue(alpha, 1, priority=12)

    claimed = [take(1)[0].execution_id for _ in range(2)]

    assert claimed == [*woken, *new]


def test_a_first_claim_makes_an_execution_one_that_wakes(alpha):
    enqueue(alpha, 1, priority=18)

    take(1)

    assert ask("select priority from run_queue") == [(8,)]


def test_of_careful_executions_one_is_claimed_at_a_time(alpha):
    """Engine-rules 25: it may take its process with it."""
    enqueue(alpha, 5, lane="careful", crashes=1)
    enqueue(alpha, 5)

    claims = take(32)

    assert Counter(claim.lane for claim in claims) == {"careful": 1, "default": 5}


def test_an_execution_of_a_newer_format_is_left_to_newer_workers(alpha):
    """R-044."""
    enqueue(alpha, 1, min_reader=99)

    assert take(8) == []


@pytest.mark.timeout(120)
def test_a_claim_reads_by_index_and_stays_quick_with_ten_thousand_queued(alpha, beta):
    """R-038: no statement of it reads the whole queue, and the median takes a few milliseconds."""
    enqueue(alpha, 9_000)
    enqueue(beta, 1_000)
    ask("vacuum analyze run_queue")
    take(1)
    before = _whole_reads()
    took = []

    for _ in range(30):
        began = time.perf_counter()
        claims = take(8)
        took.append(time.perf_counter() - began)
        release(claims)

    assert _whole_reads() == before
    assert sorted(took)[len(took) // 2] < 0.1, took


def _whole_reads():
    ask("select pg_stat_force_next_flush()")
    return ask("select seq_scan from pg_stat_user_tables where relname = 'run_queue'")


def test_an_operator_sets_the_share_of_a_tenant(alpha, capsys):
    call_command("tenant_share", "alpha", "--concurrency", "2", "--weight", "3")
    enqueue(alpha, 10)

    assert "concurrency 2, weight 3" in capsys.readouterr().out
    assert len(take(8)) == 2


def test_a_share_can_be_the_default_again(alpha):
    call_command("tenant_share", "alpha", "--concurrency", "2")
    call_command("tenant_share", "alpha", "--concurrency", "default")
    enqueue(alpha, 10)

    assert len(take(8)) == 8


@pytest.mark.parametrize("wish", [("--concurrency", "none"), ("--weight", "0")])
def test_a_share_that_makes_no_sense_is_refused(alpha, wish):
    with pytest.raises(CommandError):
        call_command("tenant_share", "alpha", *wish)
