"""The language as data: what the editor offers while somebody types an expression."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from headrace.expressions.library.functions import Table
from headrace.expressions.library.index import CONSTANTS, FUNCTIONS, METHODS, NAMESPACES
from headrace.expressions.library.nodes import ITEMS
from headrace.expressions.library.sandboxed import SANDBOXED, Offered
from headrace.expressions.values.properties import MOMENT_FIELDS
from headrace_sdk.items import JsonObject

VARIABLES: Final = {
    "$json": "The data of the current item.",
    "$binary": "The files of the current item, by name.",
    "$input": "The items that came into this node: item, first(), last(), all().",
    "$itemIndex": "The position of the current item, from 0.",
    "$runIndex": "The iteration of the innermost loop, from 0.",
    "$now": "The moment at which this run began, in the workflow's time zone.",
    "$today": "The midnight with which that day began.",
    "$vars": "The variables of this workspace.",
    "$execution": "This execution, for instance its id.",
    "$workflow": "This workflow, for instance its name.",
}
_NODE_ACCESS: Final = {
    '$("Name").item': "The item of another node from which the current item came.",
    '$("Name").isExecuted': "Has that node run before this one?",
}


def reference() -> list[JsonObject]:
    """Everything that can be written in an expression.

    One entry each: `name`, `kind` (variable, function, method, property or constant), `owner`
    (the kind of value or the namespace it belongs to, or empty), `signature`, `help` and a
    runnable `example`.
    """
    return [
        *(
            _entry("variable", "", name, signature=name, text=text, example=name)
            for name, text in VARIABLES.items()
        ),
        *_node_entries(),
        *_functions(""),
        *(entry for owner in NAMESPACES for entry in _functions(owner)),
        *_constants(),
        *(entry for table in _method_tables() for entry in _methods(table)),
        *_moment_fields(),
        *map(_sandboxed, SANDBOXED),
    ]


def _entry(
    kind: str, owner: str, name: str, *, signature: str, text: str, example: str
) -> JsonObject:
    return {
        "name": name,
        "kind": kind,
        "owner": owner,
        "signature": signature,
        "help": text,
        "example": example,
    }


def _node_entries() -> Iterator[JsonObject]:
    for example, text in _NODE_ACCESS.items():
        name = example.rpartition(".")[2]
        yield _entry("property", "Items", name, signature=name, text=text, example=example)


def _functions(owner: str) -> Iterator[JsonObject]:
    table = NAMESPACES[owner] if owner else FUNCTIONS
    for function in table.values():
        signature = f"{owner}.{function.signature}" if owner else function.signature
        yield _entry(
            "function",
            owner,
            function.name,
            signature=signature,
            text=function.help,
            example=function.example,
        )


def _constants() -> Iterator[JsonObject]:
    for owner, constants in CONSTANTS.items():
        for name in constants:
            full = f"{owner}.{name}"
            yield _entry(
                "constant", owner, name, signature=full, text=f"The number {name}.", example=full
            )


def _method_tables() -> list[Table]:
    return [ITEMS, *{table.owner: table for table in METHODS.values()}.values()]


def _methods(table: Table) -> Iterator[JsonObject]:
    for function in table.values():
        yield _entry(
            "method",
            table.owner,
            function.name,
            signature=function.signature,
            text=function.help,
            example=function.example,
        )


def _moment_fields() -> Iterator[JsonObject]:
    for name in MOMENT_FIELDS:
        yield _entry(
            "property",
            "DateTime",
            name,
            signature=name,
            text=f"The {name} of a moment.",
            example=f"$now.{name}",
        )


def _sandboxed(offered: Offered) -> JsonObject:
    head = offered.signature.partition("(")[0]
    return _entry(
        "function" if "." in head or not offered.owner else "method",
        offered.owner,
        head.rpartition(".")[2],
        signature=offered.signature,
        text=offered.help,
        example=offered.example,
    )
