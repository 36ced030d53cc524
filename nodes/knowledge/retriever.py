"""Lends a collection to an agent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from headrace_sdk import Choice, Context, Example, JsonObject, Lookup, Port, fields
from headrace_sdk.attached import Passage
from headrace_sdk.node import Capability
from nodes.knowledge.search_form import SearchParams, citation, search_of


class Form(SearchParams):
    """Which collection, and what a model is told of it."""

    name: str = fields.text(
        "Name for the agent", "knowledge", help="Such as manual.", max_length=60, half=True
    )
    description: str = fields.textarea(
        "What is to be found there",
        "What this workspace knows. Ask in a whole sentence.",
        rows=2,
        help="The agent decides by it when to look.",
    )


class KnowledgeRetriever(Capability[Form]):
    """Lends a collection to an agent: it asks when it needs to know, and can cite what it found.

    Each passage goes to the model with where it stands (document, headings, page). The same
    settings as of *Knowledge Search* say which passages; conditions hold whatever the agent asks,
    so that it sees only what it may.
    """

    type = "knowledge.retriever"
    title = "Knowledge Retriever"
    category = "ai"
    icon = "library"
    synonyms = ("rag", "retriever", "agent", "search", "documents", "vector")
    outputs = (Port("retriever", "Retriever", kind="retriever"),)
    place = "async"
    effect = "read"
    Params = Form
    examples = (Example("The manual", {"collection": "Manual", "name": "manual"}),)

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """Its name for the agent."""
        return str(params.get("name") or "knowledge")[:60]

    @classmethod
    async def list_collections(cls, lookup: Lookup) -> Sequence[Choice]:
        """The collections of the workspace."""
        return await lookup.collections()

    async def provide(self, ctx: Context, params: Form) -> CollectionRetriever:
        """The collection, as an agent asks it."""
        return CollectionRetriever(ctx, params)


@dataclass(frozen=True, slots=True)
class CollectionRetriever:
    """See `headrace_sdk.attached.Retriever`."""

    ctx: Context
    form: Form

    @property
    def name(self) -> str:
        """What a model calls it."""
        return self.form.name

    @property
    def description(self) -> str:
        """When it should look here."""
        return self.form.description

    async def find(self, query: str) -> Sequence[Passage]:
        """The passages nearest to a question, best first."""
        wanted = search_of(self.form, query[:4_000] or " ")
        found = await self.ctx.knowledge.search(self.form.collection, wanted)
        return [
            Passage(str(one["text"]), citation(one), float(str(one["similarity"])), one)
            for one in found
        ]
