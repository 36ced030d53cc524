"""The report for continuous integration."""

from __future__ import annotations

from xml.etree import ElementTree

from headrace.regression.junit import Outcome, line_of, xml


def outcome(status, *, workflow="W", name="t", error=None, differences=()):
    told = {"error": error, "differences": list(differences), "unrecorded": []}
    return Outcome(workflow, {"status": status, "name": name, "duration_ms": 1500, **told})


DIFFERENCE = {
    "node": "a",
    "name": "A",
    "run": "0",
    "port": "main",
    "item": 2,
    "path": "x.y",
    "expected": 1,
    "actual": None,
}


def test_each_workflow_is_a_suite_with_its_counts():
    root = ElementTree.fromstring(
        xml(
            [
                outcome("passed"),
                outcome("failed", differences=[DIFFERENCE]),
                outcome("error", workflow="V", error={"code": "c", "message": "m"}),
            ]
        )
    )

    counts = [[suite.get(k) for k in ("name", "tests", "failures", "errors")] for suite in root]
    assert counts == [["W", "2", "1", "0"], ["V", "1", "0", "1"]]
    assert root.find(".//error").get("message") == "c: m"
    assert root.find(".//testcase").get("time") == "1.500"


def test_a_difference_is_one_line():
    assert line_of(DIFFERENCE) == "A run 0, main[2].x.y: expected 1, got None"


def test_a_difference_of_the_whole_run_needs_no_step():
    bare = {**DIFFERENCE, "node": "", "name": "", "run": "", "port": "", "item": None, "path": ""}

    assert line_of(bare) == "The execution: expected 1, got None"


def test_characters_that_xml_cannot_hold_are_replaced():
    report = xml([outcome("passed", name="a\0b\x1fc\ud800\uffffd <&> 😀")])

    assert ElementTree.fromstring(report)[0][0].get("name") == "a�b�c��d <&> 😀"
