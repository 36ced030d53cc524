"""Lantern's models: what is asked, and what is made of the answer."""

from __future__ import annotations

import pytest
from headrace_plugin_lantern.account import LanternAccount
from headrace_plugin_lantern.models import LanternModels

from headrace_sdk.llm import Message, Prompt, Text, Tool, ToolCall, ToolResult
from headrace_sdk.llm_provider import ModelRefused
from headrace_sdk.testing.llm_provider import ask_provider


def ask(lantern, prompt=None, token="good"):
    return ask_provider(
        LanternModels,
        prompt or Prompt.of("Is it dry?", system="Be brief."),
        model="wick-2",
        credential=lantern.account(token),
        types=(LanternAccount,),
    )


def test_the_answer_comes_piece_by_piece_with_its_tokens(lantern):
    lantern.lines = [{"text": "It "}, {"text": "is."}, {"used": [9, 2]}, {"end": "end"}]

    asked = ask(lantern)

    assert (asked.said, asked.answer.text, asked.answer.stop) == (["It ", "is."], "It is.", "end")
    assert (asked.answer.usage.input, asked.answer.usage.output) == (9, 2)
    assert lantern.asked[0]["turns"] == [{"role": "user", "text": "Is it dry?"}]
    assert (lantern.asked[0]["model"], lantern.asked[0]["system"]) == ("wick-2", "Be brief.")


def test_a_tool_is_offered_called_and_its_result_given_back(lantern):
    call = {"id": "c1", "tool": "weather", "with": '{"city": "Bonn"}'}
    lantern.lines = [{"call": call}, {"end": "tools"}]
    tool = Tool("weather", "The weather of a city.", {"type": "object"})
    messages = [
        Message("user", [Text("Rain?")]),
        Message("assistant", [ToolCall("c0", "weather", {}, "{}")]),
        Message("user", [ToolResult("c0", "dry")]),
    ]

    answer = ask(lantern, Prompt(messages, tools=[tool])).answer

    assert answer.stop == "tools"
    assert answer.calls == [ToolCall("c1", "weather", {"city": "Bonn"}, '{"city": "Bonn"}')]
    assert lantern.asked[0]["tools"][0]["name"] == "weather"
    assert lantern.asked[0]["turns"][-1] == {"role": "result", "id": "c0", "text": "dry"}


def test_arguments_that_are_no_json_are_kept_as_they_were_written(lantern):
    lantern.lines = [{"call": {"id": "c", "tool": "t", "with": "{"}}, {"end": "tools"}]

    (call,) = ask(lantern).answer.calls

    assert (call.arguments, call.raw) == (None, "{")


def test_a_refused_token_and_a_busy_server_keep_their_status(lantern):
    with pytest.raises(ModelRefused) as refused:
        ask(lantern, token="bad")
    lantern.status = 429
    with pytest.raises(ModelRefused) as busy:
        ask(lantern)

    assert refused.value.status == 401
    assert (busy.value.status, busy.value.retry_after_s) == (429, 7)


@pytest.mark.parametrize("lines", [[{"text": "Half"}], [{"failed": "out of oil"}]])
def test_an_answer_without_its_end_is_none(lantern, lines):
    lantern.lines = lines

    with pytest.raises(ModelRefused) as raised:
        ask(lantern)

    assert raised.value.status >= 500
