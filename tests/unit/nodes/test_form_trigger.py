"""What the Form trigger asks for, and which forms it does not publish."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from headrace_sdk import Arrival, FileRef, FormStep, Question, UserError
from nodes.triggers.form import Form, FormTrigger

FILE = FileRef("f", "a.txt", "text/plain", 1, "0")


def registered(rows, **params):
    form = Form.model_validate({"rows": rows, **params})
    (registration,) = FormTrigger.register(form, "node")
    return registration


def test_rows_become_pages_of_questions():
    rows = [
        {"label": "Your Name!"},
        {"kind": "page", "label": "More", "help": "Go on", "only_if": "your_name"},
        {"kind": "email", "label": "Ваш адрес", "required": True},
    ]

    assert registered(rows).page.steps == (
        FormStep((Question("your_name", "Your Name!"),)),
        FormStep(
            (Question("field_3", "Ваш адрес", "email", required=True),),
            "More",
            "Go on",
            ("your_name", ""),
        ),
    )


def test_a_page_that_begins_with_the_first_row_is_the_first_page():
    (step,) = registered([{"kind": "page", "label": "One"}, {"label": "A"}]).page.steps

    assert (step.title, len(step.questions)) == ("One", 1)


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"rows": [{"label": "A"}, {"label": "a"}]}, "invalid_name"),
        ({"rows": [{"label": "A", "name": "a b"}]}, "invalid_name"),
        ({"rows": [{"label": "A", "name": "_state"}]}, "invalid_name"),
        ({"rows": [{"label": "Submitted at"}]}, "invalid_name"),
        ({"rows": [{"kind": "page", "only_if": "later"}, {"label": "Later"}]}, "field_unknown"),
        ({"redirect": "javascript:alert(1)"}, "invalid_address"),
        ({"redirect": "//evil.test"}, "invalid_address"),
        ({"redirect": "https://user@evil.test"}, "invalid_address"),
        ({"redirect": "https://evil.test\r\nX: y"}, "invalid_address"),
        ({"accent": "red;}body{background:url(//evil)"}, "invalid_color"),
        ({"language": 'en" onload="x'}, "invalid_language"),
    ],
)
def test_a_form_that_cannot_be_hosted_is_not_published(params, code):
    with pytest.raises(UserError) as caught:
        registered(params.pop("rows", []), **params)

    assert caught.value.code == code


def test_a_list_needs_choices():
    with pytest.raises(ValidationError, match="something to choose from"):
        registered([{"kind": "select", "label": "Topic"}])


def test_the_answers_become_an_item_with_its_files():
    arrival = Arrival({"answers": {"a": 1}, "submitted_at": "now"}, {"cv": FILE})

    (item,) = FormTrigger.accept(Form(), arrival)

    assert (item.json, item.binary) == ({"a": 1, "submitted_at": "now"}, {"cv": FILE})
