"""Drops what came before."""

from __future__ import annotations

import hashlib
import json as json_text
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
    Params,
    ParamSet,
    Port,
    UserError,
    fields,
)
from headrace_sdk.fields import show_if
from headrace_sdk.paths import MISSING, Edit, parse, read
from headrace_sdk.summaries import names_in

CHUNK: Final = 1_000
MAX_REMEMBERED: Final = 10_000
"""Items of one run that are looked up among those of earlier ones: one request each."""


class Form(Params):
    """What makes two items the same, and how far back to look."""

    compare: Literal["all", "selected", "except"] = fields.select(
        "Two items are the same when these are equal",
        "all",
        labels={"all": "All fields", "selected": "Some fields", "except": "All but some fields"},
        expression=False,
    )
    selected: list[str] = fields.tags(
        "Those fields",
        help="Field names or paths. A missing field equals a missing field.",
        show_if=show_if("compare", "selected", "except"),
        expression=False,
    )
    against: Literal["items", "workflow", "tenant"] = fields.select(
        "Look among",
        "items",
        labels={
            "items": "The items of this run",
            "workflow": "All runs of this workflow",
            "tenant": "All workflows",
        },
        expression=False,
    )
    name: str = fields.text(
        "Name of the memory",
        "",
        help="Nodes with the same name share what they have seen. Empty: this node's own.",
        max_length=100,
        show_if=show_if("against", "workflow", "tenant"),
        expression=False,
        advanced=True,
    )
    ttl_s: float = fields.duration(
        "Forget after",
        30 * 86_400,
        help="0: never.",
        show_if=show_if("against", "workflow", "tenant"),
        expression=False,
    )
    ignore_case: bool = fields.toggle("Ignore case", False, expression=False, advanced=True)

    @model_validator(mode="after")
    def _has_fields(self) -> Self:
        if self.compare != "all" and not self.selected:
            message = "Name at least one field to compare"
            raise ValueError(message)
        return self


class RemoveDuplicates(Node[Form]):
    """Passes on each item once: **New** are the first of their kind, **Seen** are repetitions.

    Look among **the items of this run** to clean a list. Look among **all runs** so that an order
    that is sent twice, or is still there when the schedule comes again, is treated once. What was
    seen is remembered exactly between runs that go on at one moment, and a repeated attempt of the
    step gets the same answer; it stays remembered when a later step fails.

    Texts and numbers differ: `"1"` is not `1`.
    """

    type = "data.remove_duplicates"
    title = "Remove Duplicates"
    category = "data"
    icon = "list-filter"
    synonyms = ("dedupe", "deduplicate", "unique", "distinct", "seen", "once", "idempotent")
    outputs = (Port("new", "New"), Port("seen", "Seen"))
    effect = "read"
    Params = Form
    examples = (
        Example(
            "One of each address",
            {"compare": "selected", "selected": ["mail"], "ignore_case": True},
            [{"id": 1, "mail": "a@x.org"}, {"id": 2, "mail": "A@x.org"}, {"id": 3}],
            {
                "new": [{"id": 1, "mail": "a@x.org"}, {"id": 3}],
                "seen": [{"id": 2, "mail": "A@x.org"}],
            },
        ),
        Example(
            "An order that is sent twice",
            {"compare": "selected", "selected": ["order"], "against": "workflow"},
            [{"order": 7}, {"order": 7}],
            {"new": [{"order": 7}], "seen": [{"order": 7}]},
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """What is compared."""
        compare = params.get("compare")
        names = names_in(params.get("selected"))
        if compare == "except":
            return f"By all but {names}"
        return f"By {names}" if compare == "selected" else "By all fields"

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """Both ports, each in the order of arrival."""
        form, items = params.first, inputs.main
        if form.against != "items" and len(items) > MAX_REMEMBERED:
            message = (
                f"At most {MAX_REMEMBERED} items at a time are compared with earlier runs. "
                "Put a For Each before."
            )
            raise UserError(message, field="against", code="too_many_items")
        outputs: dict[str, list[Item]] = {"new": [], "seen": []}
        known: set[str] = set()
        for index, item in enumerate(items):
            digest = _digest(form, item.json)
            is_new = digest not in known and await _is_new(ctx, form, digest)
            known.add(digest)
            outputs["new" if is_new else "seen"].append(item.at(index))
            if index % CHUNK == CHUNK - 1:
                await ctx.checkpoint()
        return outputs


async def _is_new(ctx: Context, form: Form, digest: str) -> bool:
    if form.against == "items":
        return True
    key = f"seen:{form.name or ctx.node_name}"[:120] + f":{digest}"
    return await ctx.state.compare_set(
        key, None, True, ttl_s=form.ttl_s or None, scope=form.against
    )


def _digest(form: Form, json: JsonObject) -> str:
    value: JsonValue = json
    if form.compare == "selected":
        found = [read(json, parse(name)) for name in form.selected]
        value = [None if one is MISSING else one for one in found]  # type: ignore[misc]
    elif form.compare == "except":
        edit = Edit(json)
        for name in form.selected:
            edit.remove(parse(name))
        value = edit.root
    # Sorted, so that the order of fields does not count.
    text = json_text.dumps(_plain(value, fold=form.ignore_case), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: JsonValue, *, fold: bool) -> JsonValue:
    """Equal values in one form: 1.0 is 1."""
    if isinstance(value, dict):
        return {key: _plain(part, fold=fold) for key, part in value.items()}
    if isinstance(value, list):
        return [_plain(part, fold=fold) for part in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value.casefold() if fold and isinstance(value, str) else value
