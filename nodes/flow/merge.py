"""Waits for several branches and makes one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final, Literal, Self, cast

from pydantic import model_validator

from headrace_sdk import (
    Context,
    Example,
    FileRef,
    Inputs,
    Item,
    JoinRule,
    JsonObject,
    JsonValue,
    Node,
    Outputs,
    Pair,
    Params,
    ParamSet,
    Port,
    PortsFrom,
    UserError,
    fields,
    to_main,
)
from headrace_sdk.apart import run_apart
from headrace_sdk.comparison import fingerprint
from headrace_sdk.fields import show_if
from headrace_sdk.paths import MISSING, Path, parse, read

MAX_ITEMS: Final = 100_000
CHUNK: Final = 1_000
YEAR_S: Final = 366 * 86_400


class Form(Params):
    """How the branches become one."""

    mode: Literal["append", "position", "key", "sql"] = fields.select(
        "How",
        "append",
        labels={
            "append": "One list after the other",
            "position": "Join the first with the first, and so on",
            "key": "Join items with the same key",
            "sql": "Ask for them with SQL",
        },
        expression=False,
    )
    inputs: list[str] = fields.tags(
        "Inputs",
        lambda: ["1", "2"],
        at_least=2,
        at_most=10,
        help="One port for each name, 2 to 10.",
        expression=False,
    )
    wait_for: Literal["all", "first", "some"] = fields.select(
        "Go on",
        "all",
        labels={
            "all": "When everything is there that can still come",
            "first": "With the first branch that comes",
            "some": "When so many branches have come",
        },
        expression=False,
    )
    branches: int = fields.number(
        "Branches",
        2,
        minimum=1,
        maximum=10,
        show_if=show_if("wait_for", "some"),
        expression=False,
    )
    cancel_rest: bool = fields.toggle(
        "Stop what is not needed any more",
        help="Steps that lead nowhere but here are stopped once this one has enough.",
        show_if=show_if("wait_for", "first", "some"),
        expression=False,
    )
    timeout_s: float = fields.duration(
        "Wait no longer than",
        0,
        minimum=0,
        maximum=YEAR_S,
        help="Counted from the first branch that comes; then it goes on with what it has. "
        "0: as long as it takes.",
        expression=False,
        advanced=True,
    )
    keys: list[str] = fields.tags(
        "Key fields",
        list,
        help="Items belong together when all of these fields are equal, such as order.id.",
        placeholder="id",
        show_if=show_if("mode", "key"),
    )
    other_keys: list[str] = fields.tags(
        "Key fields in the other inputs",
        list,
        help="In the same order, where the names differ. Empty: the same names.",
        show_if=show_if("mode", "key"),
        advanced=True,
    )
    keep: Literal["matched", "first", "all", "unmatched"] = fields.select(
        "Keep",
        "matched",
        labels={
            "matched": "Only what is in every input",
            "first": "All of the first input, joined where possible",
            "all": "Everything, joined where possible",
            "unmatched": "Only what has no partner",
        },
        show_if=show_if("mode", "key"),
    )
    sql: str = fields.code(
        "Statement",
        "",
        language="sql",
        help="Of SQLite. Each input is a table by its name; those named 1, 2, … are input1, "
        "input2, … An input without items is an empty table with the column id.",
        show_if=show_if("mode", "sql"),
        expression=False,
    )
    unpaired: Literal["keep", "drop"] = fields.select(
        "Where one input has more items",
        "keep",
        labels={"keep": "Keep the rest", "drop": "Drop the rest"},
        show_if=show_if("mode", "position"),
    )
    clash: Literal["last", "first", "both"] = fields.select(
        "Where two have the same field",
        "last",
        labels={
            "last": "The later input wins",
            "first": "The earlier input wins",
            "both": "Keep both, the later one as field_input",
        },
        show_if=show_if("mode", "position", "key"),
        advanced=True,
    )

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if "" in self.inputs or len(set(self.inputs)) < len(self.inputs):
            message = "Give every input a name of its own"
            raise ValueError(message)
        if self.mode == "key" and not self.keys:
            message = "Name at least one key field"
            raise ValueError(message)
        if self.mode == "sql" and len(set(_tables(self.inputs))) < len(self.inputs):
            message = "Name the inputs so that they differ by more than capitals"
            raise ValueError(message)
        if self.other_keys and len(self.other_keys) != len(self.keys):
            message = "Name as many key fields for the other inputs as for the first"
            raise ValueError(message)
        return self


@dataclass(frozen=True, slots=True)
class Row:
    """An item in the making, and its key."""

    json: JsonObject
    binary: dict[str, FileRef]
    paired: tuple[Pair, ...]
    key: object = None

    def item(self) -> Item:
        """The finished item."""
        return Item(self.json, self.binary or None, self.paired)


class Merge(Node[Form]):
    """Waits for all connected branches and makes one list of their items.

    - **One list after the other**: everything from the first input, then from the second, …
    - **By position**: the first items of all inputs become one item, then the second ones, …
    - **By key**: items whose key fields are equal become one item, as a database join does. An
      item with several partners comes out once for each. Items without the key match nothing.
    - **With SQL**: one `select` over the inputs as tables, for whatever joins, groups and sums. In
      it true and false are 1 and 0, lists and objects JSON. Files stay behind.

    A branch that was not taken is not waited for: after an **If**, Merge goes on with what came.
    The order is that of the inputs, never that of arrival.

    It can also go on with the first branch that comes, or with so many, or after some time with
    what it has; what comes later goes nowhere, and can be stopped.
    """

    type = "flow.merge"
    title = "Merge"
    category = "flow"
    icon = "merge"
    synonyms = ("join", "combine", "append", "union", "enrich", "lookup")
    inputs = (Port("1", "Input 1"), Port("2", "Input 2"))
    inputs_from = PortsFrom("inputs[]")
    join = "all"
    Params = Form
    examples = (
        Example(
            "One list after the other",
            {"inputs": ["1", "2"]},
            inputs={"1": [{"id": 1}], "2": [{"id": 2}]},
            output={"main": [{"id": 1}, {"id": 2}]},
        ),
        Example(
            "Join orders with customers",
            {
                "mode": "key",
                "inputs": ["orders", "customers"],
                "keys": ["customer"],
                "other_keys": ["id"],
                "keep": "first",
            },
            inputs={
                "orders": [{"no": 1, "customer": 7}, {"no": 2, "customer": 9}],
                "customers": [{"id": 7, "name": "Anna"}],
            },
            output={
                "main": [
                    {"no": 1, "customer": 7, "id": 7, "name": "Anna"},
                    {"no": 2, "customer": 9},
                ]
            },
        ),
        Example(
            "By position",
            {"mode": "position", "inputs": ["1", "2"], "clash": "both"},
            inputs={"1": [{"a": 1}, {"a": 2}], "2": [{"a": 9, "b": 8}]},
            output={"main": [{"a": 1, "a_2": 9, "b": 8}, {"a": 2}]},
        ),
        Example(
            "What each customer ordered, with SQL",
            {
                "mode": "sql",
                "inputs": ["orders", "customers"],
                "sql": "select name, sum(total) as total from orders "
                "join customers on customers.id = orders.customer group by name order by name",
            },
            inputs={
                "orders": [{"customer": 7, "total": 5}, {"customer": 7, "total": 6}],
                "customers": [{"id": 7, "name": "Anna"}],
            },
            output={"main": [{"name": "Anna", "total": 11}]},
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The way of joining."""
        words = {"append": "Append", "position": "By position", "key": "By key", "sql": "SQL"}
        return words.get(str(params.get("mode", "append")), "")

    @classmethod
    def join_rule(cls, params: JsonObject) -> JoinRule:
        """As the form says; what makes no sense counts as the default."""
        wanted, at_most = params.get("branches"), params.get("timeout_s")
        some = wanted if isinstance(wanted, int) and wanted >= 1 else 1
        wait_for = params.get("wait_for")
        limit_s = float(at_most) if isinstance(at_most, int | float) else 0.0
        return JoinRule(
            {"first": 1, "some": some}.get(str(wait_for), "all"),
            timeout_s=limit_s if 0 < limit_s <= YEAR_S else None,
            cancel_rest=wait_for in {"first", "some"} and params.get("cancel_rest") is True,
        )

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """The joined items, each with all its ancestors."""
        form = params.first
        if form.mode == "sql":
            return to_main(await _by_sql(form, inputs))
        ports = [_rows(inputs.get(name, ()), place) for place, name in enumerate(form.inputs)]
        if form.mode == "append":
            return to_main([row.item() for rows in ports for row in rows])
        if form.mode == "position":
            return to_main(_by_position(form, ports))
        return to_main(await _by_key(ctx, form, ports))


async def _by_sql(form: Form, inputs: Inputs) -> list[Item]:
    named = zip(form.inputs, _tables(form.inputs), strict=True)
    tables: JsonObject = {
        table: cast("JsonValue", [item.json for item in inputs.get(name, ())])
        for name, table in named
    }
    given: JsonObject = {"tables": tables, "sql": form.sql, "limit": MAX_ITEMS}
    rows, _ = await run_apart("nodes.database.sqlite_work:query", given)
    found = cast("list[JsonObject]", rows)
    if len(found) > MAX_ITEMS:
        message = f"This gives more than {MAX_ITEMS} items. Narrow it, or add a limit."
        raise UserError(message, field="sql", code="too_many_items")
    # A row can come from any of the items; it names them all, unless that were too much to keep.
    whole = tuple(
        Pair(place, index)
        for place, name in enumerate(form.inputs)
        for index in range(len(inputs.get(name, ())))
    )
    pairs = whole if len(whole) * len(found) <= MAX_ITEMS else ()
    return [Item(row, None, pairs) for row in found]


def _tables(inputs: Sequence[str]) -> Sequence[str]:
    """What the inputs are called in SQL, where capitals do not count."""
    return [f"input{name}" if name.isdecimal() else name.lower() for name in inputs]


def _rows(items: Sequence[Item], place: int) -> list[Row]:
    return [
        Row(item.json, dict(item.binary or {}), (Pair(place, index),))
        for index, item in enumerate(items)
    ]


def _by_position(form: Form, ports: Sequence[Sequence[Row]]) -> list[Item]:
    shortest = min(len(rows) for rows in ports)
    joined: list[Item] = []
    for position, group in enumerate(zip_longest(*ports)):
        if form.unpaired == "drop" and position >= shortest:
            break
        merged: Row | None = None
        for name, row in zip(form.inputs, group, strict=True):
            merged = _joined(form, merged, row, name) if merged and row else merged or row
        if merged:
            joined.append(merged.item())
    return joined


async def _by_key(ctx: Context, form: Form, ports: Sequence[Sequence[Row]]) -> list[Item]:
    first = [parse(path) for path in form.keys]
    others = [parse(path) for path in form.other_keys] or first
    keyed = [
        [_with_key(row, others if place else first) for row in rows]
        for place, rows in enumerate(ports)
    ]
    if form.keep == "unmatched":
        return [row.item() for row in _without_partner(keyed)]
    found = keyed[0]
    for name, rows in zip(form.inputs[1:], keyed[1:], strict=True):
        found = _join(form, found, rows, name)
        await ctx.checkpoint()
    return [row.item() for row in found]


def _with_key(row: Row, paths: Sequence[Path]) -> Row:
    values = [read(row.json, path) for path in paths]
    whole = not any(value is None or value is MISSING for value in values)
    key = tuple(fingerprint(value) for value in values) if whole else None  # type: ignore[arg-type]
    return Row(row.json, row.binary, row.paired, key)


def _without_partner(keyed: Sequence[Sequence[Row]]) -> list[Row]:
    keys = [{row.key for row in rows if row.key is not None} for rows in keyed]
    return [
        row
        for place, rows in enumerate(keyed)
        for row in rows
        if not any(row.key in other for at, other in enumerate(keys) if at != place)
    ]


def _join(form: Form, left: Sequence[Row], right: Sequence[Row], name: str) -> list[Row]:
    partners: dict[object, list[Row]] = {}
    for row in right:
        partners.setdefault(row.key, []).append(row)
    partners.pop(None, None)
    out: list[Row] = []
    for row in left:
        found = partners.get(row.key, ())
        out += [_joined(form, row, partner, name) for partner in found]
        if not found and form.keep != "matched":
            out.append(row)
        if len(out) > MAX_ITEMS:
            message = (
                f"These keys join into more than {MAX_ITEMS} items: too many items share one "
                "key. Choose key fields that name one item each."
            )
            raise UserError(message, field="keys", code="too_many_items")
    if form.keep == "all":
        known = {row.key for row in left}
        out += [row for row in right if row.key is None or row.key not in known]
    return out


def _joined(form: Form, left: Row, right: Row, name: str) -> Row:
    if form.clash == "both":
        renamed = {
            f"{field}_{name}" if field in left.json else field: value
            for field, value in right.json.items()
        }
        json = left.json | renamed
    else:
        json = left.json | right.json if form.clash == "last" else right.json | left.json
    return Row(json, left.binary | right.binary, left.paired + right.paired, left.key)
