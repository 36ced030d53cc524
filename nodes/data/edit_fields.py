"""Sets, renames and removes fields."""

from __future__ import annotations

from typing import Any, Final, Literal

from headrace_sdk import (
    Assignment,
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
    UserError,
    fields,
    to_main,
)
from headrace_sdk.conversion import convert
from headrace_sdk.fields import show_if
from headrace_sdk.paths import MISSING, Edit, Path, parse, read
from headrace_sdk.summaries import names_in

CHUNK: Final = 1_000


class Rename(Params):
    """One field and its new name."""

    field: str = fields.text("Field", placeholder="customer.mail", half=True)
    name: str = fields.text("New name", placeholder="email", half=True)


class Form(Params):
    """What changes."""

    mode: Literal["fields", "json"] = fields.select(
        "Set",
        "fields",
        labels={"fields": "Field by field", "json": "By a JSON object"},
        expression=False,
    )
    assignments: list[Assignment] = fields.assignments(
        "Fields to set",
        help="Dots make objects: order.total sets total inside order.",
        show_if=show_if("mode", "fields"),
    )
    data: Any = fields.json(
        "Object",
        dict,
        help="Its fields are set on every item.",
        show_if=show_if("mode", "json"),
    )
    keep: Literal["all", "selected", "except", "none"] = fields.select(
        "Of the other fields keep",
        "all",
        labels={
            "all": "All",
            "selected": "Only some",
            "except": "All but some",
            "none": "None",
        },
    )
    selected: list[str] = fields.tags(
        "Those fields",
        help="Field names or paths.",
        show_if=show_if("keep", "selected", "except"),
    )
    rename: list[Rename] = fields.rows("Rename", add="Rename a field", advanced=True)
    remove: list[str] = fields.tags(
        "Remove", help="Fields to take out before others are set.", advanced=True
    )
    dots: bool = fields.toggle(
        "Dots make paths", True, help="Off: a.b is one name with a dot in it.", advanced=True
    )
    ignore_errors: bool = fields.toggle(
        "Keep values that cannot be converted",
        False,
        help="Off: a value that is not of its chosen type fails the node.",
        advanced=True,
    )
    keep_files: bool = fields.toggle("Keep files", True, advanced=True)


class EditFields(Node[Form]):
    """Sets, renames and removes the fields of every item.

    Use it to give data the shape that comes next needs: compute a field from others, keep a few
    of many, rename, change types. First it decides which of the item's fields stay, then it
    renames, then removes, then sets. Names may be paths: `order.lines[0].sku`.

    One item comes out for each that goes in. The items that came in are not changed, so other
    branches see them as they were.
    """

    type = "data.edit_fields"
    title = "Edit Fields"
    category = "data"
    icon = "pencil-line"
    synonyms = ("set", "map", "rename", "remove", "assign", "transform", "keep", "cast")
    Params = Form
    examples = (
        Example(
            "Set two fields",
            {
                "assignments": [
                    {"name": "status", "value": "new"},
                    {"name": "order.total", "type": "number", "value": "12.50"},
                ]
            },
            [{"id": 1, "order": {"lines": 2}}],
            {"main": [{"id": 1, "order": {"lines": 2, "total": 12.5}, "status": "new"}]},
        ),
        Example(
            "Keep and rename",
            {
                "keep": "selected",
                "selected": ["id", "customer.mail"],
                "rename": [{"field": "customer.mail", "name": "email"}],
                "remove": ["customer"],
            },
            [{"id": 1, "customer": {"mail": "a@example.com", "age": 40}, "other": True}],
            {"main": [{"id": 1, "email": "a@example.com"}]},
        ),
        Example(
            "Replace by an object",
            {"mode": "json", "data": {"done": True}, "keep": "none"},
            [{"id": 1}],
            {"main": [{"done": True}]},
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The names of the fields it sets."""
        return names_in(params.get("assignments"))

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """One new item for each."""
        out: list[Item] = []
        for index, item in enumerate(inputs.main):
            form = params[index]
            try:
                json = _edited(form, item.json)
            except UserError as error:
                error.item = index
                raise
            binary = item.binary if form.keep_files else None
            out.append(Item(json, binary, (Pair(0, index),)))
            if index % CHUNK == CHUNK - 1:
                await ctx.checkpoint()
        return to_main(out)


def _edited(form: Form, original: JsonObject) -> JsonObject:
    edit = _kept(form, original)
    for rename in form.rename:
        _rename(edit, _path(form, rename.field), _path(form, rename.name))
    for name in form.remove:
        edit.remove(_path(form, name))
    if form.mode == "json":
        edit.root.update(_object(form.data))
        return edit.root
    for assignment in form.assignments:
        edit.set(_path(form, assignment.name), _value(form, assignment))
    return edit.root


def _kept(form: Form, original: JsonObject) -> Edit:
    if form.keep == "all":
        return Edit(original)
    if form.keep == "except":
        edit = Edit(original)
        for name in form.selected:
            edit.remove(_path(form, name))
        return edit
    edit = Edit({})
    for name in form.selected if form.keep == "selected" else ():
        path = _path(form, name)
        value = read(original, path)
        if value is not MISSING:
            edit.set(path, value)  # type: ignore[arg-type]
    return edit


def _rename(edit: Edit, path: Path, new: Path) -> None:
    value = read(edit.root, path)
    if value is not MISSING:
        edit.remove(path)
        edit.set(new, value)  # type: ignore[arg-type]


def _path(form: Form, name: str) -> Path:
    return parse(name) if form.dots else (name,)


def _value(form: Form, assignment: Assignment) -> Any:
    if assignment.type == "auto":
        return assignment.value
    try:
        return convert(assignment.value, assignment.type)
    except UserError as error:
        if form.ignore_errors:
            return assignment.value
        message = f"Field {assignment.name!r}: {error.message}"
        raise UserError(message, field="assignments", code=error.code) from None


def _object(data: Any) -> JsonObject:
    value = convert(data, "object")
    return value if isinstance(value, dict) else {}
