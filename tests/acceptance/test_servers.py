"""The embedded servers: private, durable, restarted, and gone when they should be."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
import redis

from headrace_bootstrap.borrowing import ensure_database
from headrace_bootstrap.errors import BootstrapError
from headrace_bootstrap.home import Home
from headrace_bootstrap.news import Happening, News
from headrace_bootstrap.stack import Stack

pytestmark = pytest.mark.slow
BARE = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")}
HOLDER = """
import sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from headrace_bootstrap.home import Home
from headrace_bootstrap.stack import Stack
with Stack(Home(Path(sys.argv[2])), {"PATH": sys.argv[3]}, applications=False) as stack:
    print(stack.process_id("database"), flush=True)
    time.sleep(60)
"""
PLATFORM = Path(__file__).resolve().parents[2] / "platform"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def _query(stack: Stack, sql: str) -> object:
    with psycopg.connect(stack.environment["DATABASE_URL"], autocommit=True) as connection:
        row = connection.execute(sql).fetchone()
        return row[0] if row else None


def _wait(condition: Callable[[], bool], timeout_s: float = 30.0) -> None:
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def test_the_database_has_pgvector_everywhere_and_an_application_that_is_no_superuser():
    with Stack.temporary(applications=False) as stack:
        _execute(stack, "CREATE DATABASE another")
        url = stack.environment["DATABASE_URL"].rpartition("/")[0] + "/another"
        with psycopg.connect(url) as connection:
            row = connection.execute("SELECT '[1,2]'::vector <-> '[1,3]'").fetchone()

        assert row == (1.0,)
        assert _query(stack, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False


def _execute(stack: Stack, sql: str) -> None:
    with psycopg.connect(stack.environment["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(sql)


def test_nobody_gets_in_without_the_generated_passwords():
    with Stack.temporary(applications=False) as stack:
        url = stack.environment["DATABASE_URL"]
        port = int(url.rpartition(":")[2].partition("/")[0])
        broker_port = int(stack.environment["REDIS_URL"].rpartition(":")[2].partition("/")[0])

        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(host="127.0.0.1", port=port, user="postgres", password="postgres")
        with pytest.raises(redis.AuthenticationError):
            redis.Redis(port=broker_port).ping()


def test_what_was_committed_and_queued_is_there_after_a_restart(home: Home):
    with Stack(home, BARE, applications=False) as stack:
        _execute(stack, "CREATE TABLE kept AS SELECT 42 AS answer")
        redis.Redis.from_url(stack.environment["REDIS_URL"]).rpush("queue", "job")

    with Stack(home, BARE, applications=False) as stack:
        assert _query(stack, "SELECT answer FROM kept") == 42
        assert redis.Redis.from_url(stack.environment["REDIS_URL"]).lrange("queue", 0, -1) == [
            b"job"
        ]


def test_a_killed_server_is_restarted_and_said_so(home: Home):
    heard: list[News] = []
    with Stack(home, BARE, applications=False, hear=heard.append) as stack:
        before = stack.process_id("broker")
        stack.kill("broker")
        _wait(lambda: stack.process_id("broker") not in {0, before})

        assert News("broker", Happening.DIED, "terminated by SIGKILL") in heard


def test_a_home_serves_one_stack_at_a_time(home: Home):
    with Stack(home, BARE, applications=False), pytest.raises(BootstrapError) as caught:
        Stack(home, BARE, applications=False).__enter__()

    assert caught.value.code == "already_up"


def test_after_a_kill_of_supervisor_and_stack_the_next_start_cleans_up(home: Home):
    with _held_elsewhere(home) as (holder, orphan):
        os.kill(int((home.path / "supervisor.pid").read_text()), signal.SIGKILL)
        holder.kill()

    with Stack(home, BARE, applications=False) as stack:
        assert not _runs(orphan)
        assert _query(stack, "SELECT 1") == 1


def test_the_programs_of_a_killed_stack_end_with_it(home: Home):
    with _held_elsewhere(home) as (holder, orphan):
        holder.kill()

    _wait(lambda: not _runs(orphan))


@contextmanager
def _held_elsewhere(home: Home) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A process of its own that holds a stack, and the process id of the database in it."""
    words = [sys.executable, "-c", HOLDER, str(PLATFORM), str(home.path), BARE["PATH"]]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        yield holder, next(int(line) for line in holder.stdout if line.strip().isdigit())


def _runs(process: int) -> bool:
    # What nobody waited for stays in the table, without a command line.
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes() != b""
    except OSError:
        return False


def test_a_stack_leaves_no_process_and_no_temporary_home_behind():
    with Stack.temporary(applications=False) as stack:
        processes = [stack.process_id(name) for name in ("database", "broker")]

    assert not any(_runs(process) for process in processes)
    assert not stack.home.path.exists()


def test_a_command_starts_the_database_and_the_last_one_stops_it(home: Home):
    given = {**BARE, "HEADRACE_HOME": str(home.path)}
    with ensure_database(given) as first:
        with ensure_database(given) as second:
            assert second["DATABASE_URL"] == first["DATABASE_URL"]
        with psycopg.connect(first["DATABASE_URL"]) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)

    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(first["DATABASE_URL"])


def test_a_command_uses_the_database_of_a_running_stack_and_leaves_it_running(home: Home):
    with Stack(home, BARE, applications=False) as stack:
        with ensure_database({**BARE, "HEADRACE_HOME": str(home.path)}) as environment:
            assert environment["DATABASE_URL"] == stack.environment["DATABASE_URL"]

        assert _query(stack, "SELECT 1") == 1


def test_a_pid_file_with_a_strangers_number_does_not_keep_the_database_down(home: Home):
    with Stack(home, BARE, applications=False):
        pass
    stale = home.postgres / "cluster" / "postmaster.pid"
    stale.write_text(f"{os.getpid()}\n{stale.parent}\n0\n1\n\n127.0.0.1\n", encoding="utf-8")

    with Stack(home, BARE, applications=False) as stack:
        assert _query(stack, "SELECT 1") == 1


@pytest.mark.parametrize(
    ("name", "url", "code"),
    [
        ("DATABASE_URL", "postgresql://x:geheim@127.0.0.1:1/x", "database_unusable"),
        ("REDIS_URL", "redis://:geheim@127.0.0.1:1/0", "broker_unusable"),
    ],
)
def test_a_named_server_that_cannot_be_used_stops_the_start_without_its_password(
    home: Home, name: str, url: str, code: str
):
    with pytest.raises(BootstrapError) as caught:
        Stack(home, {**BARE, name: url}, applications=False).__enter__()

    assert caught.value.code == code
    assert "geheim" not in str(caught.value)
