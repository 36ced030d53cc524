"""Takes values out of HTML pages."""

from __future__ import annotations

from typing import Final, Literal, Self, cast

from pydantic import model_validator

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
    Port,
    UserError,
    fields,
)
from headrace_sdk.apart import run_apart
from headrace_sdk.fields import show_if
from headrace_sdk.summaries import names_in

MAX_HTML: Final = 16 * 1024 * 1024


class Value(Params):
    """One value to take out."""

    name: str = fields.text("Into the field", placeholder="title", expression=False, half=True)
    by: Literal["css", "xpath", "article"] = fields.select(
        "By",
        "css",
        labels={"css": "CSS selector", "xpath": "XPath", "article": "The main text of the page"},
        expression=False,
        half=True,
    )
    selector: str = fields.text(
        "Selector",
        "",
        placeholder="h1, .price > span",
        max_length=1_000,
        help="For attributes by XPath: //a/@href.",
        show_if=show_if("by", "css", "xpath"),
        expression=False,
    )
    take: Literal["text", "html", "attribute"] = fields.select(
        "Take its",
        "text",
        labels={"text": "Text", "html": "HTML", "attribute": "Attribute"},
        expression=False,
        half=True,
    )
    attribute: str = fields.text(
        "Attribute",
        "href",
        help="Its name.",
        show_if=show_if("take", "attribute"),
        expression=False,
        half=True,
    )
    many: bool = fields.toggle("All that match, as a list", False, expression=False)

    @model_validator(mode="after")
    def _has_selector(self) -> Self:
        if self.by != "article" and not self.selector:
            message = f"Give a selector for {self.name!r}"
            raise ValueError(message)
        return self


class Form(Params):
    """The page and what is of interest in it."""

    source: str = fields.textarea(
        "HTML",
        help="Such as {{ $json.body }} behind an HTTP Request.",
        placeholder="{{ $json.body }}",
        rows=3,
    )
    values: list[Value] = fields.rows("Values", add="Add value", at_most=50, expression=False)
    base: str = fields.text(
        "Address of the page",
        "",
        placeholder="https://example.com/shop/",
        help="Makes links absolute.",
        advanced=True,
    )
    keep: bool = fields.toggle("Keep the item's other fields", True, advanced=True)

    @model_validator(mode="after")
    def _has_values(self) -> Self:
        if not self.values:
            message = "Add at least one value to take out"
            raise ValueError(message)
        return self


class HtmlExtract(Node[Form]):
    """Takes texts, attributes and lists out of HTML by CSS selectors or XPath.

    **The main text of the page** finds the article and leaves out menus, headers and forms. What
    does not match is null, or an empty list. An item in whose page nothing matches leaves by
    **Empty**, unchanged: a page that was rebuilt does not go unnoticed.

    No script of the page is run; a page that builds itself in the browser has little to find.
    It runs apart from everything else, for at most 20 seconds.
    """

    type = "web.html_extract"
    title = "HTML Extract"
    category = "web"
    icon = "file-code"
    synonyms = ("scrape", "css", "xpath", "selector", "parse", "crawl", "readability", "cheerio")
    outputs = (Port("main", "Out"), Port("empty", "Empty"))
    place = "async"
    Params = Form
    examples = (
        Example(
            "Title and links",
            {
                "source": '<h1> A <b>page</b></h1><a href="x">X</a><a href="/y">Y</a>',
                "base": "https://example.com/a/",
                "values": [
                    {"name": "title", "selector": "h1"},
                    {"name": "links", "by": "xpath", "selector": "//a/@href", "many": True},
                ],
            },
            [{"id": 1}],
            {
                "main": [
                    {
                        "id": 1,
                        "title": "A page",
                        "links": ["https://example.com/a/x", "https://example.com/y"],
                    }
                ]
            },
        ),
        Example(
            "Nothing of it is there",
            {"source": "<p>Sold out</p>", "values": [{"name": "price", "selector": ".price"}]},
            [{"id": 1}],
            {"empty": [{"id": 1}]},
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The names of the values."""
        return names_in(params.get("values"))

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """Every item with its values, by one of the two ports."""
        pages: list[JsonValue] = []
        for index in range(len(inputs.main)):
            form = params[index]
            if len(form.source) > MAX_HTML:
                message = f"The page is longer than {MAX_HTML // 2**20} million characters."
                raise UserError(message, field="source", code="text_too_long", item=index)
            rows: list[JsonValue] = [value.model_dump() for value in form.values]
            pages.append([form.source, form.base, rows])
        answer, _ = await run_apart("nodes.web.html_work:extract", {"pages": pages})
        out: dict[str, list[Item]] = {"main": [], "empty": []}
        for index, found in enumerate(cast("list[JsonObject | None]", answer)):
            item = inputs.main[index]
            if found is None:
                out["empty"].append(item.at(index))
                continue
            json = item.json | found if params[index].keep else found
            out["main"].append(Item(json, item.binary, (Pair(0, index),)))
        return out
