"""Finds passages of a collection that answer a question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from headrace_sdk import (
    Choice,
    Context,
    Example,
    Inputs,
    Item,
    JsonObject,
    Lookup,
    Node,
    NodeError,
    Outputs,
    Pair,
    ParamSet,
    Port,
    fields,
)
from headrace_sdk.fields import show_if
from nodes.knowledge.search_form import SearchParams, citation, search_of


class Form(SearchParams):
    """What is asked, and what comes out."""

    query: str = fields.textarea("Question", rows=2, placeholder="{{ $json.question }}")
    output: Literal["field", "items"] = fields.select(
        "Give",
        "field",
        labels={"field": "The item with its passages", "items": "An item for each passage"},
        expression=False,
        half=True,
    )
    field: str = fields.text(
        "Into the field", "passages", max_length=200, show_if=show_if("output", "field"), half=True
    )


class KnowledgeSearch(Node[Form]):
    """Finds the passages of a collection that answer a question, with where they stand.

    **How.** By *meaning* a question finds what shares no word with it; by *words* it finds names,
    numbers and codes, of which no model knows the meaning. *Meaning and words* does both and joins
    the two lists by rank (reciprocal rank fusion). *At least so similar* leaves out what is only
    the nearest of what is there.

    **What comes out.** Each passage has `text`, `citation` (document, headings, page), `score`,
    `similarity`, `document`, `document_id`, `key`, `heading`, `page`, `start` and `end` in the
    document's text, and the document's `metadata`. As one item, `context` is all passages as a
    text with numbers, to be put into a prompt. Questions for which nothing is found leave by
    **Empty**.

    Collections are made and filled on the page **Knowledge** or by *Knowledge Ingest*. Only those
    of this workspace can be asked.
    """

    type = "knowledge.search"
    title = "Knowledge Search"
    category = "ai"
    icon = "book-open"
    synonyms = ("rag", "retrieve", "vector", "semantic", "search", "documents", "pgvector", "find")
    outputs = (Port("main", "Out"), Port("empty", "Empty"))
    place = "async"
    effect = "read"
    Params = Form
    examples = (
        Example(
            "Passages for each question",
            {"collection": "Manual", "query": "How long is the warranty?"},
            [{"question": "How long is the warranty?"}],
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """How many; collections go by an id that says nothing."""
        return f"top {params.get('top', 5)}"

    @classmethod
    async def list_collections(cls, lookup: Lookup) -> Sequence[Choice]:
        """The collections of the workspace."""
        return await lookup.collections()

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """The items with what was found, in their order."""
        found: list[Item] = []
        empty: list[Item] = []
        for index, item in enumerate(inputs.main):
            form = params[index]
            try:
                wanted = search_of(form, form.query)
                passages = await ctx.knowledge.search(form.collection, wanted)
            except NodeError as error:
                error.item = index
                raise
            told = [{**one, "citation": citation(one)} for one in passages]
            if not told:
                empty.append(item.at(index))
            elif form.output == "items":
                found += [Item(one, item.binary, (Pair(0, index),)) for one in told]
            else:
                made: JsonObject = {**item.json, form.field: [*told], "context": context_of(told)}
                found.append(Item(made, item.binary).at(index))
        return {"main": found, "empty": empty}


def context_of(passages: Sequence[JsonObject]) -> str:
    """The passages as one text, numbered, each under where it stands."""
    parts = [
        f"[{number}] {one['citation']}\n{one['text']}" for number, one in enumerate(passages, 1)
    ]
    return "\n\n".join(parts)
