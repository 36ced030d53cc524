"""Puts passages into the order in which they answer a question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

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
    UserError,
    fields,
    to_main,
)
from headrace_sdk.fields import show_if
from headrace_sdk.knowledge import MAX_TEXTS
from headrace_sdk.llm import AUTO
from headrace_sdk.summaries import shown
from nodes.knowledge.rerank_by_model import rerank_by_model


class Form(Params):
    """Which passages, for which question."""

    query: str = fields.textarea("Question", rows=2, placeholder="{{ $json.question }}")
    passages: Any = fields.json(
        "Passages",
        list,
        help="A list of texts, or of objects with the field text, such as {{ $json.passages }}.",
    )
    method: Literal["local", "model"] = fields.select(
        "Judged by",
        "local",
        labels={"local": "Meaning and rarer words: no cost", "model": "A language model"},
        expression=False,
        half=True,
    )
    model: str = fields.text(
        "Model",
        AUTO,
        help="A name from Settings, Models. auto: the router chooses.",
        placeholder="auto",
        max_length=100,
        show_if=show_if("method", "model"),
        half=True,
    )
    top: int = fields.number("Keep so many", 5, minimum=1, maximum=100, half=True)
    field: str = fields.text("Into the field", "passages", max_length=200, half=True)


class Rerank(Node[Form]):
    """Puts passages from anywhere into the order in which they answer a question.

    Each gets a `relevance` from 0 to 1. **By meaning and rarer words**, 0.6 of it is how near its
    meaning is (local model, English), the rest how many of the question's rarer words it has, and
    near one another. That is cheap and runs here; it is no cross-encoder, and does not read a
    sentence as a whole. Passages of *Knowledge Search* have a switch for the same.

    **A language model** reads the question beside up to 50 passages, in one call for each item;
    what it cost stands in `llm`. Search for many, then keep few.
    """

    type = "knowledge.rerank"
    title = "Rerank"
    category = "ai"
    icon = "arrow-down-wide-narrow"
    synonyms = ("rag", "relevance", "order", "sort", "passages", "score")
    place = "async"
    effect = "read"
    Params = Form
    examples = (
        Example(
            "The better answer first",
            {"query": "kettle warranty", "passages": ["A red lid.", "kettle warranty"], "top": 1},
            [{"id": 1}],
            {"main": [{"id": 1, "passages": [{"text": "kettle warranty", "relevance": 1.0}]}]},
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """How many are kept, and who judges where that costs."""
        by = " by a model" if params.get("method") == "model" else ""
        return f"top {shown(params.get('top', 5))}{by}"

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """The items with their passages in order."""
        out = []
        for index, item in enumerate(inputs.main):
            form = params[index]
            given = _passages(form.passages, index)
            scores, facts = await _judged(ctx, form, [str(one["text"]) for one in given], index)
            scored = [
                {**one, "relevance": round(score, 4)}
                for one, score in zip(given, scores, strict=True)
            ]
            scored.sort(key=lambda one: -float(one["relevance"]))
            made: JsonObject = {**item.json, form.field: [*scored[: form.top]], **facts}
            out.append(Item(made, item.binary).at(index))
        return to_main(out)


async def _judged(
    ctx: Context, form: Form, texts: Sequence[str], index: int
) -> tuple[Sequence[float], JsonObject]:
    """A score for each text, and what the item says of its cost."""
    if form.method == "local" or not texts:
        return await ctx.knowledge.rerank(form.query, texts), {}
    scores, spent = await rerank_by_model(ctx, form.model, form.query, texts, index)
    return scores, {"llm": spent}


def _passages(given: Any, index: int) -> list[dict[str, Any]]:
    found = given if isinstance(given, list) else [given]
    made = [one if isinstance(one, dict) else {"text": one} for one in found]
    if len(made) > MAX_TEXTS or not all(isinstance(one.get("text"), str) for one in made):
        message = f"Passages are up to {MAX_TEXTS:,} texts, or objects with the field text."
        raise UserError(message, field="passages", item=index, code="no_passages")
    return made
