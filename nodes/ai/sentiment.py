"""Says how a text sounds, with a score and a reason."""

from __future__ import annotations

from typing import Final, cast

from headrace_sdk import (
    Context,
    Example,
    Inputs,
    Item,
    JsonObject,
    Node,
    Outputs,
    ParamSet,
    Port,
    each_item,
    fields,
)
from headrace_sdk.summaries import shown
from nodes.ai.asking import ModelParams, about, asking, checked_text, filled_in, object_of, spent

TONES: Final = (
    *("neutral", "friendly", "grateful", "enthusiastic", "confident", "formal"),
    *("worried", "sad", "disappointed", "annoyed", "angry", "urgent", "sarcastic"),
)
SYSTEM: Final = (
    "You judge how a text sounds. score: from -1, very negative, over 0, neutral, to 1, very "
    "positive, as its writer means it. tone: the one word that fits best. explanation: one short "
    "sentence that names the words which decided, in the language of the text."
)
SCHEMA: Final = object_of(
    {
        "score": {"type": "number", "minimum": -1, "maximum": 1},
        "tone": {"type": "string", "enum": [*TONES]},
        "explanation": {"type": "string"},
    }
)


class Form(ModelParams):
    """Which text, and from where on it counts as one or the other."""

    text: str = fields.textarea("Text", rows=4, placeholder="{{ $json.text }}")
    threshold: float = fields.number(
        "Neutral up to",
        0.25,
        minimum=0,
        maximum=1,
        help="Scores between minus this and this leave by Neutral.",
        half=True,
    )
    hints: str = fields.textarea(
        "What to know",
        "",
        rows=2,
        help="Such as: a short answer is normal here; 'sick' is praise.",
        advanced=True,
    )
    field: str = fields.text("Into the field", "sentiment", advanced=True, max_length=200)


class Sentiment(Node[Form]):
    """Says of each text how it sounds: a score from -1 to 1, a tone in one word, and why.

    Items leave by **Positive**, **Neutral** or **Negative**. What was found stands in the field:
    `{"score", "label", "tone", "explanation"}`, and what it cost in `llm`. Tones are friendly,
    grateful, enthusiastic, confident, formal, worried, sad, disappointed, annoyed, angry, urgent,
    sarcastic and neutral.

    The score is a model's judgement of one text by itself: good for sorting, no measurement.
    """

    type = "ai.sentiment"
    title = "Sentiment & Tone"
    category = "ai"
    icon = "thumbs-up"
    synonyms = ("mood", "emotion", "opinion", "tone", "angry", "review", "feedback")
    place = "async"
    effect = "read"
    per_item = True
    outputs = (
        Port("positive", "Positive"),
        Port("neutral", "Neutral"),
        Port("negative", "Negative"),
    )
    Params = Form
    examples = (
        Example(
            "Sort reviews by their mood",
            {"model": "offline", "text": "I am angry: it broke on the first day."},
            [{"id": 1}],
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The model."""
        return shown(params.get("model", "auto"))

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """Each item, by the port of its label."""

        async def judge(index: int, item: Item) -> Outputs:
            form = params[index]
            prompt = about(
                checked_text(form.text, index), f"{SYSTEM}\n{form.hints}".strip(), max_tokens=400
            )
            ask = asking(ctx, form, index, task="classify")
            found, answer = await filled_in(ask, prompt, SCHEMA)
            label = _label(cast("float", found["score"]), form.threshold)
            made = {**item.json, form.field: {**found, "label": label}, "llm": spent([answer])}
            return {label: [Item(made, item.binary).at(index)]}

        return await each_item(ctx.outcomes, inputs.main, judge, parallel=params.first.parallel)


def _label(score: float, threshold: float) -> str:
    if abs(score) <= threshold:
        return "neutral"
    return "positive" if score > 0 else "negative"
