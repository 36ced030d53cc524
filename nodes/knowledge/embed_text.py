"""Makes vectors of texts."""

from __future__ import annotations

from collections.abc import Sequence

from headrace_sdk import (
    Choice,
    Context,
    Example,
    Inputs,
    Item,
    JsonObject,
    Lookup,
    Node,
    Outputs,
    Params,
    ParamSet,
    fields,
    to_main,
)
from headrace_sdk.knowledge import MAX_TEXTS


class Form(Params):
    """Which text, by which model."""

    text: str = fields.textarea("Text", rows=3, placeholder="{{ $json.text }}")
    collection: str = fields.text(
        "By the model of",
        "",
        help="A collection. Empty: the local model, 384 numbers, English.",
        options_from="list_collections",
    )
    field: str = fields.text("Into the field", "vector", max_length=200, half=True)
    batch: int = fields.number(
        "Texts at once", 64, minimum=1, maximum=MAX_TEXTS, advanced=True, half=True
    )


class EmbedText(Node[Form]):
    """Makes a vector of each text: a list of numbers that is near for texts of like meaning.

    The local model needs no key and no network, reads the first 256 tokens, and gives 384 numbers
    of length 1, so that the sum of products of two vectors is how alike they are. For your own
    collections you do not need this: *Knowledge Ingest* and *Knowledge Search* do it themselves.
    """

    type = "knowledge.embed_text"
    title = "Embed Text"
    category = "ai"
    icon = "binary"
    synonyms = ("embedding", "vector", "semantic", "minilm", "numbers")
    place = "async"
    effect = "read"
    Params = Form
    examples = (Example("A vector of each text", {"text": "The kettle boils."}, [{"id": 1}]),)

    @classmethod
    async def list_collections(cls, lookup: Lookup) -> Sequence[Choice]:
        """The collections of the workspace."""
        return await lookup.collections()

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """Whose model."""
        return "a collection's model" if params.get("collection") else "local model"

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """The items with their vectors."""
        first = params.first
        texts = [params[index].text for index in range(len(inputs.main))]
        vectors: list[Sequence[float]] = []
        for start in range(0, len(texts), first.batch):
            part = texts[start : start + first.batch]
            vectors += await ctx.knowledge.embed(part, collection=first.collection)
            ctx.progress(len(vectors) / len(texts))
        return to_main(
            [
                Item({**item.json, params[index].field: [*vector]}, item.binary).at(index)
                for index, (item, vector) in enumerate(zip(inputs.main, vectors, strict=True))
            ]
        )
