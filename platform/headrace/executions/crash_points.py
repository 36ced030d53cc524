"""Named places at which a worker can be made to die, so that tests can hit each of them.

With the setting HEADRACE_CRASH_POINTS, a directory, a file there that has the name of a point
arms it: whichever process reaches the point first takes the file away (it becomes
`<name>.reached`) and kills itself as `kill -9` would. Without the setting nothing is looked at.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Final, Literal, get_args

from django.conf import settings

Point = Literal[
    "after_claim",
    "after_fold",
    "before_step_started_flush",
    "after_step_started_flush",
    "before_effect",
    "after_effect",
    "before_completion_flush",
    "after_completion_flush",
    "before_finish_flush",
    "after_finish_flush",
    "before_release",
    "after_release",
    "before_publish",
    "after_answer",
    "in_heartbeat",
    "during_drain",
]
POINTS: Final[tuple[Point, ...]] = get_args(Point)

FOLDER: Final = Path(settings.HEADRACE_CRASH_POINTS) if settings.HEADRACE_CRASH_POINTS else None


def reach(point: Point) -> None:
    """Die here if a test wants it."""
    if FOLDER is None:
        return
    try:
        # Of several processes only one can rename it, so an armed point is hit once.
        (FOLDER / point).rename(FOLDER / f"{point}.reached")
    except FileNotFoundError:
        return
    os.kill(os.getpid(), signal.SIGKILL)


def reach_flush(kinds: set[str], release: str | None, when: Literal["before", "after"]) -> None:
    """The points around a flush, by the types of its events and by what comes next."""
    if FOLDER is None:
        return
    if "workflow.step.started" in kinds:
        reach("before_step_started_flush" if when == "before" else "after_step_started_flush")
    if "workflow.step.completed" in kinds:
        reach("before_completion_flush" if when == "before" else "after_completion_flush")
    if release == "done":
        reach("before_finish_flush" if when == "before" else "after_finish_flush")
    elif release is not None:
        reach("before_release" if when == "before" else "after_release")
