"""A node's parameters: a valid schema, a control and words for each, defaults that are allowed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, get_args, get_origin

from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from jsonschema.exceptions import SchemaError  # type: ignore[import-untyped]
from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from headrace_sdk import fields
from headrace_sdk.conformance.violation import Violation
from headrace_sdk.forms import Params
from headrace_sdk.node import AnyNode


def check_form(node_class: AnyNode) -> Iterator[Violation]:
    """Violations in the parameters and in the schema of the output."""
    if not issubclass(getattr(node_class, "Params", object), Params):
        yield Violation.of(node_class, "params", "`Params` is a subclass of headrace_sdk.Params.")
        return
    yield from _check_schemas(node_class)
    yield from _check_fields(node_class, node_class.Params)
    yield from _check_options(node_class)
    for example in node_class.examples:
        try:
            node_class.Params.model_validate(example.params)
        except ValidationError as error:
            message = f"The parameters of {example.title!r} do not fit: {error}"
            yield Violation.of(node_class, "example", message)


def _check_schemas(node_class: AnyNode) -> Iterator[Violation]:
    for schema in (node_class.Params.model_json_schema(), node_class.output_schema or {}):
        try:
            Draft202012Validator.check_schema(schema)
        except SchemaError as error:
            yield Violation.of(node_class, "schema", f"Not a JSON Schema: {error.message}.")


def _check_fields(node_class: AnyNode, form: type[Params]) -> Iterator[Violation]:
    for name, field in form.model_fields.items():
        ui = fields.ui_of(field)
        if ui.get("widget") not in fields.WIDGETS:
            message = f"Make {name!r} with a function of headrace_sdk.fields."
            yield Violation.of(node_class, "widget", message)
        if not field.title:
            yield Violation.of(node_class, "label", f"Give {name!r} a label.")
        if not field.description and not _is_obvious(field, ui):
            yield Violation.of(node_class, "help", f"Give {name!r} a help text.")
        yield from _check_show_if(node_class, form, name, ui)
        yield from _check_default(node_class, name, field)
        if ui.get("widget") == "list":
            yield from _check_rows(node_class, field)


def _is_obvious(field: FieldInfo, ui: Mapping[str, Any]) -> bool:
    """A choice, a switch or a row builder whose label says it all, or a placeholder that does."""
    return bool(ui.get("placeholder")) or ui.get("widget") in _OBVIOUS or not field.is_required()


_OBVIOUS = frozenset(("select", "multiselect", "toggle", "list", "conditions", "assignments"))


def _check_show_if(
    node_class: AnyNode, form: type[Params], name: str, ui: Mapping[str, Any]
) -> Iterator[Violation]:
    condition = ui.get("show_if")
    if condition and condition["field"] not in form.model_fields:
        message = f"{name!r} depends on {condition['field']!r}, which the form does not have."
        yield Violation.of(node_class, "show_if", message)


def _check_default(node_class: AnyNode, name: str, field: FieldInfo) -> Iterator[Violation]:
    if field.is_required():
        return
    default = field.get_default(call_default_factory=True, validated_data={})
    try:
        TypeAdapter[Any](field.annotation or object).validate_python(default)
    except ValidationError as error:
        yield Violation.of(node_class, "default", f"The default of {name!r} is refused: {error}")


def _check_rows(node_class: AnyNode, field: FieldInfo) -> Iterator[Violation]:
    arguments = get_args(field.annotation) if get_origin(field.annotation) is list else ()
    if len(arguments) == 1 and isinstance(arguments[0], type) and issubclass(arguments[0], Params):
        yield from _check_fields(node_class, arguments[0])
    else:
        yield Violation.of(node_class, "widget", "A list control holds rows of one Params class.")


def _check_options(node_class: AnyNode) -> Iterator[Violation]:
    for name, field in node_class.Params.model_fields.items():
        method = fields.ui_of(field).get("options_from")
        if method and not callable(getattr(node_class, method, None)):
            message = f"{name!r} takes its options from {method!r}, which is no method."
            yield Violation.of(node_class, "options_from", message)
