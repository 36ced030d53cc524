"""Values by key: answers are exact between workers, and an operation is carried out once."""

from __future__ import annotations

import pytest
from django.db import connection

from headrace.state import actions, entries
from headrace.state.models import Entry
from headrace.state.purge import purge
from headrace.state.types import Shared
from headrace_sdk import UserError
from headrace_sdk.state import encoded
from tests.integration.state.conftest import at_once


@pytest.fixture
def shared(asker):
    return Shared.of(asker(), "workflow", "key")


def keep(shared, value, ttl_s=None):
    statement, parameters = entries.statement("t_alpha", shared, encoded(value), ttl_s)
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


@pytest.mark.usefixtures("committed")
def test_workers_that_count_at_one_moment_each_get_a_number_of_their_own(asker, shared):
    numbers = at_once(lambda _: actions.incr(asker(), 0, shared, 1, None))

    assert sorted(numbers) == [1, 2, 3, 4, 5, 6, 7, 8]


@pytest.mark.usefixtures("committed")
def test_two_workers_with_the_same_run_count_once(asker, shared):
    run = asker()

    numbers = at_once(lambda _: actions.incr(run, 0, shared, 1, None))

    assert (set(numbers), entries.read(shared)) == ({1}, b"1")


@pytest.mark.usefixtures("committed")
def test_of_those_who_compare_and_set_at_one_moment_one_succeeds(asker, shared):
    won = at_once(lambda place: actions.compare_set(asker(), 0, shared, None, place, ttl_s=None))

    assert sorted(won) == [False] * 7 + [True]


def test_a_run_that_is_attempted_again_gets_the_answer_of_the_first_attempt(asker, shared):
    run = asker()
    first = actions.incr(run, 0, shared, 5, None)
    actions.incr(asker(), 0, shared, 100, None)

    again = actions.incr(run, 0, shared, 5, None)

    assert (first, again, entries.read(shared)) == (5, 5, b"105")


def test_the_next_call_of_a_run_counts_again(asker, shared):
    run = asker()

    answers = [actions.append(run, call, shared, "x", None) for call in range(3)]

    assert answers == [1, 2, 3]


def test_a_refused_compare_and_set_leaves_nothing_behind(asker, shared):
    assert not actions.compare_set(asker(), 0, shared, 1, 2, ttl_s=None)

    assert entries.read(shared) is None


def test_a_value_whose_time_is_over_is_absent(asker, shared):
    keep(shared, 7, ttl_s=-1)

    assert entries.read(shared) is None
    assert actions.incr(asker(), 0, shared, 1, None) == 1


def test_the_purge_takes_expired_values_alone(asker, shared):
    keep(shared, 7, ttl_s=-1)
    keep(Shared(shared.owner, "other"), 8, ttl_s=1000)

    purge()

    assert list(Entry.objects.values_list("key", flat=True)) == ["other"]


def test_what_cannot_be_counted_says_so_and_stays(asker, shared):
    keep(shared, "text")

    with pytest.raises(UserError) as caught:
        actions.incr(asker(), 0, shared, 1, None)

    assert (caught.value.code, entries.read(shared)) == ("state_not_a_number", b'"text"')


def test_a_list_cannot_grow_beyond_what_a_key_holds(asker, shared):
    keep(shared, ["x" * 60_000])

    with pytest.raises(UserError) as caught:
        actions.append(asker(), 0, shared, "x" * 10_000, None)

    assert caught.value.code == "state_value_too_large"


def test_keys_of_a_workflow_are_not_those_of_the_tenant(asker):
    run = asker()
    ours, everybodys = (Shared.of(run, scope, "n") for scope in ("workflow", "tenant"))

    actions.incr(run, 0, ours, 1, None)

    assert entries.read(everybodys) is None


@pytest.mark.parametrize("key", ["", "x" * 201, "a\nb", "a\0b"])
def test_a_key_that_cannot_be_one_is_refused(asker, key):
    with pytest.raises(UserError):
        Shared.of(asker(), "workflow", key)
