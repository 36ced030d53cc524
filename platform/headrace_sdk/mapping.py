"""For nodes that compute something of each item alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from headrace_sdk.context import Context
from headrace_sdk.errors import NodeError
from headrace_sdk.items import Item, JsonObject, JsonValue, Outputs, Pair, to_main
from headrace_sdk.paths import Edit, parse

CHUNK: Final = 1_000


async def map_items(
    ctx: Context, items: Sequence[Item], change: Callable[[int, Item], JsonObject]
) -> Outputs:
    """One item for each, with the JSON that `change` gives; its errors name the item."""
    out: list[Item] = []
    for index, item in enumerate(items):
        try:
            json = change(index, item)
        except NodeError as error:
            error.item = index
            raise
        out.append(Item(json, item.binary, (Pair(0, index),)))
        if index % CHUNK == CHUNK - 1:
            await ctx.checkpoint()
    return to_main(out)


def with_field(json: JsonObject, path: str, value: JsonValue) -> JsonObject:
    """The object with a value at a path; an empty path takes an object as the whole.

    Raises:
        UserError: `invalid_path`.
    """
    if not path:
        return value if isinstance(value, dict) else {"result": value}
    edit = Edit(json)
    edit.set(parse(path), value)
    return edit.root


def one_of_all(items: Sequence[Item], json: JsonObject) -> Outputs:
    """One item that comes of all of them."""
    return to_main([Item(json, None, tuple(Pair(0, index) for index in range(len(items))))])
