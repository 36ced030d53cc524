"""Crash points: an armed one kills one process once; without the setting none is looked at."""

from __future__ import annotations

import subprocess
import sys

import pytest

from headrace.executions import crash_points

PROGRAM = """
import sys
from pathlib import Path
from django.conf import settings
settings.configure(HEADRACE_CRASH_POINTS=sys.argv[1])
from headrace.executions import crash_points
for point in crash_points.POINTS:
    crash_points.reach(point)
print("alive")
"""


def run(folder):
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, str(folder)], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("point", ["after_claim", "during_drain"])
def test_an_armed_point_kills_the_first_process_that_reaches_it_and_no_other(tmp_path, point):
    (tmp_path / point).touch()

    first, second = run(tmp_path), run(tmp_path)

    assert (first.returncode, second.returncode) == (-9, 0)
    assert [file.name for file in tmp_path.iterdir()] == [f"{point}.reached"]


def test_points_are_off_unless_a_test_sets_them():
    assert crash_points.FOLDER is None
