"""Logs that earlier releases wrote still come to the same (engine-rules 20)."""

from __future__ import annotations

import json

import pytest

from tests.support.recorded_logs import FOLDER, RecordedLog

FILES = sorted(FOLDER.glob("*.json"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_log_of_an_earlier_release_comes_to_the_same(path):
    recorded = RecordedLog.read(path)

    assert json.loads(json.dumps(recorded.outcome())) == recorded.expected


def test_the_logs_of_the_first_release_are_all_there():
    names = {path.stem for path in FILES}

    assert names >= {"1-branch-and-join", "1-loop", "1-wait", "1-retry", "1-cancel", "1-take-over"}
