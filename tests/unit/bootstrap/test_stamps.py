"""When a slow step is done again."""

from __future__ import annotations

from pathlib import Path

from headrace_bootstrap.stamps import Stamp, digest


def test_the_digest_changes_with_content_name_and_facts(tmp_path: Path):
    first, second = tmp_path / "a", tmp_path / "b"
    first.write_text("x")
    second.write_text("x")

    digests = {
        digest([first]),
        digest([second]),
        digest([first, second]),
        digest([first], "fact"),
        digest([tmp_path / "missing"]),
    }

    assert len(digests) == 5
    assert digest([first, second]) == digest([second, first])


def test_a_step_is_finished_only_for_what_it_was_finished_with(tmp_path: Path):
    stamp = Stamp(tmp_path / "stamp")
    assert not stamp.matches("x")

    stamp.write("x")

    assert stamp.matches("x")
    assert not stamp.matches("y")
