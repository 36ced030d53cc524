"""Tells what changed between two lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, Self

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
from headrace_sdk.comparison import equal, fingerprint, loosely_equal
from headrace_sdk.fields import show_if
from headrace_sdk.paths import MISSING, Missing, parse, read
from headrace_sdk.summaries import names_in
from headrace_sdk.texts import as_text

CHUNK: Final = 1_000
A, B = 0, 1


class Form(Params):
    """What belongs together, and what counts as a change."""

    keys: list[str] = fields.tags(
        "Key fields",
        placeholder="id",
        help="Items of A and B with equal values here are the same thing.",
        expression=False,
    )
    compare: Literal["all", "selected", "except"] = fields.select(
        "Compare",
        "all",
        labels={"all": "All fields", "selected": "Some fields", "except": "All but some fields"},
        expression=False,
    )
    selected: list[str] = fields.tags(
        "Those fields",
        help="Field names; those of Compare some may be paths.",
        show_if=show_if("compare", "selected", "except"),
        expression=False,
    )
    loose: bool = fields.toggle(
        'Take "1" for 1', False, help="Texts that say the number are equal to it.", expression=False
    )
    give: Literal["both", "before", "after"] = fields.select(
        "A changed item comes out as",
        "both",
        labels={"both": "Both, with what changed", "before": "That of A", "after": "That of B"},
        expression=False,
    )

    @model_validator(mode="after")
    def _has_keys(self) -> Self:
        if not self.keys:
            message = "Name at least one key field"
            raise ValueError(message)
        return self


class CompareDatasets(Node[Form]):
    """Compares the items of **A** (before) with those of **B** (after), by their keys.

    **Added** are in B only, **Removed** in A only, **Changed** in both with different fields,
    **Same** in both and equal. A changed item is `{"key", "before", "after", "changed"}`, unless
    you ask for one of the two. Where several items share a key, they are paired in their order.

    Use it to bring one system in line with another: create what was added, update what changed.
    """

    type = "data.compare_datasets"
    title = "Compare Datasets"
    category = "data"
    icon = "arrow-left-right"
    synonyms = ("diff", "sync", "difference", "added", "removed", "changed", "reconcile")
    inputs = (Port("a", "A"), Port("b", "B"))
    outputs = (
        Port("added", "Added"),
        Port("removed", "Removed"),
        Port("changed", "Changed"),
        Port("same", "Same"),
    )
    Params = Form
    examples = (
        Example(
            "Prices of yesterday and today",
            {"keys": ["sku"]},
            inputs={
                "a": [{"sku": "x", "price": 1}, {"sku": "y", "price": 2}, {"sku": "old"}],
                "b": [{"sku": "y", "price": 3}, {"sku": "x", "price": 1.0}, {"sku": "new"}],
            },
            output={
                "added": [{"sku": "new"}],
                "removed": [{"sku": "old"}],
                "changed": [
                    {
                        "key": {"sku": "y"},
                        "before": {"sku": "y", "price": 2},
                        "after": {"sku": "y", "price": 3},
                        "changed": ["price"],
                    }
                ],
                "same": [{"sku": "x", "price": 1.0}],
            },
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The key fields."""
        return f"By {names_in(params.get('keys'))}".strip()

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """Four ports: three in the order of B, and what was removed in that of A."""
        form = params.first
        before, after = inputs.get("a", ()), inputs.get("b", ())
        waiting = _by_key(form, before, "A")
        out: dict[str, list[Item]] = {"added": [], "removed": [], "changed": [], "same": []}
        for index, item in enumerate(after):
            partners = waiting.get(_key(form, item.json))
            if partners:
                port, found = _compared(form, before, partners.pop(0), item, index)
                out[port].append(found)
            else:
                out["added"].append(item.at(index, B))
            if index % CHUNK == CHUNK - 1:
                await ctx.checkpoint()
        left = sorted(place for places in waiting.values() for place in places)
        out["removed"] = [before[place].at(place, A) for place in left]
        return out


def _by_key(form: Form, items: Sequence[Item], name: str) -> dict[object, list[int]]:
    found: dict[object, list[int]] = {}
    for place, item in enumerate(items):
        found.setdefault(_key(form, item.json), []).append(place)
    if len(items) and all(key == _key(form, {}) for key in found):
        message = f"No item of {name} has the fields {', '.join(form.keys)}. Check their names."
        raise UserError(message, field="keys", code="no_keys")
    return found


def _key(form: Form, json: JsonObject) -> object:
    values = (_value(json, name) for name in form.keys)
    return tuple(as_text(value) if form.loose else fingerprint(value) for value in values)


def _value(json: JsonObject, name: str) -> JsonValue:
    value = read(json, parse(name))
    return None if value is MISSING else value  # type: ignore[return-value]


def _compared(
    form: Form, before: Sequence[Item], place: int, item: Item, index: int
) -> tuple[str, Item]:
    old = before[place]
    changed = _changed(form, old.json, item.json)
    pairs = (Pair(A, place), Pair(B, index))
    if not changed:
        return "same", Item(item.json, item.binary, pairs)
    if form.give == "both":
        key: JsonObject = {name: _value(item.json, name) for name in form.keys}
        names: list[JsonValue] = [*changed]
        json: JsonObject = {"key": key, "before": old.json, "after": item.json, "changed": names}
        return "changed", Item(json, item.binary, pairs)
    chosen = old if form.give == "before" else item
    return "changed", Item(chosen.json, chosen.binary, pairs)


def _changed(form: Form, old: JsonObject, new: JsonObject) -> list[str]:
    names = list(form.selected) if form.compare == "selected" else [*dict.fromkeys([*old, *new])]
    if form.compare == "except":
        names = [name for name in names if name not in form.selected]
    if form.compare == "selected":
        pairs = [(name, read(old, parse(name)), read(new, parse(name))) for name in names]
    else:
        pairs = [(name, old.get(name, MISSING), new.get(name, MISSING)) for name in names]
    return [name for name, first, second in pairs if not _is_equal(form, first, second)]


def _is_equal(form: Form, old: JsonValue | Missing, new: JsonValue | Missing) -> bool:
    if isinstance(old, Missing) or isinstance(new, Missing):
        return old is new
    return loosely_equal(old, new) if form.loose else equal(old, new)
