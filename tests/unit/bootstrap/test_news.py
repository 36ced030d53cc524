"""What supervisord's log lines mean, and which of them are worth a line in the terminal."""

from __future__ import annotations

import pytest

from headrace_bootstrap.news import Happening, News, Reporter, parse


@pytest.mark.parametrize(
    ("line", "news"),
    [
        (
            "2026-11-21 05:52:53,001 INFO spawned: 'worker_1' with pid 4321\n",
            News("worker_1", Happening.STARTED, "4321"),
        ),
        (
            "2026-11-21 05:52:53,001 WARN exited: web (terminated by SIGKILL; not expected)\n",
            News("web", Happening.DIED, "terminated by SIGKILL"),
        ),
        (
            "2026-11-21 05:52:53,001 INFO exited: web (exit status 0; expected)\n",
            News("web", Happening.DIED, "exit status 0"),
        ),
        (
            "2026-11-21 05:52:53,001 WARN exited: web (terminated by SIGSEGV (core dumped); not expected)\n",
            News("web", Happening.DIED, "terminated by SIGSEGV (core dumped)"),
        ),
        (
            "2026-11-21 05:52:53,001 INFO gave up: web entered FATAL state, too many start retries\n",
            News("web", Happening.GAVE_UP, "too many start retries"),
        ),
        ("2026-11-21 05:52:53,001 INFO success: web entered RUNNING state\n", None),
        ("2026-11-21 05:52:53,001 WARN stopped: web (terminated by SIGTERM)\n", None),
    ],
)
def test_a_log_line_is_read_for_what_happened(line: str, news: News | None):
    assert parse(line) == news


def test_an_ordinary_start_is_not_worth_a_line():
    reporter = Reporter()

    sentence = reporter.sentence(News("web", Happening.STARTED, "1"))

    assert sentence is None


def test_a_death_and_its_restart_are_one_sentence():
    reporter = Reporter()

    first = reporter.sentence(News("web", Happening.DIED, "terminated by SIGKILL"))
    second = reporter.sentence(News("web", Happening.STARTED, "77"))

    assert first is None
    assert second == "web died (terminated by SIGKILL) and was restarted as process 77."


def test_a_program_that_never_stays_up_is_given_up_with_its_reason():
    reporter = Reporter()
    reporter.sentence(News("web", Happening.DIED, "exit status 2"))

    sentence = reporter.sentence(News("web", Happening.GAVE_UP, "too many start retries"))

    assert sentence == "web keeps dying (exit status 2); it is not restarted again."
