"""Sends items one of many ways."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal, Self

from pydantic import model_validator

from headrace_sdk import (
    Conditions,
    Context,
    Example,
    Inputs,
    Item,
    JsonObject,
    Node,
    Outputs,
    Params,
    ParamSet,
    Port,
    PortsFrom,
    UserError,
    fields,
)
from headrace_sdk.comparison import as_number
from headrace_sdk.conditions import holds
from headrace_sdk.fields import show_if
from headrace_sdk.summaries import names_in

CHUNK: Final = 1_000
ELSE: Final = "else"


class Case(Params):
    """One way to go."""

    name: str = fields.text(
        "Name", help="Names the output port.", placeholder="paid", expression=False, max_length=60
    )
    conditions: Conditions = fields.conditions("Conditions", Conditions)


class Form(Params):
    """What decides."""

    mode: Literal["rules", "expression"] = fields.select(
        "Decide by",
        "rules",
        labels={"rules": "Conditions of each case", "expression": "A value that names the case"},
        expression=False,
    )
    cases: list[Case] = fields.rows(
        "Cases", ..., add="Add case", at_least=1, at_most=50, expression=False
    )
    match: Literal["first", "all"] = fields.select(
        "Send an item to",
        "first",
        labels={"first": "The first case that fits", "all": "Every case that fits"},
        show_if=show_if("mode", "rules"),
    )
    value: str | None = fields.text(
        "Case",
        "",
        help="The name of a case, or its place counted from 0.",
        show_if=show_if("mode", "expression"),
    )
    fallback: Literal["else", "drop", "error"] = fields.select(
        "Where no case fits",
        "else",
        labels={"else": "Send to Else", "drop": "Drop the item", "error": "Fail"},
    )

    @model_validator(mode="after")
    def _names_are_ports(self) -> Self:
        names = [case.name for case in self.cases]
        if "" in names or ELSE in names or len(set(names)) < len(names):
            message = f"Give every case a name of its own, other than {ELSE!r}"
            raise ValueError(message)
        return self


class Switch(Node[Form]):
    """Sends each item to the case that fits: one output for every case, and **Else**.

    Use it where **If** has too few ways. By *conditions*, the cases are tried from top to bottom;
    an item goes to the first that fits, or to every one that does. By *value*, an expression
    gives the name of the case or its place counted from 0. Items come out unchanged and in their
    order. What fits nowhere leaves by **Else**, is dropped, or fails the node.
    """

    type = "flow.switch"
    title = "Switch"
    category = "flow"
    icon = "route"
    synonyms = ("route", "case", "branch", "match", "select")
    outputs = (Port(ELSE, "Else"),)
    outputs_from = PortsFrom("cases[].name", plus=(ELSE,))
    Params = Form
    examples = (
        Example(
            "By conditions",
            {
                "cases": [
                    {
                        "name": "paid",
                        "conditions": {"all": [{"left": "paid", "op": "equals", "right": "paid"}]},
                    },
                    {
                        "name": "open",
                        "conditions": {"all": [{"left": "paid", "op": "equals", "right": "open"}]},
                    },
                ]
            },
            [{"status": "paid"}],
            {"paid": [{"status": "paid"}]},
        ),
        Example(
            "By a value",
            {"mode": "expression", "cases": [{"name": "eu"}, {"name": "us"}], "value": "asia"},
            [{"region": "asia"}],
            {"else": [{"region": "asia"}]},
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The names of the cases."""
        return names_in(params.get("cases"))

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """A port for every case that got items."""
        out: dict[str, list[Item]] = {}
        for index, item in enumerate(inputs.main):
            for port in _ports(params[index], index):
                out.setdefault(port, []).append(item.at(index))
            if index % CHUNK == CHUNK - 1:
                await ctx.checkpoint()
        return out


def _ports(form: Form, index: int) -> list[str]:
    chosen = _by_value(form) if form.mode == "expression" else list(_by_rules(form, index))
    if chosen or form.fallback == "drop":
        return chosen
    if form.fallback == "error":
        message = "No case fits this item. Add one, or send the rest to Else."
        raise UserError(message, field="cases", code="no_case", item=index)
    return [ELSE]


def _by_rules(form: Form, index: int) -> Iterator[str]:
    for case in form.cases:
        if holds(case.conditions, index):
            yield case.name
            if form.match == "first":
                return


def _by_value(form: Form) -> list[str]:
    names = [case.name for case in form.cases]
    if form.value in names:
        return [form.value]
    place = as_number(form.value)
    return [names[place]] if isinstance(place, int) and 0 <= place < len(names) else []
