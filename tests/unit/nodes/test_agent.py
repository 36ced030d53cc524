"""What an agent may do by itself, and how it works with tools that are functions."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import pytest

from headrace_sdk import JsonObject, UpstreamError, UserError, Wake
from headrace_sdk.attached import CallInterrupted, ToolOutput
from headrace_sdk.llm import Answer, Text, ToolCall, Usage
from headrace_sdk.testing import MemoryAttached, MemoryContext, MemoryTool, run_node
from headrace_sdk.testing.llm import MemoryLlm
from nodes.ai.agent import Agent
from nodes.ai.agent_policy import Policy


def wants(*names: str) -> Answer:
    calls = [ToolCall(f"c{index}", name, {}) for index, name in enumerate(names)]
    return Answer(calls, "tools", Usage(1, 1), "m", "offline")


def said(text: str) -> Answer:
    return Answer([Text(text)], "end", Usage(1, 1), "m", "offline")


def course(lent, *answers, port="main", **params):
    context = MemoryContext(lent=lent, llm=MemoryLlm([*answers]))
    result = run_node(Agent, {"prompt": "Do it.", **params}, context=context)
    return result.json(port)[0]


@pytest.mark.parametrize(
    ("policy", "effect", "asks"),
    [
        (Policy("never"), "write", False),
        (Policy("writes"), "read", False),
        (Policy("writes"), "write", True),
        (Policy("always"), "read", True),
        (Policy("never", always=["Pay"]), "read", True),
        (Policy("always", never=["pay "]), "write", False),
    ],
)
def test_the_policy_decides_who_is_asked_about_a_tool(policy, effect, asks):
    assert policy.asks(MemoryTool("pay", lambda _: {}, effect=effect)) is asks


def test_a_tool_that_fails_is_told_to_the_model_and_the_agent_goes_on():
    def fails(_):
        message = "There is no such order."
        raise UserError(message)

    lent = MemoryAttached([MemoryTool("find", fails)])

    item = course(lent, wants("find"), said("Sorry."))

    assert item["answer"] == "Sorry."
    assert item["agent"]["steps"][1] | {"digest": ""} == {
        "kind": "tool",
        "tool": "find",
        "node": "find",
        "arguments": {},
        "result": "There is no such order.",
        "digest": "",
        "is_error": True,
    }


def test_of_two_tools_the_one_that_need_not_wait_is_called_before_the_agent_waits():
    look, pay = MemoryTool("look", lambda _: {}), MemoryTool("pay", lambda _: {}, effect="write")
    lent = MemoryAttached([look, pay])

    with pytest.raises(CallInterrupted):
        course(lent, wants("look", "pay"))

    assert (len(look.called), len(pay.called)) == (1, 0)
    assert lent.waiting["0.1.ask"].note["title"] == "May the agent call pay?"


def test_nobody_in_time_counts_as_a_refusal():
    pay = MemoryTool("pay", lambda _: {}, effect="write")
    lent = MemoryAttached([pay], wakes={"0.0.ask": Wake("time")})

    item = course(lent, wants("pay"), said("Not paid."))

    assert (pay.called, item["answer"]) == ([], "Not paid.")
    assert "in time" in item["agent"]["steps"][1]["result"]


def test_what_a_retriever_found_is_named_once_as_a_source():
    passage = {"text": "Two years.", "source": "Handbook, Warranty", "score": 0.9, "facts": {}}
    finds = MemoryTool("handbook", lambda _: passage)

    item = course(MemoryAttached([finds]), wants("handbook", "handbook"), said("Two years [1]."))

    assert item["agent"]["sources"] == [
        {"source": "Handbook, Warranty", "text": "Two years.", "score": 0.9}
    ]


@dataclass
class Meeting:
    """A tool that ends when all tools of the meeting have been called."""

    name: str
    barrier: asyncio.Barrier
    description: str = ""
    effect: str = "read"

    schema = {"type": "object"}

    @property
    def node(self) -> str:
        return self.name

    async def call(self, arguments: JsonObject, *, call: str) -> ToolOutput:
        del arguments, call
        async with asyncio.timeout(10):
            await self.barrier.wait()
        return ToolOutput.of([])


def test_the_tools_of_one_turn_are_at_work_at_the_same_time():
    barrier = asyncio.Barrier(3)
    lent = MemoryAttached([Meeting(name, barrier) for name in "abc"])

    item = course(lent, wants("a", "b", "c"), said("All came."))

    assert item["answer"] == "All came."


def test_when_its_time_is_over_no_model_is_asked_and_what_was_done_is_told():
    lent = MemoryAttached()

    def takes_long(_):
        lent.spent_s = 61.0
        return {}

    lent.tools = [MemoryTool("slow", takes_long)]

    item = course(lent, wants("slow"), said("Too late."), port="review", max_time_s=60)

    assert (item["agent"]["stopped"], item["agent"]["turns"]) == ("time", 1)
    assert [one["kind"] for one in item["agent"]["steps"]] == ["model", "tool"]


CITY = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}


def test_an_answer_in_the_wrong_shape_is_mended_with_its_fault_told():
    answers = said("Paris."), said('{"city": 7}'), said('{"city": "Paris"}')
    llm = MemoryLlm([*answers])
    form = {"prompt": "Where?", "answer": "json", "json_schema": CITY}

    result = run_node(Agent, form, context=MemoryContext(lent=MemoryAttached(), llm=llm))

    assert result.json()[0]["answer"] == {"city": "Paris"}
    prompt, _ = llm.asked[-1]
    assert prompt.schema == CITY
    assert "city" in prompt.messages[-1].parts[0].text


def test_an_answer_that_never_fits_is_an_error_with_its_fault():
    with pytest.raises(UpstreamError, match="does not fit the schema") as caught:
        course(MemoryAttached(), *[said("Paris.")] * 3, answer="json", json_schema=CITY)

    assert caught.value.code == "answer_does_not_fit"
