"""The workflows that are measured, what is posted to them, and what must come back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.support.running import webhook
from tests.support.stub import Stub
from tests.support.workflows import document, node, sets, when

BRANCHES = 10
CODE_ITEMS = 100


@dataclass(frozen=True)
class Scenario:
    """`request` makes the body of the n-th post; `is_right` looks at the whole answer to it."""

    name: str
    title: str
    document: dict[str, Any]
    request: Callable[[int], Any]
    is_right: Callable[[int, Any], bool]

    @property
    def address(self) -> str:
        """The path of its webhook."""
        return f"/webhook/{self.name}"


def plain() -> Scenario:
    """The trigger's item comes back by way of one node that does nothing."""
    flow = document([_hook("plain"), node("end", "flow.no_op")], "hook -> end")
    return Scenario(
        "plain",
        "webhook, answered with the last node's data",
        flow,
        _order,
        lambda number, body: body["body"] == _order(number),
    )


def fields() -> Scenario:
    """Five expressions, a decision, and an answer of its own on either side."""
    flow = document(
        [
            webhook("fields", respond="respond_node"),
            node("edit", "data.edit_fields", _five("$json.body")),
            node("large", "flow.if", when("{{ $json.total }}", "gt", 100)),
            node("yes", "web.respond"),
            node("no", "web.respond", {"status": 200}),
        ],
        "hook -> edit",
        "edit -> large",
        "large.true -> yes",
        "large.false -> no",
    )
    return Scenario(
        "fields",
        "webhook, Edit Fields (5 expressions), If, answer",
        flow,
        _order,
        lambda number, body: body == _edited(_order(number)),
    )


def chain(length: int) -> Scenario:
    """Each node adds one to what the one before it made."""
    ids = [f"n{index}" for index in range(length)]
    first = node(
        ids[0], "data.edit_fields", {"keep": "none", **sets("n", "{{ $json.body.n + 1 }}")}
    )
    rest = [node(one, "data.edit_fields", sets("n", "{{ $json.n + 1 }}")) for one in ids[1:]]
    edges = [f"{one} -> {two}" for one, two in zip(["hook", *ids], ids, strict=False)]
    name = f"chain-{length}"
    return Scenario(
        name,
        f"chain of {length} Edit Fields (1 expression each)",
        document([_hook(name), first, *rest], *edges),
        lambda number: {"n": number},
        lambda number, body: body == {"n": number + length},
    )


def items(count: int) -> Scenario:
    """A list becomes items, items are edited, divided, sorted, and become a list again."""
    name = f"items-{count}"
    flow = document(
        [
            _hook(name),
            node("split", "data.split_out", {"field": "body.rows"}),
            node("edit", "data.edit_fields", _five("$json")),
            node("large", "flow.if", when("{{ $json.total }}", "gt", 100)),
            node("sort", "data.sort", {"keys": [{"field": "total", "order": "desc"}]}),
            node("list", "data.aggregate", {"into": "rows"}),
        ],
        "hook -> split",
        "split -> edit",
        "edit -> large",
        "large.true -> sort",
        "sort -> list",
    )

    def expected(number: int) -> list[dict[str, Any]]:
        edited = [_edited(_order(number + index)) for index in range(count)]
        kept = [row for row in edited if row["total"] > 100]
        return sorted(kept, key=lambda row: row["total"], reverse=True)

    return Scenario(
        name,
        f"{count:,} items: Split Out, Edit Fields (5 expressions), If, Sort, Aggregate",
        flow,
        lambda number: {"rows": [_order(number + index) for index in range(count)]},
        lambda number, body: body == {"rows": expected(number)},
    )


def loop(turns: int, batch_size: int = 1) -> Scenario:
    """A list goes round, so many of its items a turn; the last result comes back."""
    name = f"loop-{turns}x{batch_size}"
    count = turns * batch_size
    flow = document(
        [
            _hook(name),
            node("split", "data.split_out", {"field": "body.rows"}),
            node("loop", "flow.for_each", {"batch_size": batch_size}),
            node("double", "data.edit_fields", sets("double", "{{ $json.n * 2 }}")),
            node("end", "data.limit", {"count": 1, "take": "last"}),
        ],
        "hook -> split",
        "split -> loop",
        "loop.loop -> double",
        "double -> loop",
        "loop.done -> end",
    )
    return Scenario(
        name,
        f"loop of {turns:,} turns, {batch_size} items each",
        flow,
        lambda number: {"rows": [{"n": number + index} for index in range(count)]},
        lambda number, body: body["double"] == 2 * (number + count - 1),
    )


def code(*, per_item: bool) -> Scenario:
    """A list becomes a hundred items, code changes them all at once or one by one, all come back."""
    name = "code-each" if per_item else "code-all"
    source = (
        "item.json.total = item.json.price * item.json.count;\nreturn item;"
        if per_item
        else "for (const { json } of items) json.total = json.price * json.count;\nreturn items;"
    )
    work = node("work", "code.javascript", {"mode": "each" if per_item else "all", "code": source})
    flow = document(
        [
            _hook(name, response_data="all_items"),
            node("split", "data.split_out", {"field": "body.rows"}),
            work,
        ],
        "hook -> split",
        "split -> work",
    )

    def rows(number: int) -> list[dict[str, Any]]:
        return [_order(number + index) for index in range(CODE_ITEMS)]

    return Scenario(
        name,
        f"Split Out, JavaScript over {CODE_ITEMS} items, {'each' if per_item else 'all at once'}",
        flow,
        lambda number: {"rows": rows(number)},
        lambda number, body: (
            body == [row | {"total": row["price"] * row["count"]} for row in rows(number)]
        ),
    )


def parallel(stub: Stub) -> Scenario:
    """Ten calls of 50 ms at the same time, then a Merge of their answers."""
    names = [str(index + 1) for index in range(BRANCHES)]
    calls = [
        node(f"c{name}", "web.http_request", {"url": stub.url(f"/{name}?delay_s=0.05")})
        for name in names
    ]
    merge = node("merge", "flow.merge", {"mode": "append", "inputs": names})
    flow = document(
        [_hook("parallel", response_data="all_items"), *calls, merge],
        *[f"hook -> c{name}" for name in names],
        *[f"c{name} -> merge.{name}" for name in names],
    )
    return Scenario(
        "parallel",
        "ten parallel HTTP calls of 50 ms, then Merge",
        flow,
        _order,
        lambda _, body: [row["path"] for row in body] == [f"/{name}" for name in names],
    )


def _hook(path: str, **params: Any) -> dict[str, Any]:
    return webhook(path, respond="last_node", **params)


def _order(number: int) -> dict[str, Any]:
    return {
        "n": number,
        "name": f"Customer {number}",
        "price": number % 37 + 1,
        "count": number % 11 + 1,
        "tags": ["new", "web"],
    }


def _five(root: str) -> dict[str, Any]:
    """Edit Fields with five expressions over an order."""
    values = {
        "n": f"{{{{ {root}.n }}}}",
        "total": f"{{{{ {root}.price * {root}.count }}}}",
        "name": f"{{{{ {root}.name.toUpperCase() }}}}",
        "kind": f"{{{{ {root}.count > 5 ? 'bulk' : 'single' }}}}",
        "label": f"No. {{{{ {root}.n }}}} ({{{{ {root}.tags.length }}}})",
    }
    rows = [{"name": name, "type": "auto", "value": {"=": value}} for name, value in values.items()]
    return {"keep": "none", "assignments": rows}


def _edited(order: dict[str, Any]) -> dict[str, Any]:
    """What `_five` makes of an order."""
    return {
        "n": order["n"],
        "total": order["price"] * order["count"],
        "name": order["name"].upper(),
        "kind": "bulk" if order["count"] > 5 else "single",
        "label": f"No. {order['n']} ({len(order['tags'])})",
    }
