"""The pause before another attempt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headrace.engine import RetryPolicy, retry_delay_s

STEADY = RetryPolicy(max_attempts=9, initial_s=1, factor=2, max_s=10, jitter=False)


@pytest.mark.parametrize(
    ("attempt", "pause_s"), [(1, 1), (2, 2), (3, 4), (4, 8), (5, 10), (99, 10)]
)
def test_pauses_grow_up_to_the_longest(attempt, pause_s):
    assert retry_delay_s(STEADY, "e", "n", "0", attempt) == pause_s


@given(st.text(), st.integers(1, 100))
def test_jitter_takes_off_up_to_half_and_is_the_same_each_time(execution, attempt):
    policy = RetryPolicy(initial_s=8, factor=1, max_s=8)

    pause_s = retry_delay_s(policy, execution, "n", "0", attempt)

    assert 4 <= pause_s <= 8
    assert pause_s == retry_delay_s(policy, execution, "n", "0", attempt)


def test_jitter_parts_executions_runs_and_attempts():
    policy = RetryPolicy(initial_s=8, factor=1, max_s=8)
    names = [
        ("e", "n", "0", 1),
        ("f", "n", "0", 1),
        ("e", "m", "0", 1),
        ("e", "n", "1", 1),
        ("e", "n", "0", 2),
    ]

    assert len({retry_delay_s(policy, *name) for name in names}) == len(names)
