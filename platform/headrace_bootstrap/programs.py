"""The long-running programs of a stack, and the order in which they start and stop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from headrace_bootstrap.project import PYTHON, ROOT

DATABASE: Final = "database"
BROKER: Final = "broker"
WEB: Final = "web"
SCHEDULER: Final = "scheduler"


def workers(count: int) -> tuple[str, ...]:
    """The names of so many workers."""
    return tuple(f"worker_{number + 1}" for number in range(count))


WORKERS: Final = workers(2)
APPLICATIONS: Final = (WEB, *WORKERS, SCHEDULER)

# A worker may finish the step it is in (HEADRACE_DRAIN_S) before it is killed.
_WORKER_STOP_S: Final = 40


@dataclass(frozen=True)
class Program:
    """One supervised program. Lower ranks start first and stop last."""

    name: str
    command: tuple[str, ...]
    rank: int
    stop_signal: str = "TERM"
    stop_s: int = 20
    starts_itself: bool = False


def database(command: list[str]) -> Program:
    """PostgreSQL; INT asks it for a fast shutdown."""
    return Program(DATABASE, tuple(command), 10, stop_signal="INT", stop_s=30, starts_itself=True)


def broker(command: list[str]) -> Program:
    """Valkey."""
    return Program(BROKER, tuple(command), 20, starts_itself=True)


def applications(
    bind: str, port: int, worker_names: tuple[str, ...] = WORKERS
) -> tuple[Program, ...]:
    """Web server, workers and the scheduler."""
    # -v 0: no line per request, which would cost more than many a request.
    web = _python("-m", "daphne", "-v", "0", "-b", bind, "-p", str(port))
    worker = _python("-m", "headrace.conf.worker")
    return (
        Program(WEB, (*web, "headrace.conf.asgi:application"), 30),
        *(Program(name, (*worker, name), 40, stop_s=_WORKER_STOP_S) for name in worker_names),
        Program(SCHEDULER, _python(str(ROOT / "manage.py"), "scheduler"), 50),
    )


def _python(*arguments: str) -> tuple[str, ...]:
    return (str(PYTHON), *arguments)
