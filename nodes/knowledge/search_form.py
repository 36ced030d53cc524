"""What the node and the retriever of an agent share: which passages, and how they are named."""

from __future__ import annotations

from typing import Any

from headrace_sdk import Params, fields
from headrace_sdk.fields import show_if
from headrace_sdk.items import JsonObject
from headrace_sdk.knowledge import FILTERS, Condition, Filter, Search, SearchMode


class MetadataCondition(Params):
    """What must hold for a document's metadata."""

    field: str = fields.text("Field", "", placeholder="product", half=True, max_length=64)
    op: Filter = fields.select("Comparison", "equals", labels=FILTERS, expression=False, half=True)
    value: Any = fields.text(
        "Value", "", max_length=None, show_if=show_if("op", *list(FILTERS)[:-2])
    )


class SearchParams(Params):
    """Which collection, and which of its passages."""

    collection: str = fields.text(
        "Collection",
        "",
        help="Collections are made on the page Knowledge.",
        options_from="list_collections",
    )
    top: int = fields.number("At most so many passages", 5, minimum=1, maximum=100, half=True)
    threshold: float = fields.number(
        "At least so similar",
        0,
        minimum=0,
        maximum=1,
        help="0 to 1, by meaning. With the local model 0.3 leaves out what has nothing to do "
        "with the question. 0: take what is nearest.",
        half=True,
    )
    mode: SearchMode = fields.select(
        "Search by",
        "hybrid",
        labels={"hybrid": "Meaning and words", "vector": "Meaning", "text": "Words"},
        advanced=True,
        half=True,
    )
    rerank: bool = fields.toggle(
        "Look at the best a second time",
        False,
        help="Puts those first that have the rarer words of the question, near one another.",
        advanced=True,
    )
    conditions: list[MetadataCondition] = fields.rows(
        "Only documents for which",
        add="Add condition",
        at_most=20,
        help="All of them must hold for the document's metadata; document, key and document_id "
        "are the document's own.",
        advanced=True,
    )


def search_of(form: SearchParams, query: str) -> Search:
    """What is looked for."""
    return Search(
        query,
        top=form.top,
        mode=form.mode,
        threshold=form.threshold,
        where=[Condition(one.field, one.op, one.value) for one in form.conditions],
        rerank=form.rerank,
    )


def citation(passage: JsonObject) -> str:
    """Where a passage stands, for people: `manual.pdf, Kettle / Warranty, page 3`."""
    heading, page = passage.get("heading"), passage.get("page")
    parts = [passage.get("document"), heading, f"page {page}" if page else ""]
    return ", ".join(str(part) for part in parts if part)
