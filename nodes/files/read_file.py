"""Makes items of a file."""

from __future__ import annotations

from typing import Final, Literal, cast

from headrace_sdk import (
    Context,
    Example,
    FileRef,
    Inputs,
    Item,
    JsonObject,
    Node,
    NodeError,
    Outputs,
    Pair,
    Params,
    ParamSet,
    UserError,
    fields,
    to_main,
)
from headrace_sdk.apart import run_apart
from headrace_sdk.fields import show_if
from headrace_sdk.summaries import shown

Kind = Literal["auto", "csv", "xlsx", "json", "jsonl", "pdf", "docx", "text"]
MAX_BYTES: Final = 64 * 1024 * 1024
BY_ENDING: Final[dict[str, Kind]] = {
    "csv": "csv",
    "tsv": "csv",
    "xlsx": "xlsx",
    "xlsm": "xlsx",
    "json": "json",
    "jsonl": "jsonl",
    "ndjson": "jsonl",
    "pdf": "pdf",
    "docx": "docx",
    "txt": "text",
    "md": "text",
    "log": "text",
    "html": "text",
    "xml": "text",
}
BY_MIME: Final[dict[str, Kind]] = {
    "text/csv": "csv",
    "application/json": "json",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "text/plain": "text",
}


class Form(Params):
    """Which file, and how to read it."""

    source: Literal["file", "text"] = fields.select(
        "Read",
        "file",
        labels={"file": "A file of the item", "text": "A text"},
        expression=False,
    )
    file: str = fields.file(
        "File", "data", help="The name of a file on the item.", show_if=show_if("source", "file")
    )
    text: str = fields.textarea(
        "Text", "", rows=4, help="CSV or JSON as text.", show_if=show_if("source", "text")
    )
    kind: Kind = fields.select(
        "Format",
        "auto",
        labels={
            "auto": "By its name",
            "csv": "CSV",
            "xlsx": "Excel (XLSX)",
            "json": "JSON",
            "jsonl": "JSON, a line each",
            "pdf": "PDF: text of each page",
            "docx": "Word (DOCX): text",
            "text": "Text",
        },
    )
    header: bool = fields.toggle(
        "The first row has the names",
        True,
        help="Of CSV and Excel. Off: column_1, column_2, …",
    )
    separator: Literal["", ",", ";", "\t", "|"] = fields.select(
        "Columns are separated by",
        "",
        labels={
            "": "What the first row has",
            ",": "Comma",
            ";": "Semicolon",
            "\t": "Tab",
            "|": "|",
        },
        show_if=show_if("kind", "auto", "csv"),
        advanced=True,
    )
    sheet: str = fields.text(
        "Sheet",
        "",
        help="Its name. Empty: the first.",
        show_if=show_if("kind", "auto", "xlsx"),
        advanced=True,
    )
    charset: str = fields.text(
        "Character set",
        "",
        placeholder="latin-1",
        help="Empty: UTF-8, or else Windows-1252.",
        max_length=40,
        advanced=True,
    )
    limit: int = fields.number(
        "At most so many rows", 0, minimum=0, help="0: all, up to 200,000.", advanced=True
    )


class ReadFile(Node[Form]):
    """Makes items of a CSV, Excel, JSON, PDF, Word or text file.

    A row of **CSV** or **Excel** becomes an item; values of CSV stay texts. **JSON**: a list gives
    one item for each element. **PDF** gives `{page, text}` for each page, as far as it has text;
    **Word** and **Text** give `{text}`. Files may have 64 MiB, and unpack to four times that.

    Files of strangers are read apart from everything else, for at most 20 seconds.
    """

    type = "files.read_file"
    title = "Read File"
    category = "data"
    icon = "file-spreadsheet"
    synonyms = (
        "csv",
        "excel",
        "xlsx",
        "spreadsheet",
        "pdf",
        "docx",
        "word",
        "json",
        "extract",
        "parse",
    )
    place = "async"
    Params = Form
    examples = (
        Example(
            "CSV as items",
            {"source": "text", "kind": "csv", "text": "id;name\n1;Ada\n2;Bob"},
            [{}],
            {"main": [{"id": "1", "name": "Ada"}, {"id": "2", "name": "Bob"}]},
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The file."""
        return "A text" if params.get("source") == "text" else shown(params.get("file", "data"))

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """The rows of all files, in the order of the items."""
        out: list[Item] = []
        for index, item in enumerate(inputs.main):
            ctx.progress(index / len(inputs.main))
            try:
                kind, content = await _content(ctx, params[index], item)
                given = params[index].model_dump(exclude={"text"}) | {"kind": kind}
                rows, _ = await run_apart("nodes.files.reading:read", given, content)
            except NodeError as error:
                error.item = index
                raise
            pair = (Pair(0, index),)
            out += [Item(row, None, pair) for row in cast("list[JsonObject]", rows)]
        return to_main(out)


async def _content(ctx: Context, form: Form, item: Item) -> tuple[Kind, bytes]:
    if form.source == "text":
        if form.kind == "auto":
            message = "Say what the text is: choose a format."
            raise UserError(message, field="kind", code="no_format")
        return form.kind, form.text.encode(errors="replace")
    file: FileRef | None = (item.binary or {}).get(form.file)
    if file is None:
        message = (
            f"The item has no file {form.file!r}; it has {', '.join(item.binary or {}) or 'none'}."
        )
        raise UserError(message, field="file", code="no_file")
    if file.size > MAX_BYTES:
        message = f"The file is larger than {MAX_BYTES // 2**20} MiB."
        raise UserError(message, field="file", code="file_too_large")
    return _kind(form, file), await ctx.files.read(file)


def _kind(form: Form, file: FileRef) -> Kind:
    if form.kind != "auto":
        return form.kind
    ending = file.name.rpartition(".")[2].lower()
    found = BY_ENDING.get(ending) or BY_MIME.get(file.mime.partition(";")[0].strip().lower())
    if found is None:
        message = f"Neither its name nor its type ({file.mime}) tells the format. Choose one."
        raise UserError(message, field="kind", code="no_format")
    return found
