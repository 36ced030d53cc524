"""LLM Chat and Model Router: what they ask, and what they make of the answers."""

from __future__ import annotations

import pytest

from headrace_sdk import UpstreamError, UserError
from headrace_sdk.items import Item
from headrace_sdk.llm import Image, Text
from headrace_sdk.testing import MemoryContext, run_node
from headrace_sdk.testing.llm import MemoryLlm
from nodes.ai.llm_chat import LlmChat
from nodes.ai.model_router import ModelRouter

SCHEMA = {
    "type": "object",
    "properties": {"n": {"type": "integer"}},
    "required": ["n"],
}


def chat(answers, items=({},), **params):
    ctx = MemoryContext(llm=MemoryLlm(list(answers)))
    given = {"model": "able", "prompt": "How many?", **params}
    return run_node(LlmChat, given, items, context=ctx), ctx


def test_the_answer_stands_in_its_field_beside_what_it_cost():
    result, ctx = chat(["Three."], [{"id": 1}], field="said")

    (item,) = result.json()
    assert (item["id"], item["said"], item["llm"]["cost"]) == (1, "Three.", 0.0)
    assert ctx.streamed == "Three."


def test_several_items_do_not_write_over_each_other_on_the_canvas():
    result, ctx = chat(["A", "B"], [{}, {}], parallel=1)

    assert [item["answer"] for item in result.json()] == ["A", "B"]
    assert ctx.streamed == ""


def test_a_json_answer_is_the_value_itself():
    result, ctx = chat(['```json\n{"n": 3}\n```'], answer="json", json_schema=SCHEMA)

    assert result.json()[0]["answer"] == {"n": 3}
    assert ctx.llm.asked[0][0].schema == SCHEMA


@pytest.mark.parametrize("bad", ["three", '{"n": "3"}', "{}", '{"n": 3'])
def test_an_answer_that_does_not_fit_is_sent_back_with_what_is_wrong(bad):
    result, ctx = chat([bad, '{"n": 3}'], answer="json", json_schema=SCHEMA)

    assert result.json()[0]["answer"] == {"n": 3}
    told = ctx.llm.asked[1][0].messages[-1].parts[0]
    assert isinstance(told, Text)
    assert told.text.startswith("That does not fit: ")


def test_one_that_never_fits_is_an_error_of_its_item():
    with pytest.raises(UpstreamError) as raised:
        chat(["no"] * 3, answer="json", json_schema=SCHEMA)

    assert raised.value.code == "answer_does_not_fit"


def test_limits_and_choices_of_the_form_reach_the_gateway():
    _, ctx = chat(
        ["x"],
        max_cost=0.5,
        cache_minutes=2,
        fallback=["b "],
        task="code",
        max_tokens=9,
        timeout_s=3,
    )

    prompt, wish = ctx.llm.asked[0]
    assert (prompt.max_tokens, wish.max_cost_micro, wish.cache_s) == (9, 500_000, 120)
    assert (wish.model, wish.fallback, wish.task, wish.timeout_s) == ("able", ["b"], "code", 3)


def test_the_items_pictures_are_shown_where_that_is_wanted():
    ctx = MemoryContext(llm=MemoryLlm(["A cat."]))
    file = ctx.files.add(b"\x89PNG", name="a.png", mime="image/png")
    text = ctx.files.add(b"x", name="a.txt", mime="text/plain")
    item = Item({}, {"a": file, "b": text})

    run_node(LlmChat, {"prompt": "?", "images": True}, [item], context=ctx)

    parts = ctx.llm.asked[0][0].messages[0].parts
    assert [part.mime for part in parts if isinstance(part, Image)] == ["image/png"]


def test_a_spent_budget_leaves_by_its_own_port():
    class Spent(MemoryLlm):
        async def choose(self, prompt, wish=None):
            raise UserError("Spent.", code="budget_spent")

    result = run_node(ModelRouter, {"prompt": "?"}, [{"id": 1}], context=MemoryContext(llm=Spent()))

    assert result.json() == []
    assert result.json("refused")[0]["error"]["code"] == "budget_spent"
