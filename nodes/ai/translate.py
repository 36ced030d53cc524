"""Translates texts, keeping what must not change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Literal

from headrace_sdk import (
    Context,
    Example,
    Inputs,
    Item,
    JsonObject,
    Node,
    Outputs,
    Params,
    ParamSet,
    UpstreamError,
    each_item,
    fields,
    to_main,
)
from headrace_sdk.llm import Answer, Message, Text
from headrace_sdk.summaries import shown
from nodes.ai.asking import ModelParams, about, asking, checked_text, spent
from nodes.ai.chunks import chunks
from nodes.ai.kept_parts import Kept, take_out
from nodes.ai.structured import REPAIRS, Ask

SYSTEM: Final = (
    "You translate what the user sends {languages}. Answer with the translation only: no quotes, "
    "no remarks. Keep line breaks, lists and Markdown. Marks such as ⟦0⟧ stand for something that "
    "must not change: put each of them, once, where it belongs in the translation."
)
MANNERS: Final = {
    "": "",
    "formal": " Address readers formally.",
    "informal": " Address readers informally.",
}


class Term(Params):
    """A word of the glossary."""

    term: str = fields.text("Term", placeholder="run sheet", half=True)
    translation: str = fields.text(
        "Stays, or becomes", "", help="Empty: the term stays as it is.", half=True
    )


class Form(ModelParams):
    """Which text, into which language, and what is fixed."""

    text: str = fields.textarea("Text", rows=4, placeholder="{{ $json.text }}")
    to: str = fields.text("Into", "English", max_length=60, half=True)
    source: str = fields.text("From", "", help="Empty: found out.", max_length=60, half=True)
    glossary: list[Term] = fields.rows(
        "Glossary", add="Add term", at_most=500, help="Whole words, whatever their case."
    )
    manner: Literal["", "formal", "informal"] = fields.select(
        "Manner",
        "",
        labels={"": "As in the text", "formal": "Formal", "informal": "Informal"},
        half=True,
    )
    field: str = fields.text("Into the field", "translation", half=True, max_length=200)
    placeholders: bool = fields.toggle(
        "Keep placeholders",
        True,
        help="{{ name }}, ${name}, {0}, %s, tags, addresses and code in backticks.",
        advanced=True,
    )
    part_size: int = fields.number(
        "Longest part",
        8_000,
        minimum=200,
        maximum=100_000,
        unit="characters",
        help="Longer texts are translated part by part.",
        advanced=True,
    )


class Translate(Node[Form]):
    """Translates each text by a model, with a glossary that holds and placeholders that survive.

    Terms of the glossary, placeholders, tags, addresses and code are taken out of the text before
    the model sees it and put back afterwards, so they are the same to the letter. Every one of them
    is counted: a translation that lost one is sent back, and is an error if it stays so. A term
    with a translation of its own becomes exactly that; inflection around it is up to the model.

    Long texts are cut between paragraphs and translated in order. The result stands in the field,
    and what it cost in `llm`.
    """

    type = "ai.translate"
    title = "Translate"
    category = "ai"
    icon = "languages"
    synonyms = ("language", "translation", "localise", "glossary", "i18n", "english", "german")
    place = "async"
    effect = "read"
    per_item = True
    Params = Form
    examples = (
        Example(
            "A product name stays",
            {
                "model": "offline",
                "text": "Welcome to Headrace, {{ name }}!",
                "to": "German",
                "glossary": [{"term": "Headrace"}],
            },
            [{"id": 1}],
            {
                "main": [
                    {
                        "id": 1,
                        "translation": "[Offline demo] You asked: Welcome to Headrace, {{ name }}!",
                        "llm": {
                            "model": "offline",
                            "provider": "offline",
                            "calls": 1,
                            "input_tokens": 94,
                            "output_tokens": 12,
                            "cost": 0.0,
                        },
                    }
                ]
            },
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The language."""
        return shown(params.get("to", "English"))

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """The items with their translations, in their order."""

        async def translate(index: int, item: Item) -> Outputs:
            form = params[index]
            ask = asking(ctx, form, index, task="translate")
            text, answers = await _translated(ask, form, checked_text(form.text, index), index)
            made = {**item.json, form.field: text, "llm": spent(answers)}
            return to_main([Item(made, item.binary).at(index)])

        return await each_item(ctx.outcomes, inputs.main, translate, parallel=params.first.parallel)


async def _translated(ask: Ask, form: Form, text: str, index: int) -> tuple[str, Sequence[Answer]]:
    terms = {one.term: one.translation or one.term for one in form.glossary}
    made: list[str] = []
    answers: list[Answer] = []
    for part in chunks(text, form.part_size):
        kept = take_out(part, terms, placeholders=form.placeholders)
        start, end = _edges(part)
        whole, given = await _part(ask, form, kept, index)
        made.append(start + whole.strip() + end)
        answers += given
    return "".join(made), answers


async def _part(ask: Ask, form: Form, kept: Kept, index: int) -> tuple[str, list[Answer]]:
    source = f"from {form.source.strip()} " if form.source.strip() else ""
    languages = f"{source}into {form.to.strip() or 'English'}"
    system = SYSTEM.format(languages=languages) + MANNERS[form.manner]
    prompt = about(kept.text.strip(), system, max_tokens=len(kept.text) + 500)
    answers: list[Answer] = []
    lost: list[str] = []
    for _ in range(1 + REPAIRS):
        answer = await ask(prompt)
        answers.append(answer)
        lost = kept.faults(answer.text)
        if not lost:
            return kept.restored(answer.text), answers
        told = f"These marks must stand in it once each: {' '.join(lost)}. Translate it again."
        said = (*prompt.messages, Message("assistant", (Text(answer.text or "(nothing)"),)))
        prompt = replace(prompt, messages=(*said, Message("user", (Text(told),))))
    names = ", ".join(kept.parts[int(mark[1:-1])] for mark in lost[:5])
    message = f"The translation lost what must stay, even asked again: {names}."
    raise UpstreamError(message, code="lost_placeholders", retryable=False, item=index)


def _edges(text: str) -> tuple[str, str]:
    """The space around a text, which belongs to what is before and behind it."""
    start = text[: len(text) - len(text.lstrip())]
    end = text[len(text.rstrip()) :]
    return start, end
