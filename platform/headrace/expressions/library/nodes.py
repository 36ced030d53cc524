"""What `$input` and `$("Node")` can do. `.item` and `.isExecuted` are part of the grammar."""

from __future__ import annotations

from typing import Final

from headrace.expressions.library.functions import Table
from headrace.expressions.scope import ItemsView
from headrace.expressions.values.kinds import UNDEFINED, Value

ITEMS: Final = Table("Items", has_receiver=True)


@ITEMS.add("all()", "$input.all().length", is_linear=False)
def all_(view: ItemsView) -> list[Value]:
    """Every item, in order."""
    return view.all()


@ITEMS.add("first()", "$input.first().json", is_linear=False)
def first(view: ItemsView) -> Value:
    """The first item, `undefined` when there is none."""
    return next(iter(view.all()), UNDEFINED)


@ITEMS.add("last()", "$input.last().json", is_linear=False)
def last(view: ItemsView) -> Value:
    """The last item, `undefined` when there is none."""
    return next(reversed(view.all()), UNDEFINED)
