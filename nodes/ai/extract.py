"""Reads the fields of a schema out of a text, with how sure it is of each."""

from __future__ import annotations

from typing import Any, Final, Literal, cast

from headrace_sdk import (
    Context,
    Example,
    Inputs,
    Item,
    JsonObject,
    JsonValue,
    Node,
    Outputs,
    Params,
    ParamSet,
    Port,
    UserError,
    each_item,
    fields,
)
from headrace_sdk.fields import show_if
from headrace_sdk.strict_json import dumps
from headrace_sdk.summaries import shown
from nodes.ai.asking import ModelParams, about, asking, checked_text, filled_in, object_of, spent
from nodes.ai.pictures import pictures

SYSTEM: Final = (
    "You read fields out of a text. data: what the text says, in the form of the schema; null, an "
    "empty text or an empty list where it says nothing. Invent nothing, complete nothing, compute "
    "nothing. confidence: for each field from 0 to 1, how sure you are that data has what the text "
    "says; 0 where the text says nothing about it."
)
TYPES: Final = {
    "text": "string",
    "number": "number",
    "boolean": "boolean",
    "list of texts": "array",
    "date": "string",
}
DOUBT: Final = 0.5
"""What is left of a model's certainty about words that do not stand in the text."""


class Wanted(Params):
    """One field."""

    name: str = fields.text("Name", placeholder="total", half=True)
    type: Literal["text", "number", "boolean", "list of texts", "date"] = fields.select(
        "Type", "text", labels=fields.choices([*TYPES]), half=True
    )
    description: str = fields.text("What it is", "", help="As you would tell a person.")
    required: bool = fields.toggle("Required", False)


class Form(ModelParams):
    """Which text, and what is wanted of it."""

    text: str = fields.textarea("Text", rows=4, placeholder="{{ $json.text }}")
    images: bool = fields.toggle(
        "Read the item's pictures, too", False, help="PNG, JPEG, WebP and GIF, up to 5 MB each."
    )
    shape: Literal["fields", "schema"] = fields.select(
        "What is wanted",
        "fields",
        labels={"fields": "A list of fields", "schema": "A JSON Schema"},
        expression=False,
    )
    wanted: list[Wanted] = fields.rows(
        "Fields", add="Add field", show_if=show_if("shape", "fields"), at_most=100
    )
    json_schema: Any = fields.json(
        "Schema", dict, help="Of an object.", show_if=show_if("shape", "schema")
    )
    examples: Any = fields.json(
        "Examples",
        list,
        help='Such as [{"text": "Two apples, 3 €", "data": {"fruit": "apple", "total": 3}}].',
        advanced=True,
    )
    hints: str = fields.textarea("What to know", "", rows=2, advanced=True)
    threshold: float = fields.number(
        "Sure from",
        0.7,
        minimum=0,
        maximum=1,
        help="An item with a less certain field leaves by Low confidence.",
        half=True,
    )
    field: str = fields.text("Into the field", "data", half=True, max_length=200)


class Extract(Node[Form]):
    """Reads what you ask for out of each text or picture, as data of a schema.

    Name the fields, or give a JSON Schema. An answer that does not fit is sent back to be mended,
    twice at most. Files are read by *Read File* first; pictures are shown to the model.

    **How sure.** `confidence` has a number for each field: the model's own word, halved where it
    gives a text that does not stand in the source (`not_in_text` names these), and 0 where a
    required field is empty. Items whose least certain field is below *Sure from* leave by **Low
    confidence**: send them to a person. Fields that are optional and empty do not count.

    The data stand in the field, and what they cost in `llm`.
    """

    type = "ai.extract"
    title = "Extract Structured"
    category = "ai"
    icon = "shapes"
    synonyms = ("parse", "invoice", "fields", "schema", "json", "ocr", "entities", "read out")
    place = "async"
    effect = "read"
    per_item = True
    outputs = (Port("main", "Out"), Port("low_confidence", "Low confidence"))
    Params = Form
    examples = (
        Example(
            "Fields of a mail",
            {
                "model": "offline",
                "text": "Please send two boxes to Oslo.",
                "wanted": [{"name": "city", "description": "Where to"}],
                "threshold": 0,
            },
            [{"id": 1}],
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The names of the fields."""
        rows = params.get("wanted")
        listed = rows if isinstance(rows, list) else []
        names = [one.get("name") for one in listed if isinstance(one, dict)]
        return shown(", ".join(name for name in names if isinstance(name, str)))

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """Each item with its data, by how sure they are."""

        async def extract(index: int, item: Item) -> Outputs:
            form = params[index]
            seen = await pictures(ctx, item, index) if form.images else []
            text = form.text if seen else checked_text(form.text, index)
            schema = _schema(form, index)
            prompt = about(text, _system(form), shown=seen)
            ask = asking(ctx, form, index, task="extract")
            found, answer = await filled_in(ask, prompt, _with_confidence(schema))
            sure = _Sureness(schema, found, "" if seen else text)
            made: JsonObject = {
                **item.json,
                form.field: found["data"],
                "confidence": sure.by_field,
                "not_in_text": [*sure.foreign],
                "llm": spent([answer]),
            }
            port = "main" if sure.least >= form.threshold else "low_confidence"
            return {port: [Item(made, item.binary).at(index)]}

        return await each_item(ctx.outcomes, inputs.main, extract, parallel=params.first.parallel)


def _schema(form: Form, index: int) -> JsonObject:
    if form.shape == "schema":
        given = form.json_schema
        if not isinstance(given, dict) or not isinstance(given.get("properties"), dict):
            message = "Give a schema with properties, {'type': 'object', 'properties': {…}}."
            raise UserError(message, field="json_schema", code="no_schema", item=index)
        return {"type": "object", **given}
    if not form.wanted:
        message = "Name the fields that you want."
        raise UserError(message, field="wanted", code="no_fields", item=index)
    schema = object_of({one.name: _property(one) for one in form.wanted})
    return {**schema, "x-optional": [one.name for one in form.wanted if not one.required]}


def _property(wanted: Wanted) -> JsonObject:
    kind = TYPES[wanted.type]
    about_it = wanted.description
    if wanted.type == "date":
        about_it = f"{about_it} As YYYY-MM-DD.".strip()
    # Every field is given, as strict providers want it; what the text does not say is null.
    shape: JsonObject = {"type": [kind, "null"]}
    if kind == "array":
        shape["items"] = {"type": "string"}
    return {**shape, "description": about_it} if about_it else shape


def _with_confidence(schema: JsonObject) -> JsonObject:
    plain = {name: value for name, value in schema.items() if name != "x-optional"}
    each: JsonObject = {"type": "number", "minimum": 0, "maximum": 1}
    properties = cast("JsonObject", schema["properties"])
    return object_of({"data": plain, "confidence": object_of(dict.fromkeys(properties, each))})


def _system(form: Form) -> str:
    lines = [SYSTEM, form.hints.strip()]
    given = form.examples if isinstance(form.examples, list) else []
    if given:
        lines.append("Examples, of data alone:")
        lines += [dumps(one).decode()[:4_000] for one in given[:20]]
    return "\n".join(line for line in lines if line)


class _Sureness:
    """How sure each field is. `foreign` are those with words that the source does not have."""

    def __init__(self, schema: JsonObject, found: JsonObject, source: str) -> None:
        data, said = cast("JsonObject", found["data"]), cast("JsonObject", found["confidence"])
        optional = _optional(schema)
        self.foreign: list[str] = []
        self.by_field: JsonObject = {}
        sure: list[float] = []
        for name in cast("JsonObject", schema["properties"]):
            value, given = data.get(name), said.get(name)
            one = float(given) if isinstance(given, int | float) else 0.0
            is_empty = value in (None, "", [])
            if is_empty and name not in optional:
                one = 0.0
            if source and not _stands_in(value, source):
                self.foreign.append(name)
                one *= DOUBT
            self.by_field[name] = round(one, 3)
            if not (is_empty and name in optional):
                sure.append(one)
        self.least = min(sure, default=0.0 if optional == set() else 1.0)


def _optional(schema: JsonObject) -> set[str]:
    own, required = schema.get("x-optional"), schema.get("required")
    if isinstance(own, list):
        return {str(one) for one in own}
    needed = required if isinstance(required, list) else []
    return {name for name in cast("JsonObject", schema["properties"]) if name not in needed}


def _stands_in(value: JsonValue, source: str) -> bool:
    """Do its words stand in the source, whatever their case and spacing? Only texts can tell."""
    if isinstance(value, list):
        return all(_stands_in(one, source) for one in value)
    if not isinstance(value, str) or _is_date(value):
        return True
    return _plain(value) in _plain(source)


def _is_date(text: str) -> bool:
    """Written anew by rule, so it need not stand there."""
    return len(text) == 10 and text[4] == text[7] == "-" and text.replace("-", "").isdigit()


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
