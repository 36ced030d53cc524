"""`@node`: functions as nodes."""

from __future__ import annotations

import threading
from typing import Any, Literal

import pytest

from headrace_sdk import Context, ContractError, Item, UserError, fields, node
from headrace_sdk.fields import ui_of
from headrace_sdk.items import Pair
from headrace_sdk.testing import MemoryContext, run_node


@node("test.greet", title="Greet", category="Text", icon="hand")
def greet(name: str, times: int = 1, tone: Literal["kind", "very_stern"] = "kind") -> str:
    """Greet somebody.

    The greeting comes out.

    Args:
        name: Whom to greet,
            by first name.
        times: How often.
    """
    return f"{tone} {name} " * times


def widgets(node_class):
    return {name: ui_of(field)["widget"] for name, field in node_class.Params.model_fields.items()}


def test_the_signature_is_the_form():
    form = greet.Params.model_fields

    assert widgets(greet) == {"name": "text", "times": "number", "tone": "select"}
    assert form["name"].is_required()
    assert form["times"].default == 1
    assert ui_of(form["tone"])["labels"] == {"kind": "Kind", "very_stern": "Very stern"}


def test_the_docstring_is_the_help():
    form = greet.Params.model_fields

    assert greet.__doc__ == "Greet somebody.\n\nThe greeting comes out."
    assert form["name"].description == "Whom to greet, by first name."
    assert form["tone"].description is None


def test_every_type_has_a_control():
    @node("test.types", title="Types", category="Text")
    def types(
        on: bool,
        share: float,
        names: list[str],
        data: dict[str, Any],
        anything: Any,
        note: str | None = None,
    ) -> None:
        """Take anything."""

    assert widgets(types) == {
        "on": "toggle",
        "share": "number",
        "names": "tags",
        "data": "json",
        "anything": "json",
        "note": "text",
    }


def test_a_field_of_the_sdk_gives_one_control_exactly():
    @node("test.secret", title="Secret", category="Text")
    def secret(body: str = fields.textarea("Body", "", rows=9)) -> str:
        """Take a body."""
        return body

    assert ui_of(secret.Params.model_fields["body"])["rows"] == 9
    assert run_node(secret, {}).json() == [{"result": ""}]


def test_it_runs_once_for_each_item_with_its_own_parameters():
    result = run_node(greet, [{"name": "Anna"}, {"name": "Bo", "times": 2}], [{}, {}])

    assert result.json() == [{"result": "kind Anna "}, {"result": "kind Bo kind Bo "}]
    assert [item.paired for item in result.outputs["main"]] == [(Pair(0, 0),), (Pair(0, 1),)]


def test_a_dict_becomes_the_item():
    @node("test.pair", title="Pair", category="Text")
    def pair(a: int) -> dict[str, int]:
        """Make a pair."""
        return {"a": a, "b": a}

    assert run_node(pair, {"a": 1}).json() == [{"a": 1, "b": 1}]


def test_context_and_item_are_given_and_are_no_fields():
    @node("test.peek", title="Peek", category="Text")
    def peek(item: Item, ctx: Context, suffix: str = "!") -> str:
        """Look at the item."""
        ctx.log("peeked")
        return str(item.json["id"]) + suffix

    result = run_node(peek, {}, [{"id": 7}])

    assert widgets(peek) == {"suffix": "text"}
    assert result.json() == [{"result": "7!"}]
    assert [line.message for line in result.logs] == ["peeked"]


def test_plain_functions_run_in_a_thread_and_coroutines_on_the_loop():
    @node("test.plain", title="Plain", category="Text")
    def plain() -> str:
        """Say where."""
        return threading.current_thread().name

    @node("test.awaiting", title="Awaiting", category="Text")
    async def awaiting() -> str:
        """Say where."""
        return threading.current_thread().name

    assert run_node(plain).json() != [{"result": "MainThread"}]
    assert run_node(awaiting).json() == [{"result": "MainThread"}]


def test_many_items_are_handled_in_batches_between_which_a_cancel_is_noticed():
    class Cancelled(Exception):
        pass

    class Impatient(MemoryContext):
        async def checkpoint(self) -> None:
            raise Cancelled

    seen = []

    @node("test.count", title="Count", category="Text")
    def count() -> None:
        """Count."""
        seen.append(1)

    with pytest.raises(Cancelled):
        run_node(count, {}, [{}] * 250, context=Impatient())

    assert len(seen) == 100


def test_a_wrong_parameter_is_an_error_that_names_the_field():
    with pytest.raises(UserError) as caught:
        run_node(greet, {"name": "Anna", "times": "often"})

    assert caught.value.field == "times"


@pytest.mark.parametrize(
    "source", ["def f(x): 'Doc.'", "def f(*x: int): 'Doc.'", "def f(**x: int): 'Doc.'"]
)
def test_a_signature_that_cannot_be_a_form_is_refused(source):
    space: dict[str, Any] = {}
    exec(source, space)

    with pytest.raises(ContractError):
        node("test.bad", title="Bad", category="Text")(space["f"])
