"""Long commands made of parts: all run, each is reported, none vanishes."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from headrace_bootstrap.parts import Part, command, run_all


def test_a_failing_part_does_not_keep_the_others_from_running(
    capsys: pytest.CaptureFixture[str],
):
    ran = []
    parts = [
        Part("first", lambda: False),
        Part("second", lambda: ran.append("second") is None),
    ]

    code = run_all(parts)

    assert code == 1
    assert ran == ["second"]
    printed = capsys.readouterr().out
    assert "FAILED  first" in printed
    assert printed.endswith("parts: 1 passed, 1 failed\n")


def test_everything_well_is_exit_code_zero():
    assert run_all([Part("only", lambda: True)]) == 0


@pytest.mark.parametrize(("code", "well"), [(0, True), (1, False), (5, False)])
def test_a_program_is_judged_by_its_exit_code(code: int, well: bool, tmp_path: Path):
    words = [sys.executable, "-c", f"raise SystemExit({code})"]

    part = command("program", words, cwd=tmp_path, environment={})

    assert part.run() is well


def test_a_part_whose_folder_is_missing_fails_and_names_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    words = [sys.executable, "-c", "pass"]
    part = command("tests", words, cwd=tmp_path, environment={}, needs=[tmp_path / "tests"])

    code = run_all([part])

    assert code == 1
    assert "Missing: tests." in capsys.readouterr().out
