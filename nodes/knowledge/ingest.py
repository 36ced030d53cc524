"""Takes documents into a collection."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from headrace_sdk import (
    Choice,
    Context,
    Example,
    FileRef,
    Inputs,
    Item,
    JsonObject,
    Lookup,
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
from headrace_sdk.knowledge import Ingest


class Form(Params):
    """Which document, and what is to be kept of it."""

    collection: str = fields.text(
        "Collection",
        "",
        help="Collections are made on the page Knowledge, with their splitter and model.",
        options_from="list_collections",
    )
    creates: bool = fields.toggle(
        "Make it if it is not there",
        False,
        help="A collection of that name, with the local model.",
        advanced=True,
        expression=False,
    )
    source: Literal["text", "file"] = fields.select(
        "Take in",
        "text",
        labels={"text": "A text", "file": "A file of the item"},
        expression=False,
        half=True,
    )
    format: Literal["markdown", "text", "html", "csv"] = fields.select(
        "The text is",
        "markdown",
        labels={"markdown": "Markdown", "text": "Plain", "html": "HTML", "csv": "CSV"},
        show_if=show_if("source", "text"),
        half=True,
    )
    text: str = fields.textarea(
        "Text", "", rows=4, placeholder="{{ $json.text }}", show_if=show_if("source", "text")
    )
    file: str = fields.file(
        "File", "data", help="The name of a file on the item.", show_if=show_if("source", "file")
    )
    key: str = fields.text(
        "Key",
        help="Names the document for the next time: the same key takes its place, and only what "
        "changed is read by the model again. Such as an address or a number.",
        placeholder="{{ $json.url }}",
        max_length=500,
        half=True,
    )
    name: str = fields.text(
        "Name",
        "",
        help="Empty: the file's, or the key.",
        max_length=255,
        half=True,
    )
    metadata: Any = fields.json(
        "Metadata",
        dict,
        help="Texts, numbers, true and false, and lists of those: for filters in a search.",
    )
    field: str = fields.text("Into the field", "indexed", max_length=200, advanced=True)


class KnowledgeIngest(Node[Form]):
    """Takes a text or a file into a collection, so that its passages can be found.

    Text, Markdown, HTML, PDF, Word (DOCX) and CSV are read. The text is cut at its headings and
    paragraphs, then between sentences, into passages of the size that the collection says, and
    each gets a vector by the collection's model.

    The item comes out with `{"document_id", "chunks", "embedded", "removed"}`: of a document with
    the same **key** only passages that changed are given to the model again. Taking the same in
    twice is harmless, also after a crash. Files of strangers are read apart from everything else.

    For one document that a person drops, the page **Knowledge** does the same in the background.
    """

    type = "knowledge.ingest"
    title = "Knowledge Ingest"
    category = "ai"
    icon = "book-plus"
    synonyms = ("rag", "index", "embed", "upload", "documents", "vector", "chunk", "learn")
    place = "async"
    # The same document again changes nothing, so that repeating is safe.
    effect = "read"
    per_item = True
    Params = Form
    examples = (
        Example(
            "Keep what a page says",
            {
                "collection": "Notes",
                "text": "# Warranty\n\nTwo years.",
                "key": "warranty",
                "metadata": {"product": "kettle"},
            },
            [{"id": 1}],
            {
                "main": [
                    {
                        "id": 1,
                        "indexed": {
                            "document_id": "document-1",
                            "chunks": 1,
                            "embedded": 1,
                            "removed": 0,
                        },
                    }
                ]
            },
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """What is taken in."""
        return "a file" if params.get("source") == "file" else "a text"

    @classmethod
    async def list_collections(cls, lookup: Lookup) -> Sequence[Choice]:
        """The collections of the workspace."""
        return await lookup.collections()

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """The items, each with what was indexed for it."""

        async def take_in(index: int, item: Item) -> Outputs:
            form = params[index]
            found = await ctx.knowledge.ingest(form.collection, _given(form, item, index))
            ctx.progress((index + 1) / len(inputs.main))
            return to_main([Item({**item.json, form.field: found}, item.binary).at(index)])

        return await each_item(ctx.outcomes, inputs.main, take_in)


def _given(form: Form, item: Item, index: int) -> Ingest:
    if not isinstance(form.metadata, dict):
        message = "Metadata is an object, such as {'product': 'kettle'}."
        raise UserError(message, field="metadata", item=index)
    if form.source == "text":
        name = form.name or form.key
        return Ingest(
            name,
            form.key,
            text=form.text,
            kind=form.format,
            metadata=form.metadata,
            creates=form.creates,
        )
    file: FileRef | None = (item.binary or {}).get(form.file)
    if file is None:
        message = (
            f"The item has no file {form.file!r}; it has {', '.join(item.binary or {}) or 'none'}."
        )
        raise UserError(message, field="file", code="no_file", item=index)
    name = form.name or file.name
    return Ingest(name, form.key, file=file, metadata=form.metadata, creates=form.creates)
