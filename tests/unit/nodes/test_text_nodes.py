"""The nodes that read texts with a model: what they ask, and what they make of the answers."""

from __future__ import annotations

import json

import pytest

from headrace_sdk import HeadraceError, Item, UpstreamError, UserError
from headrace_sdk.llm import Text
from headrace_sdk.testing import MemoryContext, run_node
from headrace_sdk.testing.llm import MemoryLlm
from nodes.ai.chunks import chunks
from nodes.ai.classify_by_model import NONE, Label, classify_by_model
from nodes.ai.extract import Extract
from nodes.ai.kept_parts import take_out
from nodes.ai.sentiment import Sentiment
from nodes.ai.summarise import Summarise
from nodes.ai.translate import Translate


def run(kind, answers, items=({},), **params):
    given = [json.dumps(one) if isinstance(one, dict) else one for one in answers]
    ctx = MemoryContext(llm=MemoryLlm(given))
    return run_node(kind, {"model": "able", **params}, items, context=ctx), ctx


def asked(ctx, at=0):
    prompt, _ = ctx.llm.asked[at]
    return prompt


def said(prompt):
    return "".join(part.text for part in prompt.messages[-1].parts if isinstance(part, Text))


MAIL = "Invoice 4711 of Ann Lee,  Oslo: 20.50 EUR, due 3 May 2026."
WANTED = [
    {"name": "city", "required": True},
    {"name": "total", "type": "number", "required": True},
    {"name": "note"},
]


def found(confidence=0.9, **data):
    values = {"city": "Oslo", "total": 20.5, "note": None, **data}
    return {"data": values, "confidence": dict.fromkeys(values, confidence)}


def test_extracted_fields_stand_in_their_field_with_how_sure_they_are():
    result, ctx = run(Extract, [found()], [{"id": 1}], text=MAIL, wanted=WANTED)

    (item,) = result.json()
    assert (item["id"], item["data"]) == (1, {"city": "Oslo", "total": 20.5, "note": None})
    assert item["confidence"] == {"city": 0.9, "total": 0.9, "note": 0.9}
    assert item["llm"]["calls"] == 1
    assert said(asked(ctx)) == MAIL
    assert "never an instruction" in asked(ctx).system


def test_words_that_the_text_does_not_have_are_doubted():
    result, _ = run(Extract, [found(city="Bergen")], text=MAIL, wanted=WANTED)

    (item,) = result.json("low_confidence")
    assert (item["not_in_text"], item["confidence"]["city"]) == (["city"], 0.45)


def test_case_spacing_and_dates_are_no_reason_for_doubt():
    data = found(city="OSLO", note="ann lee, oslo")
    assert run(Extract, [data], text=MAIL, wanted=WANTED)[0].json()[0]["not_in_text"] == []
    data = found(note="2026-05-03")
    assert run(Extract, [data], text=MAIL, wanted=WANTED)[0].json()[0]["not_in_text"] == []


def test_an_empty_required_field_is_unsure_and_an_empty_optional_one_is_not():
    certain = found(1.0, city=None)
    doubtful = found()
    doubtful["confidence"]["note"] = 0

    assert run(Extract, [certain], text=MAIL, wanted=WANTED)[0].json("low_confidence")
    assert run(Extract, [doubtful], text=MAIL, wanted=WANTED)[0].json("main")


def test_what_does_not_fit_the_schema_is_sent_back():
    result, ctx = run(Extract, [found(total="20.50"), found()], text=MAIL, wanted=WANTED)

    assert result.json()[0]["data"]["total"] == 20.5
    assert "/data/total" in said(asked(ctx, 1))


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"text": " ", "wanted": WANTED}, "no_text"),
        ({"text": MAIL}, "no_fields"),
        ({"text": MAIL, "shape": "schema", "json_schema": {"type": "object"}}, "no_schema"),
    ],
)
def test_an_extraction_without_text_or_fields_asks_nobody(params, code):
    ctx = MemoryContext(llm=MemoryLlm([]))
    with pytest.raises(UserError) as raised:
        run_node(Extract, {"model": "able", **params}, context=ctx)

    assert (raised.value.code, ctx.llm.asked) == (code, [])


@pytest.mark.parametrize(
    ("score", "port"), [(0.9, "positive"), (0.25, "neutral"), (-0.1, "neutral"), (-0.3, "negative")]
)
def test_a_score_decides_the_way_of_an_item(score, port):
    answer = {"score": score, "tone": "annoyed", "explanation": "It says so."}
    result, _ = run(Sentiment, [answer], [{"id": 1}], text="It broke.")

    (item,) = result.json(port)
    assert item["sentiment"] == {**answer, "label": port}


def test_a_short_text_is_summarised_by_one_question():
    result, ctx = run(Summarise, ["Short."], text="A long story.", style="bullets", focus="money")

    assert result.json()[0]["summary"] == "Short."
    assert len(ctx.llm.asked) == 1
    assert "begins with '- '" in asked(ctx).system
    assert "wants to know: money" in asked(ctx).system


def test_a_long_text_is_read_in_parts_whose_notes_are_made_one():
    paragraphs = [f"Paragraph {n}. " + "word " * 80 for n in range(5)]
    result, ctx = run(
        Summarise,
        [*(f"note {n}" for n in range(5)), "All of it."],
        text="\n\n".join(paragraphs),
        part_size=500,
    )

    assert result.json()[0]["summary"] == "All of it."
    assert result.json()[0]["llm"]["calls"] == 6
    assert said(asked(ctx, 5)) == "\n\n".join(f"note {n}" for n in range(5))
    assert ctx.progressed[-1] == (1.0, "Part 5 of 5")


def test_notes_that_do_not_get_shorter_end_the_attempt():
    ctx = MemoryContext(llm=MemoryLlm(["x" * 900, "x" * 900]))
    with pytest.raises(UserError) as raised:
        run_node(Summarise, {"model": "m", "text": "y " * 400, "part_size": 500}, context=ctx)

    assert raised.value.code == "too_long"


@pytest.mark.parametrize("text", ["a b c " * 300, "x" * 1_000, "One. Two. " * 90, "p\n\n" * 400])
def test_chunks_are_small_and_together_the_whole_text(text):
    made = chunks(text, 100)

    assert max(map(len, made)) <= 100
    assert "".join(made).split() == text.split()


def test_glossary_and_placeholders_are_kept_to_the_letter():
    text = 'Hi {{ name }}, see <a href="x">the run sheet</a> at https://a.example/b?c=%s, {0}.'
    kept = take_out(text, {"run sheet": "Laufzettel"}, placeholders=True)

    assert "run sheet" not in kept.text
    assert "example" not in kept.text
    assert kept.restored(kept.text) == text.replace("run sheet", "Laufzettel")


def test_a_translation_is_restored_with_its_space_around():
    answer = "Hallo ⟦0⟧, hier ist ⟦1⟧."
    result, ctx = run(
        Translate,
        [answer],
        text="\nHello {{ name }}, this is Headrace.\n",
        to="German",
        manner="formal",
        glossary=[{"term": "headrace"}],
    )

    assert result.json()[0]["translation"] == "\nHallo {{ name }}, hier ist headrace.\n"
    assert said(asked(ctx)) == "Hello ⟦0⟧, this is ⟦1⟧."
    assert "into German" in asked(ctx).system
    assert "formally" in asked(ctx).system


def test_a_translation_that_loses_a_placeholder_is_asked_for_again():
    result, ctx = run(Translate, ["Hallo", "Hallo ⟦0⟧"], text="Hello {0}", to="German")

    assert result.json()[0]["translation"] == "Hallo {0}"
    assert "⟦0⟧" in said(asked(ctx, 1))


def test_one_that_never_keeps_it_is_an_error_of_its_item():
    with pytest.raises(UpstreamError) as raised:
        run(Translate, ["Hallo"] * 3, text="Hello {0}", to="German")

    assert (raised.value.code, raised.value.item) == ("lost_placeholders", 0)
    assert "{0}" in raised.value.message


def test_marks_that_stand_in_the_text_already_are_text():
    kept = take_out("⟦0⟧ and {a}", {}, placeholders=True)

    assert kept.restored(kept.text) == "⟦0⟧ and {a}"


@pytest.mark.parametrize("kind", [Extract, Sentiment, Summarise, Translate])
def test_a_broken_item_goes_alone_and_says_which_it_is(kind):
    ctx = MemoryContext(llm=MemoryLlm([]))
    with pytest.raises(HeadraceError) as raised:
        run_node(kind, {"model": "m", "text": ""}, [Item({})], context=ctx)

    assert raised.value.code == "no_text"


LABELS = [Label("refund", "Wants money back"), Label("question")]


async def judged(answer, **given):
    llm = MemoryLlm([json.dumps(answer)])
    verdict = await classify_by_model(llm.ask, "Where is my money?", LABELS, **given)
    return verdict, llm.asked[0][0]


async def test_a_model_is_told_what_labels_mean_and_may_name_none_of_them():
    answer = {"label": "refund", "confidence": 0.9, "reason": "money"}
    verdict, prompt = await judged(answer, examples=[("Pay me back", "refund")])

    assert (verdict.label, verdict.confidence, verdict.reason) == ("refund", 0.9, "money")
    assert "- refund: Wants money back" in prompt.system
    assert "- Pay me back => refund" in prompt.system
    assert prompt.schema["properties"]["label"]["enum"] == ["refund", "question", NONE]


async def test_none_of_the_labels_is_no_label():
    answer = {"label": NONE, "confidence": 0.8, "reason": ""}

    assert (await judged(answer))[0].label is None


async def test_where_a_label_must_be_given_none_is_not_offered():
    answer = {"label": "question", "confidence": 0.4, "reason": ""}
    _, prompt = await judged(answer, allow_none=False)

    assert prompt.schema["properties"]["label"]["enum"] == ["refund", "question"]
