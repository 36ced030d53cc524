"""Long commands made of parts: all run, each is reported, none vanishes."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from headrace_bootstrap.console import say
from headrace_bootstrap.parts import Part, command, run_all
from headrace_bootstrap.side_by_side import run_side_by_side


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


def meeting(others: threading.Barrier, words: str) -> Callable[[], bool]:
    """A part that goes on when all of them run."""

    def run() -> bool:
        others.wait(10)
        say(words)
        return True

    return run


def test_parts_run_beside_each_other_and_what_they_print_stays_apart(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
):
    both = threading.Barrier(2)
    words = [sys.executable, "-c", "print('one ends')"]
    program = command("", words, cwd=tmp_path, environment={})
    begins = meeting(both, "one begins")
    parts = [
        Part("one", lambda: begins() and program.run()),
        Part("two", meeting(both, "two runs")),
    ]

    assert run_side_by_side(parts, cores=2) == 0

    printed = capfd.readouterr().out
    assert "one begins\none ends\n" in printed
    assert "parts: 2 passed, 0 failed" in printed


def test_a_part_waits_until_there_are_processors_for_it():
    running: list[str] = []
    seen: dict[str, list[str]] = {}

    def part(name: str, cores: int) -> Part:
        def run() -> bool:
            running.append(name)
            seen[name] = [*running]
            running.remove(name)
            return True

        return Part(name, run, cores)

    run_side_by_side([part("first", 2), part("all", 9), part("second", 2)], cores=2)

    assert seen == {name: [name] for name in ("first", "all", "second")}


def test_the_first_failure_is_told_before_the_others_have_ended():
    told = threading.Event()

    def wait_for_it() -> bool:
        return told.wait(10)

    class Hearing:
        """The terminal, which notes when the failure is told."""

        def write(self, text: str) -> None:
            if "FAILED" in text:
                told.set()

        def flush(self) -> None:
            """Nothing is kept back."""

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", Hearing())
        code = run_side_by_side([Part("slow", wait_for_it), Part("bad", lambda: False)], cores=2)

    assert code == 1
    assert told.is_set()
