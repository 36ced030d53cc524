"""Makes a file of items."""

from __future__ import annotations

import re
from typing import Final, Literal

from headrace_sdk import (
    Context,
    Example,
    Inputs,
    Item,
    JsonObject,
    JsonValue,
    Node,
    Outputs,
    Pair,
    Params,
    ParamSet,
    fields,
    to_main,
)
from headrace_sdk.apart import run_apart
from headrace_sdk.fields import show_if
from headrace_sdk.summaries import shown

Kind = Literal["csv", "xlsx", "json", "jsonl", "text"]
MIMES: Final[dict[Kind, str]] = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "jsonl": "application/x-ndjson",
    "text": "text/plain",
}
ENDINGS: Final = {"text": "txt"}


class Form(Params):
    """What kind of file, and its name."""

    kind: Kind = fields.select(
        "Format",
        "csv",
        labels={
            "csv": "CSV",
            "xlsx": "Excel (XLSX)",
            "json": "JSON",
            "jsonl": "JSON, a line each",
            "text": "A text of your own, for each item",
        },
        expression=False,
    )
    text: str = fields.textarea(
        "Text", "", rows=4, help="What the file holds.", show_if=show_if("kind", "text")
    )
    name: str = fields.text(
        "Name of the file",
        "",
        placeholder="orders.csv",
        help="Empty: items and the ending of the format.",
        max_length=200,
    )
    field: str = fields.text("File on the item", "data", help="It stands under this name.")
    mime: str = fields.text(
        "Type",
        "",
        placeholder="text/html",
        help="Empty: that of the format.",
        show_if=show_if("kind", "text"),
        advanced=True,
    )
    header: bool = fields.toggle(
        "Names in the first row", True, show_if=show_if("kind", "csv", "xlsx")
    )
    separator: Literal[",", ";", "\t", "|"] = fields.select(
        "Separate columns by",
        ",",
        labels={",": "Comma", ";": "Semicolon", "\t": "Tab", "|": "|"},
        show_if=show_if("kind", "csv"),
        advanced=True,
    )
    bom: bool = fields.toggle(
        "Mark it as UTF-8 for Excel", False, show_if=show_if("kind", "csv"), advanced=True
    )
    sheet: str = fields.text(
        "Sheet", "Items", help="Its name.", show_if=show_if("kind", "xlsx"), advanced=True
    )
    pretty: bool = fields.toggle(
        "Indented, for people", False, show_if=show_if("kind", "json"), advanced=True
    )


class MakeFile(Node[Form]):
    """Makes one CSV, Excel or JSON file of all items, or a text file of each.

    The columns are all fields that any item has; objects and lists in a cell are JSON. In CSV a
    text that a spreadsheet would run as a formula gets a quote in front; in Excel it stays a text.
    One item comes out, with the file and `{name, size, rows}`; for texts, each item with its file.
    """

    type = "files.make_file"
    title = "Convert to File"
    category = "data"
    icon = "file"
    synonyms = ("csv", "excel", "xlsx", "spreadsheet", "json", "export", "write", "attachment")
    effect = "read"
    place = "async"
    Params = Form
    examples = (
        Example(
            "A CSV file of all items",
            {"name": "people.csv"},
            [{"id": 1, "name": "Ada"}, {"id": 2}],
            {"main": [{"name": "people.csv", "size": 20, "rows": 2}]},
        ),
        Example(
            "A page for each item",
            {"kind": "text", "text": "<h1>Hi</h1>", "name": "page.html", "mime": "text/html"},
            [{"id": 1}],
            {"main": [{"id": 1}]},
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The name, or the format."""
        return shown(params.get("name") or params.get("kind", "csv"))

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """One item with the file, or each with its own."""
        form, items = params.first, inputs.main
        if form.kind == "text":
            return to_main(
                [await _text_file(ctx, params[at], item, at) for at, item in enumerate(items)]
            )
        rows: list[JsonValue] = [item.json for item in items]
        given: JsonObject = form.model_dump(exclude={"text"}) | {"rows": rows}
        _, content = await run_apart("nodes.files.writing:write", given)
        file = await ctx.files.put(content, name=_name(form), mime=MIMES[form.kind])
        json: JsonObject = {"name": file.name, "size": file.size, "rows": len(items)}
        pairs = tuple(Pair(0, index) for index in range(len(items)))
        return to_main([Item(json, {form.field or "data": file}, pairs)])


async def _text_file(ctx: Context, form: Form, item: Item, index: int) -> Item:
    content = form.text.encode(errors="replace")
    mime = form.mime.strip() if re.fullmatch(r"[\w.+/-]{1,100}", form.mime.strip()) else ""
    file = await ctx.files.put(content, name=_name(form), mime=mime or MIMES["text"])
    return Item(item.json, {**(item.binary or {}), form.field or "data": file}, (Pair(0, index),))


def _name(form: Form) -> str:
    name = re.sub(r"[\x00-\x1f/\\]", "_", form.name).strip()
    return name or f"items.{ENDINGS.get(form.kind, form.kind)}"
