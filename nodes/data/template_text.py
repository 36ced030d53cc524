"""Writes a text from a template."""

from __future__ import annotations

from typing import Any, Literal, cast

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
    fields,
)
from headrace_sdk.apart import run_apart
from headrace_sdk.mapping import map_items, one_of_all, with_field
from headrace_sdk.summaries import shown


class Form(Params):
    """The template and what it is about."""

    template: str = fields.code(
        "Template",
        language="html",
        help="Jinja: {{ name }}, {% for line in lines %} … {% endfor %}, {% if total > 10 %}. "
        "The item's fields are there by name, and the whole item as item.",
        placeholder="Dear {{ customer.name }},",
        expression=False,
    )
    kind: Literal["text", "html", "markdown"] = fields.select(
        "It is",
        "text",
        labels={
            "text": "Plain text",
            "html": "HTML: values are escaped",
            "markdown": "Markdown, to become HTML",
        },
        expression=False,
    )
    over: Literal["each", "all"] = fields.select(
        "Write",
        "each",
        labels={"each": "A text for each item", "all": "One text of all items, as items"},
        expression=False,
    )
    data: Any = fields.json(
        "Further values", dict, help="An object; its fields are there by name.", advanced=True
    )
    strict: bool = fields.toggle(
        "Fail where a field is missing",
        True,
        help="Off: what is missing is empty.",
        expression=False,
    )
    field: str = fields.text("Into the field", "text", help="The text stands there.")


class TemplateText(Node[Form]):
    """Writes texts from a Jinja template: letters, reports, HTML mails, Markdown, prompts.

    Filters such as `upper`, `join`, `round`, `tojson` and `default("—")` are there, and loops and
    conditions. With **HTML** and **Markdown** values are made harmless unless marked `safe`; HTML
    inside of Markdown is shown, not used. Templates run apart from everything else, for at most 20
    seconds and 4 million characters; nothing of the platform can be reached from them.

    `{{ … }}` is Jinja's here, not an expression of the workflow: give values of other nodes as
    *Further values*.
    """

    type = "data.template_text"
    title = "Template Text"
    category = "data"
    icon = "file-text"
    synonyms = ("jinja", "render", "html", "mail", "markdown", "report", "letter", "prompt")
    place = "async"
    Params = Form
    examples = (
        Example(
            "A letter",
            {"template": "Dear {{ name }}, you owe {{ '%.2f' | format(total) }} EUR."},
            [{"name": "Ada", "total": 3}],
            {"main": [{"name": "Ada", "total": 3, "text": "Dear Ada, you owe 3.00 EUR."}]},
        ),
        Example(
            "One HTML list of all items",
            {
                "template": "<ul>{% for one in items %}<li>{{ one.name }}</li>{% endfor %}</ul>",
                "kind": "html",
                "over": "all",
            },
            [{"name": "a"}, {"name": "<b>"}],
            {"main": [{"text": "<ul><li>a</li><li>&lt;b&gt;</li></ul>"}]},
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The beginning of the template."""
        return shown(params.get("template"))

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """Every item with its text, or one item with one."""
        form, items = params.first, inputs.main
        if form.over == "all":
            rows: list[JsonValue] = [_row(form, {"items": [item.json for item in items]})]
        else:
            rows = [
                _row(params[index], item.json | {"item": item.json})
                for index, item in enumerate(items)
            ]
        texts, _ = await run_apart(
            "nodes.data.template_work:render",
            {
                "rows": rows,
                "escape": form.kind != "text",
                "strict": form.strict,
                "markdown": form.kind == "markdown",
            },
        )
        found = cast("list[str]", texts)
        if form.over == "all":
            return one_of_all(items, {form.field or "text": found[0]})
        return await map_items(
            ctx,
            items,
            lambda index, item: with_field(item.json, params[index].field or "text", found[index]),
        )


def _row(form: Form, data: JsonObject) -> JsonValue:
    further = form.data if isinstance(form.data, dict) else {}
    return [form.template, data | further]
