"""Remembers and recalls, beyond the run."""

from __future__ import annotations

from typing import Literal

from headrace_sdk import (
    Context,
    Example,
    Inputs,
    Item,
    JsonObject,
    JsonValue,
    Node,
    NodeError,
    Outputs,
    Params,
    ParamSet,
    fields,
    to_main,
)
from headrace_sdk.fields import show_if
from headrace_sdk.knowledge import MemoryKind
from headrace_sdk.summaries import shown

DAY_S = 86_400.0


class Form(Params):
    """What is done with which memory."""

    operation: Literal["recall", "remember", "forget"] = fields.select(
        "Operation",
        "recall",
        labels={"recall": "Recall", "remember": "Remember", "forget": "Forget"},
        expression=False,
        half=True,
    )
    kind: MemoryKind = fields.select(
        "Memory",
        "long_term",
        labels={"long_term": "Long-term: facts", "session": "Session: turns in their order"},
        expression=False,
        half=True,
    )
    space: str = fields.text(
        "Of whom",
        help="The name of the memory, such as a customer's number or a session: exactly this one "
        "is asked.",
        placeholder="customer {{ $json.customer }}",
        max_length=200,
    )
    text: str = fields.textarea(
        "Text", "", rows=3, show_if=show_if("operation", "remember"), placeholder="{{ $json.fact }}"
    )
    role: Literal["", "user", "assistant"] = fields.select(
        "Said by",
        "",
        labels={"": "Nobody", "user": "The person", "assistant": "The assistant"},
        show_if=show_if("operation", "remember"),
        half=True,
    )
    days: float = fields.number(
        "Forget after",
        0,
        minimum=0,
        maximum=3_650,
        unit="days",
        help="0: never.",
        show_if=show_if("operation", "remember"),
        half=True,
    )
    query: str = fields.textarea(
        "About what",
        "",
        rows=2,
        help="Facts nearest to it. Empty: the last that were kept.",
        show_if=show_if("operation", "recall"),
    )
    top: int = fields.number(
        "At most so many", 10, minimum=1, maximum=100, show_if=show_if("operation", "recall")
    )
    field: str = fields.text("Into the field", "memory", max_length=200, advanced=True)


class MemoryNode(Node[Form]):
    """Keeps facts and conversations beyond the run, recalls them, and forgets them when asked to.

    *Long-term* keeps facts: the same one again is kept once, and *Recall* finds those nearest in
    meaning to a question (local model, English). *Session* keeps turns in their order; *Recall*
    gives the last ones, oldest first. Each memory has a name, and exactly that name is asked:
    `alice` never sees `alice2`.

    What is recalled stands in the field as a list of `{"id", "text", "role", "similarity"}`. What
    is remembered gives `{"id"}`; *Forget* deletes all under the name and gives `{"forgotten"}`.
    Members see and delete memories by the API, too. Secrets that the run opened are never kept.
    """

    type = "knowledge.memory"
    title = "Remember & Recall"
    category = "ai"
    icon = "brain"
    synonyms = ("remember", "recall", "forget", "session", "long-term", "conversation", "context")
    place = "async"
    # What writes is applied once for a run, so that repeating is safe.
    effect = "read"
    Params = Form
    examples = (
        Example(
            "Remember a wish",
            {"operation": "remember", "space": "customer 7", "text": "Wants invoices by post."},
            [{"customer": 7}],
            {"main": [{"customer": 7, "memory": {"id": "memory-1"}}]},
        ),
        Example(
            "What do we know of the customer?",
            {"operation": "recall", "space": "customer 7", "query": "invoices"},
            [{"customer": 7}],
            {"main": [{"customer": 7, "memory": []}]},
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The operation."""
        return shown(params.get("operation", "recall"))

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """The items, each with what came of it."""
        out = []
        for index, item in enumerate(inputs.main):
            form = params[index]
            try:
                found = await _done(ctx, form)
            except NodeError as error:
                error.item = index
                raise
            out.append(Item({**item.json, form.field: found}, item.binary).at(index))
        return to_main(out)


async def _done(ctx: Context, form: Form) -> JsonValue:
    if form.operation == "remember":
        ttl_s = form.days * DAY_S or None
        made = await ctx.knowledge.remember(
            form.space, form.text, kind=form.kind, role=form.role, ttl_s=ttl_s
        )
        return {"id": made}
    if form.operation == "forget":
        return {"forgotten": await ctx.knowledge.forget(form.space, kind=form.kind)}
    found = await ctx.knowledge.recall(form.space, query=form.query, kind=form.kind, top=form.top)
    return [
        {"id": one.id, "text": one.text, "role": one.role, "similarity": one.similarity}
        for one in found
    ]
