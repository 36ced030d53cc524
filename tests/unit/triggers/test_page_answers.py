"""Reading the fields of a form, the way through its pages, and its colours."""

from __future__ import annotations

from typing import Any

import pytest

from headrace.triggers.gate.body import Part
from headrace.triggers.gate.pages.drawing import readable_on
from headrace.triggers.gate.pages.journey import is_shown, next_step, step_before
from headrace.triggers.gate.pages.pace import BURST, Pace
from headrace.triggers.gate.pages.reading import Refused, check_file, read
from headrace_sdk.pages import FormStep, Question


def asked(kind: Any, **more: Any) -> Question:
    return Question("q", "Q", kind, choices=("a", "b"), **more)


@pytest.mark.parametrize(
    ("kind", "given", "answer"),
    [
        ("text", " Ada ", "Ada"),
        ("text", None, ""),
        ("text", "=1+1", "=1+1"),
        ("paragraph", "a\nb ", "a\nb "),
        ("number", "36", 36),
        ("number", "-1,5", -1.5),
        ("number", "", None),
        ("email", "a@b.example", "a@b.example"),
        ("date", "2024-02-29", "2024-02-29"),
        ("date", "", None),
        ("select", "a", "a"),
        ("select", None, None),
        ("multiselect", "b", ["b"]),
        ("multiselect", ["b", "a", ""], ["a", "b"]),
        ("multiselect", None, []),
        ("checkbox", "true", True),
        ("checkbox", None, False),
    ],
)
def test_an_answer_is_read_in_its_type(kind, given, answer):
    assert read(asked(kind), given) == answer


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("text", ["a", "b"]),
        ("number", "NaN"),
        ("number", "0x10"),
        ("number", "1_000"),
        ("number", "٣"),
        ("number", "9" * 400),
        ("email", "a@b"),
        ("email", "a b@c.example"),
        ("email", "a@b..example"),
        ("email", "a" * 250 + "@b.example"),
        ("date", "2023-02-29"),
        ("date", "29.02.2024"),
        ("date", "2024-W01-1"),
        ("select", "c"),
        ("multiselect", ["a", "c"]),
        ("checkbox", "yes"),
    ],
)
def test_an_answer_of_another_type_is_refused(kind, given):
    with pytest.raises(Refused):
        read(asked(kind), given)


@pytest.mark.parametrize("kind", ["text", "number", "date", "select", "multiselect", "checkbox"])
def test_a_required_answer_cannot_be_left_out(kind):
    with pytest.raises(Refused):
        read(asked(kind, required=True), "")


@pytest.mark.parametrize(
    ("accept", "name", "mime", "is_taken"),
    [
        ((), "a.bin", "x/y", True),
        ((".pdf",), "A.PDF", "x/y", True),
        (("image/*",), "a", "image/png", True),
        (("image/png",), "a", "image/png; x=1", True),
        ((".pdf", "image/*"), "a.exe", "imagex/png", False),
        ((".pdf",), "a.pdf.exe", "x/y", False),
    ],
)
def test_files_are_taken_by_ending_or_media_type(accept, name, mime, is_taken):
    part = Part(name, mime, b"x")
    if is_taken:
        check_file(asked("file", accept=accept), part)
    else:
        with pytest.raises(Refused):
            check_file(asked("file", accept=accept), part)


STEPS = (FormStep(()), FormStep((), only_if=("x", "true")), FormStep((), only_if=("x", "b")))


@pytest.mark.parametrize(
    ("answer", "following", "before_last"), [(True, 1, 1), (["a", "b"], 2, 0), (None, None, 0)]
)
def test_conditions_lead_through_the_pages(answer, following, before_last):
    assert next_step(STEPS, 0, {"x": answer}) == following
    assert step_before(STEPS, 2, {"x": answer}) == before_last


def test_a_page_without_a_condition_is_always_shown():
    assert is_shown(STEPS[0], {})


@pytest.mark.parametrize(
    ("color", "text"),
    [
        ("#ffffff", "#000000"),
        ("#000000", "#ffffff"),
        ("#1f5fbf", "#ffffff"),
        ("#ffd400", "#000000"),
    ],
)
def test_the_text_on_a_button_can_be_read(color, text):
    assert readable_on(color) == text


def test_a_client_that_sends_too_much_waits_until_there_is_room():
    now = [100.0]
    pace = Pace(lambda: now[0])

    taken = [pace.wait_s("a") for _ in range(int(BURST) + 1)]

    assert taken[:-1] == [0] * BURST
    assert taken[-1] == 1
    assert pace.wait_s("b") == 0
    now[0] += 1
    assert pace.wait_s("a") == 0
