"""Results of tests as JUnit XML, the form that continuous integration reads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from xml.etree import ElementTree

from headrace.regression.types import Verdict

_NOT_IN_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one test, as `serializers.shown_result` tells it, and its workflow's name."""

    workflow: str
    result: dict[str, Any]

    @property
    def verdict(self) -> Verdict:
        """How it came out."""
        return Verdict(self.result["status"])

    @property
    def lines(self) -> list[str]:
        """What went wrong, a line each."""
        error = self.result["error"]
        if error is not None:
            return [f"{error['code']}: {error['message']}"]
        return [
            *(line_of(one) for one in self.result["differences"]),
            *(
                f"{one['name']} run {one['run']}: {one['message']}"
                for one in self.result["unrecorded"]
            ),
        ]


@dataclass(slots=True)
class Report:
    """All outcomes, in order."""

    outcomes: list[Outcome] = field(default_factory=list)

    def count(self, verdict: Verdict) -> int:
        """How many came out so."""
        return sum(one.verdict is verdict for one in self.outcomes)

    @property
    def is_good(self) -> bool:
        """Did every test pass?"""
        return self.count(Verdict.PASSED) == len(self.outcomes)


def line_of(difference: dict[str, Any]) -> str:
    """`Name run 0, main[2].a.b: expected 1, got 2`."""
    place = difference["name"] or difference["node"] or "The execution"
    if difference["run"]:
        place += f" run {difference['run']}"
    if difference["port"]:
        place += f", {difference['port']}"
    if difference["item"] is not None:
        place += f"[{difference['item']}]"
    if difference["path"]:
        place += f".{difference['path']}"
    return f"{place}: expected {difference['expected']!r}, got {difference['actual']!r}"


def xml(outcomes: Sequence[Outcome]) -> bytes:
    """`<testsuites>` with a suite for each workflow."""
    root = ElementTree.Element("testsuites", name="headrace")
    for workflow in dict.fromkeys(one.workflow for one in outcomes):
        mine = Report([one for one in outcomes if one.workflow == workflow])
        suite = ElementTree.SubElement(
            root,
            "testsuite",
            name=_plain(workflow),
            tests=str(len(mine.outcomes)),
            failures=str(mine.count(Verdict.FAILED)),
            errors=str(
                len(mine.outcomes) - mine.count(Verdict.FAILED) - mine.count(Verdict.PASSED)
            ),
        )
        for one in mine.outcomes:
            _add(suite, one)
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode", xml_declaration=False)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()


def _add(suite: ElementTree.Element, one: Outcome) -> None:
    case = ElementTree.SubElement(
        suite,
        "testcase",
        classname=_plain(one.workflow),
        name=_plain(one.result["name"]),
        time=f"{(one.result['duration_ms'] or 0) / 1000:.3f}",
    )
    if one.verdict is Verdict.PASSED:
        return
    lines = one.lines
    kind = "failure" if one.verdict is Verdict.FAILED else "error"
    first = lines[0] if lines else str(one.verdict)
    told = ElementTree.SubElement(case, kind, message=_plain(first))
    told.text = _plain("\n".join(lines))


def _plain(text: str) -> str:
    """The text without the characters that XML cannot hold."""
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)
