"""Asks a language model, once for each item."""

from __future__ import annotations

from functools import partial
from typing import Any, Literal

from headrace_sdk import (
    Context,
    Example,
    Inputs,
    Item,
    JsonObject,
    JsonValue,
    Node,
    Outputs,
    Params,
    ParamSet,
    UserError,
    each_item,
    fields,
    to_main,
)
from headrace_sdk.fields import show_if
from headrace_sdk.llm import Answer, Message, Part, Prompt, Text
from headrace_sdk.summaries import shown
from nodes.ai import model_form
from nodes.ai.model_form import MICRO, wish
from nodes.ai.pictures import pictures
from nodes.ai.structured import structured


class Form(Params):
    """What is asked, of whom, and what the answer should look like."""

    model: str = model_form.model()
    prompt: str = fields.textarea("Prompt", rows=6, placeholder="Summarize: {{ $json.text }}")
    system: str = fields.textarea(
        "Instructions", "", rows=3, help="What holds for every item: who it is, how it answers."
    )
    answer: Literal["text", "json"] = fields.select(
        "The answer is", "text", labels={"text": "Text", "json": "JSON of a schema"}, half=True
    )
    json_schema: Any = fields.json(
        "Schema of the answer",
        dict,
        help="A JSON Schema of an object. An answer that does not fit is sent back to be mended.",
        show_if=show_if("answer", "json"),
    )
    images: bool = fields.toggle(
        "Show it the item's pictures", False, help="PNG, JPEG, WebP and GIF, up to 5 MB each."
    )
    field: str = fields.text("Into the field", "answer", half=True, max_length=200)
    cache_minutes: float = fields.number(
        "Answers may be so old",
        0,
        minimum=0,
        maximum=43_200,
        unit="min",
        help="The very same question to the same model is then not asked again. 0: always ask.",
        advanced=True,
        half=True,
    )
    cache_similarity: float = fields.number(
        "Or to a question so alike",
        0,
        minimum=0,
        maximum=1,
        help="0.8 to 1: then an answer to a question of nearly the same meaning is taken, too, by "
        "the local model (English). Those that differ in a name or number only are alike. 0: no.",
        advanced=True,
        half=True,
    )
    max_cost: float = model_form.max_cost()
    max_tokens: int = model_form.max_tokens()
    timeout_s: float = model_form.timeout_s()
    temperature: float | None = model_form.temperature()
    fallback: list[str] = model_form.fallback()
    task: str = model_form.task()
    parallel: int = fields.number(
        "Items at once", 4, minimum=1, maximum=50, advanced=True, half=True
    )


class LlmChat(Node[Form]):
    """Asks a language model a question about each item, and puts the answer into a field.

    **Which model.** A name from the workspace's list (Settings, Models), where keys, limits and
    prices are set up once for everybody. `auto` leaves the choice to the router: hard questions go
    to able models, easy ones to cheap ones. Another provider is another entry in that list; the
    workflow stays as it is. `offline` is a scripted demo: it needs no key and understands nothing.

    **What comes out.** The item with the answer in *Into the field*, and beside it `llm`: the model
    that answered, tokens, cost in dollars, and why that model was asked. With *JSON of a schema*
    the field has the value itself. The text is shown on the canvas while it is written.

    **Money.** Every call is in the ledger before its answer is used. A call is not made when a
    budget of the workspace, the workflow or the run is spent, or when it could cost more than
    *One call costs at most*. An answer that a run was given once is not paid twice, even if a
    worker dies in between.

    **When it fails.** An overloaded provider is asked again as it wishes, then the models under *If
    it cannot answer, ask*. A refused key, a prompt that is too long and an answer that does not fit
    its schema are errors of that item.
    """

    type = "ai.llm_chat"
    title = "LLM Chat"
    category = "ai"
    icon = "message-square"
    synonyms = (
        "gpt",
        "claude",
        "openai",
        "anthropic",
        "ollama",
        "prompt",
        "completion",
        "ai",
        "chat",
    )
    place = "async"
    effect = "read"
    per_item = True
    Params = Form
    examples = (
        Example(
            "Ask about each item",
            {"model": "offline", "prompt": "What is the capital of France?"},
            [{"id": 1}],
            {
                "main": [
                    {
                        "id": 1,
                        "answer": "[Offline demo] You asked: What is the capital of France?",
                        "llm": {
                            "model": "offline",
                            "provider": "offline",
                            "input_tokens": 8,
                            "output_tokens": 14,
                            "cost": 0.0,
                            "reason": "",
                            "cached": False,
                        },
                    }
                ]
            },
        ),
        Example(
            "Fill in a schema",
            {
                "model": "offline",
                "prompt": "The parcel never arrived, I want my money back.",
                "answer": "json",
                "json_schema": {
                    "type": "object",
                    "properties": {"kind": {"type": "string", "enum": ["refund", "money"]}},
                    "required": ["kind"],
                },
                "field": "found",
            },
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The model."""
        return shown(params.get("model", "auto"))

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """The items with their answers, in their order."""
        one = len(inputs.main) == 1

        async def ask(index: int, item: Item) -> Outputs:
            form = params[index]
            hear = ctx.stream if one else None
            value, answer = await _answered(ctx, form, item, index, hear)
            made = {**item.json, form.field: value, "llm": facts(answer)}
            return to_main([Item(made, item.binary).at(index)])

        return await each_item(ctx.outcomes, inputs.main, ask, parallel=params.first.parallel)


async def _answered(
    ctx: Context, form: Form, item: Item, index: int, hear: Any
) -> tuple[JsonValue, Answer]:
    said: list[Part] = [Text(form.prompt)]
    if form.images:
        said += await pictures(ctx, item, index)
    prompt = Prompt(
        (Message("user", said),),
        form.system,
        max_tokens=form.max_tokens,
        temperature=form.temperature,
    )
    wanted = wish(
        form.model,
        fallback=form.fallback,
        task=form.task,
        max_cost=form.max_cost,
        timeout_s=form.timeout_s,
        cache_s=form.cache_minutes * 60,
        cache_similarity=form.cache_similarity,
    )
    ask = partial(ctx.llm.ask, wish=wanted, item=index, hear=hear)
    if form.answer == "text":
        answer = await ask(prompt)
        return answer.text, answer
    if not isinstance(form.json_schema, dict) or not form.json_schema:
        message = "Give the schema of the answer, an object such as {'type': 'object', …}."
        raise UserError(message, field="json_schema", item=index)
    return await structured(ask, prompt, form.json_schema)


def facts(answer: Answer) -> JsonObject:
    """What an item says of the call that answered it."""
    return {
        "model": answer.model,
        "provider": answer.provider,
        "input_tokens": answer.usage.input,
        "output_tokens": answer.usage.output,
        "cost": answer.cost_micro / MICRO,
        "reason": answer.reason,
        "cached": answer.is_cached,
    }
