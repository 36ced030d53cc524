"""The full kind of node: a class, with a form of its own, two outputs and errors."""

from __future__ import annotations

from typing import Final, Literal

from headrace_sdk import (
    Context,
    Example,
    Inputs,
    Item,
    JsonObject,
    Node,
    Outputs,
    Pair,
    Params,
    ParamSet,
    Port,
    UserError,
    fields,
)
from headrace_sdk.fields import show_if

CHUNK: Final = 1_000
SEPARATORS: Final = {"lines": "\n", "paragraphs": "\n\n", "words": None}


class Form(Params):
    """The node's parameters: what a person fills in, with a control for each."""

    text: str = fields.textarea("Text", help="What to split, such as the body of a mail.")
    by: Literal["lines", "paragraphs", "words", "separator"] = fields.select(
        "Into",
        "lines",
        labels={
            "lines": "Lines",
            "paragraphs": "Paragraphs",
            "words": "Words",
            "separator": "Parts between a separator",
        },
    )
    separator: str = fields.text(
        "Separator", ";", show_if=show_if("by", "separator"), max_length=100
    )
    keep_blank: bool = fields.toggle("Keep blank parts", False, advanced=True)


class SplitText(Node[Form]):
    """Makes one item of each line, paragraph, word or part of a text.

    Use it where a text holds a list. Each item has the `text` of its part, without blanks around
    it, and its `position`, counted from 1. Items whose text gives no part leave by **Empty**,
    unchanged.
    """

    type = "text.split"
    title = "Split Text"
    category = "Text"
    icon = "scissors"
    synonyms = ("lines", "words", "paragraphs", "tokenize")
    outputs = (Port("main", "Parts"), Port("empty", "Empty"))
    Params = Form
    examples = (
        Example(
            "Lines",
            {"text": "eggs\n\nmilk \n"},
            [{"id": 1}],
            {"main": [{"text": "eggs", "position": 1}, {"text": "milk", "position": 2}]},
        ),
        Example(
            "Nothing to split",
            {"text": " ; ;", "by": "separator"},
            [{"id": 2}],
            {"empty": [{"id": 2}]},
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """Shown under the node's name. Parameters come as they are stored, expressions included."""
        return f"Into {params.get('by', 'lines')}"

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """All items at once; each says which item it comes from."""
        parts: list[Item] = []
        empty: list[Item] = []
        for index, item in enumerate(inputs.main):
            found = split(params[index], index)
            if not found:
                empty.append(item.at(index))
            parts += [
                Item({"text": text, "position": position}, None, (Pair(0, index),))
                for position, text in enumerate(found, 1)
            ]
            if index % CHUNK == CHUNK - 1:
                await ctx.checkpoint()
        return {"main": parts, "empty": empty}


def split(form: Form, index: int) -> list[str]:
    """The parts of one item's text.

    Raises:
        UserError: the separator is empty.
    """
    if form.by == "separator" and not form.separator:
        message = "Give the separator between the parts, or split into lines."
        raise UserError(message, field="separator", code="no_separator", item=index)
    separator = form.separator if form.by == "separator" else SEPARATORS[form.by]
    parts = [part.strip() for part in form.text.replace("\r\n", "\n").split(separator)]
    return parts if form.keep_blank else [part for part in parts if part]
