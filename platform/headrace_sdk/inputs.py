"""Typed inputs: the fields that a run by hand or by another workflow is started with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from headrace_sdk import fields
from headrace_sdk.context import Choice
from headrace_sdk.conversion import convert
from headrace_sdk.errors import UserError
from headrace_sdk.forms import Params, ValueType
from headrace_sdk.items import Item, JsonObject, JsonValue
from headrace_sdk.node import Arrival

TYPES: Final = ("auto", "text", "number", "boolean", "object", "array")


class TypedInput(Params):
    """One field that a run is started with."""

    name: str = fields.text("Name", placeholder="order_id", expression=False, half=True)
    type: ValueType = fields.select(
        "Type", "auto", labels=fields.choices(TYPES), expression=False, half=True
    )
    required: bool = fields.toggle("Required", False, expression=False)
    description: str = fields.text(
        "Description", "", help="Shown to who starts it.", expression=False
    )


def offered(inputs: Sequence[TypedInput]) -> tuple[Choice, ...]:
    """The rows that the form of a caller offers."""
    return tuple(
        Choice(one.name, one.name, one.type, one.required, one.description)
        for one in inputs
        if one.name
    )


def given_items(
    inputs: Sequence[TypedInput], arrival: Arrival, samples: Sequence[JsonObject]
) -> list[Item]:
    """What a run was started with, each item with its inputs checked.

    Without items its data are one; without these the samples are taken, else one empty item.

    Raises:
        UserError: an input is missing or cannot be converted; `field` is its name.
    """
    given = arrival.items
    if given is None:
        samples = [arrival.data] if arrival.data else samples or [{}]
        given = [Item(sample, arrival.binary) for sample in samples]
    return check_inputs(inputs, given)


def check_inputs(inputs: Sequence[TypedInput], items: Sequence[Item]) -> list[Item]:
    """The items with their inputs converted; fields that nobody declared stay as they are.

    Raises:
        UserError: one is missing or cannot be converted; `field` is its name.
    """
    return [_checked(inputs, item, index) for index, item in enumerate(items)]


def _checked(inputs: Sequence[TypedInput], item: Item, index: int) -> Item:
    if not inputs:
        return item
    values: dict[str, JsonValue] = {}
    for given in inputs:
        value = item.json.get(given.name)
        if value is None and given.required:
            message = f"The input {given.name!r} is missing."
            raise UserError(message, field=given.name, code="missing_input", item=index)
        if given.name in item.json:
            values[given.name] = _converted(given, value, index)
    return Item(item.json | values, item.binary, item.paired)


def _converted(given: TypedInput, value: JsonValue, index: int) -> JsonValue:
    try:
        return convert(value, given.type)
    except UserError as error:
        message = f"The input {given.name!r}: {error.message}"
        raise UserError(message, field=given.name, code=error.code, item=index) from None
