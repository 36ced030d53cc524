"""Takes out items that say what an earlier one has said."""

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
    fields,
)
from headrace_sdk.fields import show_if
from headrace_sdk.knowledge import MAX_TEXTS, Duplicate
from headrace_sdk.summaries import shown


class Form(Params):
    """Which texts are compared, and how alike is the same."""

    text: str = fields.textarea("Text", rows=3, placeholder="{{ $json.text }}")
    threshold: float = fields.number(
        "The same from",
        0.5,
        minimum=0.3,
        maximum=1,
        help="How surely two texts must say the same, 0.3 to 1. From 0.4 on most of the same in "
        "other words is found, from 0.5 on little else; 1 is word for word.",
        half=True,
    )
    scope: Literal["run", "space"] = fields.select(
        "Compared with",
        "run",
        labels={"run": "The items of this run", "space": "And all that came before"},
        expression=False,
        half=True,
    )
    space: str = fields.text(
        "Kept under the name",
        "",
        help="Texts that were new are kept under it; another name is another memory.",
        placeholder="news",
        max_length=200,
        show_if=show_if("scope", "space"),
    )
    exact: bool = fields.toggle(
        "Not the same if a fact differs",
        True,
        help="Texts that differ in a number, a time, a name or a *not* are never the same. Off "
        "where every text has a number of its own, such as a ticket's.",
    )
    field: str = fields.text("Into the field", "duplicate", max_length=200, advanced=True)


class SemanticDeduplicate(Node[Form]):
    """Tells items apart by what their texts mean: the same news in other words comes once.

    Items that are new leave by **New**. The others leave by **Duplicate** with `{"similarity",
    "item", "text"}` in the field: how surely it says the same, and the index or the text of the one
    that came before. Texts are compared by the local model (English), as they are and by what is
    left of them without the words they share. Those that differ in a number, a time, a name, or
    by a *not* or an opposite alone are kept apart, unless you say otherwise.

    With *And all that came before*, new texts are kept under a name for later runs, at most 50,000.
    """

    type = "knowledge.deduplicate"
    title = "Semantic De-duplicate"
    category = "ai"
    icon = "copy-minus"
    synonyms = ("duplicate", "similar", "unique", "near", "same", "meaning", "dedupe")
    outputs = (Port("main", "New"), Port("duplicate", "Duplicate"))
    place = "async"
    # A repeated run is told what the first one gave, so that repeating is safe.
    effect = "read"
    Params = Form
    examples = (
        Example(
            "The same news once",
            {"text": "{{ $json.title }}", "threshold": 0.5},
            [{"title": "Storm closes the harbour"}],
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """From where on it is the same."""
        return f"from {shown(params.get('threshold', 0.5))}"

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """Items by whether they are new, in their order."""
        form = params.first
        if form.scope == "space" and not form.space.strip():
            message = "Say under which name texts are kept."
            raise UserError(message, field="space", code="no_space")
        if len(inputs.main) > MAX_TEXTS:
            message = f"At most {MAX_TEXTS:,} items can be compared at once."
            raise UserError(message, code="too_many_texts")
        found = await ctx.knowledge.duplicates(
            [params[index].text for index in range(len(inputs.main))],
            threshold=form.threshold,
            space=form.space if form.scope == "space" else "",
            is_exact=form.exact,
        )
        out: dict[str, list[Item]] = {"main": [], "duplicate": []}
        for index, (item, one) in enumerate(zip(inputs.main, found, strict=True)):
            if one is None:
                out["main"].append(item.at(index))
                continue
            made = {**item.json, form.field: _told(one)}
            out["duplicate"].append(Item(made, item.binary).at(index))
        return out


def _told(one: Duplicate) -> JsonObject:
    return {"similarity": one.similarity, "item": one.index, "text": one.seen or None}
