"""Converts XML, YAML, Markdown and HTML."""

from __future__ import annotations

from typing import Any, Final, Literal, cast

from headrace_sdk import (
    Context,
    Example,
    Inputs,
    JsonObject,
    JsonValue,
    Node,
    Outputs,
    Params,
    ParamSet,
    UserError,
    fields,
)
from headrace_sdk.apart import run_apart
from headrace_sdk.fields import show_if
from headrace_sdk.mapping import map_items, with_field
from headrace_sdk.texts import as_text

Kind = Literal[
    "xml_to_json",
    "json_to_xml",
    "yaml_to_json",
    "json_to_yaml",
    "markdown_to_html",
    "html_to_markdown",
]
WRITING: Final = ("json_to_xml", "json_to_yaml")
READING: Final = ("xml_to_json", "yaml_to_json", "markdown_to_html", "html_to_markdown")
MAX_TEXT: Final = 8 * 1024 * 1024
"""Characters of one text."""


class Form(Params):
    """What becomes what."""

    kind: Kind = fields.select(
        "Convert",
        "xml_to_json",
        labels={
            "xml_to_json": "XML to data",
            "json_to_xml": "Data to XML",
            "yaml_to_json": "YAML to data",
            "json_to_yaml": "Data to YAML",
            "markdown_to_html": "Markdown to HTML",
            "html_to_markdown": "HTML to Markdown",
        },
        expression=False,
    )
    source: str = fields.textarea(
        "Text",
        "",
        rows=6,
        help="Such as {{ $json.body }}. Up to 8 million characters.",
        show_if=show_if("kind", *READING),
    )
    data: Any = fields.json(
        "Data",
        None,
        help="Any JSON value. Empty: the whole item.",
        show_if=show_if("kind", *WRITING),
    )
    field: str = fields.text(
        "Into the field", "data", help="Empty: what is an object becomes the item."
    )


class ConvertText(Node[Form]):
    """Converts between XML, YAML and data, and between Markdown and HTML.

    **XML**: an element becomes an object; attributes are fields with `@`, text beside children is
    `#text`, and elements of one name become a list. Document types are refused, since entities
    can make a small text endlessly large. **YAML** may use aliases, to a limit. **Markdown**
    shows HTML as text; **HTML to Markdown** keeps headings, lists, links, tables and code.

    It runs apart from everything else, for at most 20 seconds.
    """

    type = "data.convert_text"
    title = "XML, YAML, Markdown"
    category = "data"
    icon = "code-xml"
    synonyms = ("xml", "yaml", "yml", "markdown", "md", "html", "parse", "rss", "soap", "convert")
    place = "async"
    Params = Form
    examples = (
        Example(
            "Read XML",
            {"source": '<order id="7"><line>a</line><line>b</line></order>', "field": ""},
            [{}],
            {"main": [{"order": {"@id": "7", "line": ["a", "b"]}}]},
        ),
        Example(
            "Write YAML",
            {"kind": "json_to_yaml", "data": {"name": "Ada", "tags": ["x"]}, "field": "text"},
            [{"id": 1}],
            {"main": [{"id": 1, "text": "name: Ada\ntags:\n- x\n"}]},
        ),
        Example(
            "Markdown as HTML",
            {"kind": "markdown_to_html", "source": "# Hi\n\n*you*", "field": "html"},
            [{}],
            {"main": [{"html": "<h1>Hi</h1>\n<p><em>you</em></p>\n"}]},
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """From what to what."""
        return " ".join(str(params.get("kind") or "").replace("_", " ").split())

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """Every item with what was converted."""
        kind = params.first.kind
        values: list[JsonValue] = [
            _given(params[index], item.json, index) for index, item in enumerate(inputs.main)
        ]
        given: JsonObject = {"kind": kind, "values": values}
        answer, _ = await run_apart("nodes.data.markup_work:convert", given)
        found = cast("list[JsonValue]", answer)
        return await map_items(
            ctx,
            inputs.main,
            lambda index, item: with_field(item.json, params[index].field, found[index]),
        )


def _given(form: Form, json: JsonObject, index: int) -> JsonValue:
    if form.kind in WRITING:
        return json if form.data is None else form.data
    text = as_text(form.source)
    if len(text) > MAX_TEXT:
        message = f"The text is longer than {MAX_TEXT // 2**20} million characters."
        raise UserError(message, field="source", code="text_too_long", item=index)
    return text
