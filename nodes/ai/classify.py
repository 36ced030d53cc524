"""Puts texts under labels, by examples or by a model, and learns from corrections."""

from __future__ import annotations

from typing import Literal

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
    Port,
    UserError,
    each_item,
    fields,
)
from headrace_sdk.fields import show_if
from headrace_sdk.nearest import nearest_label
from headrace_sdk.summaries import shown
from nodes.ai.asking import ModelParams, asking, checked_text, spent
from nodes.ai.classify_by_model import Label, classify_by_model

NEIGHBOURS = 7


class LabelRow(Params):
    """A label."""

    name: str = fields.text("Label", "", half=True, max_length=200)
    description: str = fields.text("Meaning", "", half=True, max_length=500)


class ExampleRow(Params):
    """A text, and the label that it has."""

    text: str = fields.text("Text", "", max_length=2_000, half=True)
    label: str = fields.text("Label", "", max_length=200, half=True)


class Form(ModelParams):
    """Which text, which labels, and who decides."""

    operation: Literal["decide", "learn"] = fields.select(
        "Operation",
        "decide",
        labels={"decide": "Choose a label", "learn": "Learn the right label"},
        expression=False,
        half=True,
    )
    method: Literal["examples", "model"] = fields.select(
        "Decided by",
        "examples",
        labels={"examples": "Examples: no model, no cost", "model": "A language model"},
        expression=False,
        show_if=show_if("operation", "decide"),
        half=True,
    )
    text: str = fields.textarea("Text", rows=4, placeholder="{{ $json.text }}")
    labels: list[LabelRow] = fields.rows(
        "Labels",
        add="Add label",
        at_most=50,
        help="For a language model.",
        show_if=show_if("method", "model"),
    )
    examples: list[ExampleRow] = fields.rows(
        "Examples",
        add="Add example",
        at_most=200,
        help="Three or more of each label; what was learnt counts beside them.",
    )
    space: str = fields.text(
        "Learns under the name",
        "",
        help="Corrections are kept under it, and asked by every node with the same name.",
        placeholder="support topics",
        max_length=200,
    )
    label: str = fields.text(
        "Right label",
        "",
        placeholder="{{ $json.corrected }}",
        max_length=200,
        show_if=show_if("operation", "learn"),
    )
    threshold: float = fields.number(
        "Unsure below",
        0.55,
        minimum=0,
        maximum=1,
        help="Items with less confidence leave by Unsure.",
        show_if=show_if("operation", "decide"),
        half=True,
    )
    field: str = fields.text("Into the field", "class", max_length=200, advanced=True, half=True)
    instructions: str = fields.textarea(
        "What to know", "", rows=2, show_if=show_if("method", "model"), advanced=True
    )


class Classify(Node[Form]):
    """Puts each text under a label, and learns when somebody says that it was wrong.

    **By examples** the text is compared by meaning with texts whose label is known: those of the
    form, and those learnt under the name. The seven nearest vote, the nearer the more. That needs
    no key and costs nothing; the local model reads English. **By a language model** the labels and
    what they mean are enough; the nearest of the examples are shown to it.

    Items leave with `{"label", "confidence", "reason"}` in the field. What is less sure than
    *Unsure below* leaves by **Unsure**, for a person to look at. Their answer goes into a second
    *Classify* with *Learn the right label* and the same name: from then on texts like it are under
    that label. A text has one label; the newest counts.
    """

    type = "ai.classify"
    title = "Classify"
    category = "ai"
    icon = "tags"
    synonyms = ("label", "category", "topic", "route", "triage", "intent", "sort", "knn", "learn")
    outputs = (Port("main", "Out"), Port("unsure", "Unsure"))
    place = "async"
    # What is learnt is kept once for a run, so that repeating is safe.
    effect = "read"
    per_item = True
    Params = Form
    examples = (
        Example(
            "By examples",
            {
                "text": "{{ $json.text }}",
                "examples": [
                    {"text": "My parcel never arrived", "label": "shipping"},
                    {"text": "I was charged twice", "label": "billing"},
                ],
            },
            [{"text": "I was charged twice"}],
        ),
        Example(
            "Learn a correction",
            {
                "operation": "learn",
                "text": "Where is my refund?",
                "label": "billing",
                "space": "support topics",
            },
            [{"id": 1}],
            {"main": [{"id": 1, "class": {"label": "billing", "learnt": True}}]},
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """Who decides."""
        if params.get("operation") == "learn":
            return "learn"
        return f"by {shown(params.get('method', 'examples'))}"

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """The items with their labels, by how sure they are."""

        async def one(index: int, item: Item) -> Outputs:
            form = params[index]
            checked_text(form.text, index)
            if form.operation == "learn":
                facts, is_sure = await _learnt(ctx, form, index), True
            else:
                facts, is_sure = await _decided(ctx, form, index)
            made = {**item.json, **facts}
            return {"main" if is_sure else "unsure": [Item(made, item.binary).at(index)]}

        return await each_item(ctx.outcomes, inputs.main, one, parallel=params.first.parallel)


async def _learnt(ctx: Context, form: Form, index: int) -> JsonObject:
    if not form.space.strip() or not form.label.strip():
        message = "Say under which name it learns, and which label is right."
        field = "label" if form.space.strip() else "space"
        raise UserError(message, field=field, item=index)
    await ctx.knowledge.learn(form.space, form.text, form.label)
    return {form.field: {"label": form.label, "learnt": True}}


async def _decided(ctx: Context, form: Form, index: int) -> tuple[JsonObject, bool]:
    extra = [(one.text, one.label) for one in form.examples if one.text and one.label]
    found = await ctx.knowledge.examples(form.space, form.text, top=NEIGHBOURS, extra=extra)
    if form.method == "examples":
        best = nearest_label(found)
        if best is None:
            facts: JsonObject = {"label": None, "confidence": 0.0, "reason": "No example is near."}
            return {form.field: facts}, False
        facts = {
            "label": best.label,
            "confidence": best.confidence,
            "reason": f"Nearest example: {best.example.text[:200]}",
        }
        return {form.field: facts}, best.confidence >= form.threshold
    labels = [Label(one.name, one.description) for one in form.labels if one.name]
    if len(labels) < 2:
        message = "Name two labels or more."
        raise UserError(message, field="labels", item=index)
    near = [(one.text, one.label) for one in found]
    verdict = await classify_by_model(
        asking(ctx, form, index, task="classify"),
        form.text,
        labels,
        examples=near,
        instructions=form.instructions,
    )
    facts = {
        "label": verdict.label,
        "confidence": verdict.confidence,
        "reason": verdict.reason,
    }
    is_sure = verdict.label is not None and verdict.confidence >= form.threshold
    return {form.field: facts, "llm": spent([verdict.answer])}, is_sure
