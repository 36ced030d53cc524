"""A check that may hang is answered in time, and hangs once only."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from headrace.operations.bounded import Bounded


def test_it_says_what_the_check_says():
    assert Bounded(lambda: "ok", late="late", limit_s=30)() == "ok"


def test_each_time_it_is_asked_it_looks_again():
    answers = iter(["ok", "gone"])
    check = Bounded(lambda: next(answers), late="late", limit_s=30)

    assert [check(), check()] == ["ok", "gone"]


def test_a_check_that_hangs_is_late_and_keeps_one_thread_for_all_who_ask():
    freed = threading.Event()
    begun = []

    def hang():
        begun.append(1)
        freed.wait()
        return "ok"

    check = Bounded(hang, late="late", limit_s=0.01)
    try:
        with ThreadPoolExecutor(8) as pool:
            told = list(pool.map(lambda _: check(), range(20)))
    finally:
        freed.set()

    assert (set(told), len(begun)) == ({"late"}, 1)


def test_an_error_is_raised_where_the_answer_is_awaited():
    def fail():
        message = "broken"
        raise ValueError(message)

    with pytest.raises(ValueError, match="broken"):
        Bounded(fail, late="late", limit_s=30)()
