"""Makes long texts short."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Final, Literal

from headrace_sdk import (
    Context,
    Example,
    Inputs,
    Item,
    JsonObject,
    Node,
    Outputs,
    ParamSet,
    UserError,
    each_item,
    fields,
    to_main,
)
from headrace_sdk.llm import Answer
from headrace_sdk.summaries import shown
from nodes.ai.asking import ModelParams, about, asking, checked_text, spent
from nodes.ai.chunks import chunks
from nodes.ai.structured import Ask

STYLES: Final = {
    "paragraph": "Write running text, without a heading.",
    "bullets": "Write a list of short points, each on a line that begins with '- '.",
    "headline": "Write one headline, then a blank line, then running text.",
    "minutes": "Write minutes: decisions first, then open points with who does what until when.",
}
LENGTHS: Final = {"sentence": 25, "short": 60, "medium": 150, "long": 400}
"""In words."""
SYSTEM: Final = (
    "You summarise. Keep what a reader must know: numbers, names, dates, decisions and what is "
    "disputed. Add nothing that the text does not say, and judge nothing."
)
OF_PART: Final = "This is part {number} of {total} of one text. Keep every fact that may matter."
OF_NOTES: Final = "These are notes on the parts of one text, in order. Make one summary of them."
MOST_CALLS: Final = 500


class Form(ModelParams):
    """Which text, how long, in which form."""

    text: str = fields.textarea("Text", rows=4, placeholder="{{ $json.text }}")
    length: Literal["sentence", "short", "medium", "long"] = fields.select(
        "Length",
        "short",
        labels={name: f"{name.capitalize()} (about {n} words)" for name, n in LENGTHS.items()},
        half=True,
    )
    style: Literal["paragraph", "bullets", "headline", "minutes"] = fields.select(
        "Style",
        "paragraph",
        labels={
            "paragraph": "Running text",
            "bullets": "List of points",
            "headline": "Headline and text",
            "minutes": "Minutes",
        },
        half=True,
    )
    focus: str = fields.text(
        "Above all", "", help="What the reader wants to know, such as: costs and deadlines."
    )
    language: str = fields.text(
        "Language", "", help="Such as English. Empty: that of the text.", max_length=60, half=True
    )
    field: str = fields.text("Into the field", "summary", half=True, max_length=200)
    part_size: int = fields.number(
        "Longest part",
        24_000,
        minimum=500,
        maximum=400_000,
        unit="characters",
        help="Longer texts are read in parts, and the notes on them summarised.",
        advanced=True,
        half=True,
    )


class Summarise(Node[Form]):
    """Makes each text short, however long it is.

    A text that fits into one question is summarised at once. A longer one is cut between
    paragraphs, or sentences where it has to be; the parts are read side by side, and the notes on
    them are made one summary, over several rounds for whole books. Progress is shown meanwhile.

    The summary stands in the field, and what it cost over all calls in `llm`. Lengths are aims;
    models keep to them roughly.
    """

    type = "ai.summarise"
    title = "Summarise"
    category = "ai"
    icon = "text"
    synonyms = ("summary", "shorten", "abstract", "tldr", "digest", "minutes", "map reduce")
    place = "async"
    effect = "read"
    per_item = True
    Params = Form
    examples = (
        Example(
            "A short summary",
            {"model": "offline", "text": "The council met on Monday. It agreed on a new bridge."},
            [{"id": 1}],
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """Length and style."""
        return shown(f"{params.get('length', 'short')}, {params.get('style', 'paragraph')}")

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """The items with their summaries, in their order."""
        one = len(inputs.main) == 1

        async def shorten(index: int, item: Item) -> Outputs:
            form = params[index]
            text = checked_text(form.text, index)
            work = _Work(ctx, form, index, ctx.stream if one else None, shows=one)
            made = {**item.json, form.field: await work.of(text), "llm": spent(work.answers)}
            return to_main([Item(made, item.binary).at(index)])

        return await each_item(ctx.outcomes, inputs.main, shorten, parallel=params.first.parallel)


class _Work:
    """The calls for one text."""

    def __init__(self, ctx: Context, form: Form, index: int, hear: object, *, shows: bool) -> None:
        self._ctx, self._form, self._shows = ctx, form, shows
        self._quiet: Ask = asking(ctx, form, index, task="summarize")
        heard = ctx.stream if hear else None
        self._last: Ask = asking(ctx, form, index, task="summarize", hear=heard)
        self._index = index
        self._side_by_side = asyncio.Semaphore(4)
        self.answers: list[Answer] = []

    async def of(self, text: str) -> str:
        """The summary of a text of any length."""
        what = ""
        while len(text) > self._form.part_size:
            parts = chunks(text, self._form.part_size)
            if len(self.answers) + len(parts) > MOST_CALLS:
                message = (
                    f"The text would take more than {MOST_CALLS} calls. Make its parts longer."
                )
                raise UserError(message, field="part_size", code="too_long", item=self._index)
            notes = await self._notes(parts)
            shorter = "\n\n".join(notes)
            if len(shorter) >= len(text):
                message = "The notes on the text are no shorter than it is. Make its parts longer."
                raise UserError(message, field="part_size", code="too_long", item=self._index)
            text, what = shorter, OF_NOTES
        return await self._ask(self._last, text, what, LENGTHS[self._form.length])

    async def _notes(self, parts: Sequence[str]) -> list[str]:
        done = 0

        async def note(number: int, part: str) -> str:
            nonlocal done
            async with self._side_by_side:
                what = OF_PART.format(number=number, total=len(parts))
                words = max(60, self._form.part_size // 40)
                made = await self._ask(self._quiet, part, what, words)
            done += 1
            if self._shows:
                self._ctx.progress(done / len(parts), f"Part {done} of {len(parts)}")
            return made

        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(note(i, part)) for i, part in enumerate(parts, start=1)]
        return [task.result() for task in tasks]

    async def _ask(self, ask: Ask, text: str, what: str, words: int) -> str:
        form = self._form
        said = [SYSTEM, what, f"Write about {words} words.", STYLES[form.style]]
        if form.focus.strip():
            said.append(f"Above all the reader wants to know: {form.focus.strip()}")
        tongue = form.language.strip() or "the language of the text"
        said.append(f"Write in {tongue}.")
        prompt = about(text, " ".join(part for part in said if part), max_tokens=words * 4 + 200)
        answer = await ask(prompt)
        self.answers.append(answer)
        return answer.text.strip()
