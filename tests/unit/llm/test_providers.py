"""The official libraries against servers that speak their wire formats; asserted on the bytes sent."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from headrace.egress.client_transport import GuardedTransport
from headrace.egress.errors import AddressNotAllowed
from headrace.egress.policy import EgressPolicy
from headrace.llm.providers import provider
from headrace.llm.providers.faults import ProviderFault
from headrace.llm.providers.protocol import Access, Counted, Embedded, Ended, Said
from headrace.llm.types import Provider
from headrace_sdk.llm import (
    Answer,
    Audio,
    Image,
    Message,
    Prompt,
    Text,
    Tool,
    ToolCall,
    ToolResult,
    Usage,
)
from tests.support.model_servers import FORMATS, ModelServer, Scripted, model_server

WEATHER = Tool("weather", "The weather of a city.", {"type": "object", "properties": {}})


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with model_server() as found:
        yield found


@pytest.fixture(params=FORMATS)
def wire(request: pytest.FixtureRequest) -> str:
    return str(request.param)


async def written(
    server: ModelServer, wire: str, prompt: Prompt, *, allowed: bool = True, silence_s: float = 10
) -> tuple[Answer | None, list[str], Usage]:
    """The answer, the pieces that came before it, and what was counted last."""

    async def before_send(host: str) -> None:
        assert host == "127.0.0.1"

    policy = EgressPolicy(internal=frozenset({server.place} if allowed else ()))
    transport = GuardedTransport(policy)
    http = transport.client(before_send)
    access = Access("the-model", http, server.base(wire), "key-canary", silence_s)
    said: list[str] = []
    counted, answer = Usage(), None
    try:
        async for event in provider(Provider(wire)).write(access, prompt):
            match event:
                case Said():
                    said.append(event.text)
                case Counted():
                    counted = event.usage
                case Ended():
                    answer = event.answer
    finally:
        await transport.aclose()
    return answer, said, counted


def ask(server: ModelServer, wire: str, prompt: Prompt, **given: Any) -> Answer:
    answer, _, _ = asyncio.run(written(server, wire, prompt, **given))
    assert answer is not None
    return answer


def test_an_answer_comes_in_pieces_with_its_count(server, wire):
    server.usual = Scripted("One two three.", usage=(100, 7, 40))

    answer, said, counted = asyncio.run(written(server, wire, Prompt.of("Count.")))

    assert said == ["One ", "two ", "three."]
    assert (answer.text, answer.stop) == ("One two three.", "end")
    assert answer.usage == counted == Usage(100, 7, 40)


def test_the_request_has_model_key_system_prompt_and_asks_for_a_stream(server, wire):
    ask(server, wire, Prompt.of("Hi.", system="Be brief.", max_tokens=77))

    (request,) = server.received
    assert request.headers["authorization"] == "Bearer key-canary"
    assert (request.body["model"], request.body["stream"]) == ("the-model", True)
    limit = {"anthropic": "max_tokens", "openai": "max_output_tokens"}.get(wire, "max_tokens")
    assert request.body[limit] == 77
    system = {
        "anthropic": lambda body: body["system"][0]["text"],
        "openai": lambda body: body["instructions"],
        "openai_compatible": lambda body: body["messages"][0]["content"],
    }[wire](request.body)
    assert system == "Be brief."


def test_what_stays_the_same_is_marked_for_the_providers_cache(server):
    prompt = Prompt((Message("user", [Text("Hi.")]),), "Long.", [WEATHER, WEATHER])
    ask(server, "anthropic", prompt)

    body = server.received[0].body
    assert body["system"][0]["cache_control"] == {"type": "ephemeral"}
    assert ["cache_control" in tool for tool in body["tools"]] == [False, True]


def test_the_end_of_a_conversation_is_marked_for_its_next_turn(server):
    said = [Message("user", [Text("A")]), Message("assistant", [Text("B")])]
    ask(server, "anthropic", Prompt([*said, Message("user", [Text("C")])]))
    ask(server, "anthropic", Prompt.of("Alone."))

    first, alone = [one.body["messages"] for one in server.received]
    marks = ["cache_control" in block for one in first for block in one["content"]]
    assert marks == [False, False, True]
    assert "cache_control" not in alone[0]["content"][0]


def test_questions_with_the_same_beginning_are_led_to_one_cache(server):
    for text, system in (("A", "Long."), ("B", "Long."), ("C", "Other.")):
        ask(server, "openai", Prompt.of(text, system=system))

    first, second, other = [one.body["prompt_cache_key"] for one in server.received]
    assert first == second != other


def test_several_tools_are_called_at_once(server, wire):
    server.usual = Scripted(calls=[("weather", '{"city": "Ulm"}'), ("weather", '{"city": "Bonn"}')])

    answer = ask(server, wire, Prompt((Message("user", [Text("?")]),), tools=[WEATHER]))

    assert answer.stop == "tools"
    assert [call.arguments for call in answer.calls] == [{"city": "Ulm"}, {"city": "Bonn"}]
    assert len({call.id for call in answer.calls}) == 2


@pytest.mark.parametrize("arguments", ['{"city": ', "[1]", '{"n": 1e999}'])
def test_arguments_that_are_no_object_are_told_as_they_were_written(server, wire, arguments):
    server.usual = Scripted(calls=[("weather", arguments)])

    (call,) = ask(server, wire, Prompt((Message("user", [Text("?")]),), tools=[WEATHER])).calls

    assert (call.arguments, call.raw) == (None, arguments)


def test_results_of_tools_go_back_under_the_name_of_their_call(server, wire):
    calls = [ToolCall("c1", "weather", {"city": "Ulm"}, '{"city": "Ulm"}')]
    turns = (
        Message("user", [Text("Is it raining?")]),
        Message("assistant", [Text("I look."), *calls]),
        Message("user", [ToolResult("c1", "It is dry.")]),
    )
    ask(server, wire, Prompt(turns, tools=[WEATHER]))

    body = server.received[0].body
    if wire == "anthropic":
        assert body["messages"][1]["content"][1] == {
            "type": "tool_use",
            "id": "c1",
            "name": "weather",
            "input": {"city": "Ulm"},
        }
        (result,) = body["messages"][2]["content"]
        assert (result["tool_use_id"], result["content"]) == ("c1", "It is dry.")
    elif wire == "openai":
        kinds = [one["type"] for one in body["input"]]
        assert kinds == ["message", "message", "function_call", "function_call_output"]
        assert body["input"][-1] == {
            "type": "function_call_output",
            "call_id": "c1",
            "output": "It is dry.",
        }
    else:
        assert [one["role"] for one in body["messages"]] == ["user", "assistant", "tool"]
        assert body["messages"][2]["tool_call_id"] == body["messages"][1]["tool_calls"][0]["id"]


def test_a_picture_and_a_schema_are_sent_as_the_format_wants_them(server, wire):
    schema = {"type": "object", "properties": {"n": {"type": "integer"}}}
    turns = (Message("user", [Text("What is it?"), Image("image/png", b"\x89PNG")]),)
    ask(server, wire, Prompt(turns, schema=schema))

    body = server.received[0].body
    text = str(body)
    assert "iVBORw==" in text or "iVBORw" in text
    found = {
        "anthropic": lambda: body["output_config"]["format"]["schema"],
        "openai": lambda: body["text"]["format"]["schema"],
        "openai_compatible": lambda: body["response_format"]["json_schema"]["schema"],
    }[wire]()
    assert found == schema


@pytest.mark.parametrize(
    ("status", "kind", "code"),
    [
        (400, "invalid_request_error", "llm_bad_request"),
        (401, "authentication_error", "llm_key_refused"),
        (403, "permission_error", "llm_not_permitted"),
        (404, "not_found_error", "llm_unknown_model"),
        (413, "request_too_large", "llm_too_large"),
        (429, "rate_limit_error", "llm_rate_limited"),
        (429, "insufficient_quota", "llm_not_paid"),
        (500, "api_error", "llm_provider_failed"),
        (503, "", "llm_overloaded"),
        (529, "overloaded_error", "llm_overloaded"),
    ],
)
def test_every_error_has_a_code_of_ours(server, wire, status, kind, code):
    server.usual = Scripted(status=status, kind=kind, headers={"retry-after": "7"})

    with pytest.raises(ProviderFault) as raised:
        ask(server, wire, Prompt.of("Hi."))

    assert (raised.value.code, raised.value.status) == (code, status)
    assert raised.value.retry_after_s == 7
    assert len(server.received) == 1  # the library repeats nothing by itself


@pytest.mark.parametrize("after", [1, 3])
def test_an_answer_that_is_cut_off_is_no_answer(server, wire, after):
    server.usual = Scripted("One two three four.", cut_after=after)

    with pytest.raises(ProviderFault) as raised:
        ask(server, wire, Prompt.of("Hi."))

    assert (raised.value.code, raised.value.is_repeatable) == ("llm_connection_lost", True)


def test_an_error_in_the_middle_of_an_answer_is_told(server, wire):
    kind = "overloaded_error" if wire == "anthropic" else "server_error"
    server.usual = Scripted("One two", mid_error=kind)

    with pytest.raises(ProviderFault) as raised:
        ask(server, wire, Prompt.of("Hi."))

    assert raised.value.code in {"llm_overloaded", "llm_provider_failed"}


def test_a_provider_that_falls_silent_is_not_waited_for(server, wire):
    server.usual = Scripted("One two", pause_s=2)

    with pytest.raises(ProviderFault) as raised:
        ask(server, wire, Prompt.of("Hi."), silence_s=0.2)

    assert raised.value.code == "llm_timeout"


def test_a_server_inside_is_not_asked_unless_the_operator_allows_it(server, wire):
    with pytest.raises(AddressNotAllowed):
        ask(server, wire, Prompt.of("Hi."), allowed=False)

    assert server.received == []


def test_nothing_there_is_told_as_such(wire):
    with model_server() as gone:
        pass
    with pytest.raises(ProviderFault) as raised:
        ask(gone, wire, Prompt.of("Hi."))

    assert raised.value.code == "connect_failed"


@pytest.mark.parametrize("wire", ["openai", "openai_compatible"])
def test_vectors_come_in_the_order_of_their_texts(server, wire):
    async def embedded() -> Embedded:
        async def before_send(host: str) -> None:
            del host

        transport = GuardedTransport(EgressPolicy(internal=frozenset({server.place})))
        access = Access("e", transport.client(before_send), server.base(wire), "k")
        try:
            return await provider(Provider(wire)).embed(access, ["a", "bbb"])
        finally:
            await transport.aclose()

    assert asyncio.run(embedded()).vectors == [[1.0, 1.0], [3.0, 1.0]]


CALL = Prompt((Message("user", [Audio("audio/mpeg", "call.mp3", b"sound" * 9, "en")]),), "Oslo")


@pytest.mark.parametrize("wire", ["openai", "openai_compatible"])
@pytest.mark.parametrize(("kind", "counted"), [("", Usage(12, 5)), ("seconds", Usage(120, 4))])
def test_a_recording_is_sent_as_a_file_and_counted_by_tokens_or_seconds(
    server, wire, kind, counted
):
    server.usual = Scripted("Hello from Oslo.", kind=kind, usage=(12, 5, 0))

    answer = ask(server, wire, CALL)

    (request,) = server.received
    assert (answer.text, answer.usage) == ("Hello from Oslo.", counted)
    assert request.path == "/v1/audio/transcriptions"
    assert request.body["file"] == ["call.mp3", "audio/mpeg", b"sound" * 9]
    assert [request.body[name] for name in ("model", "language", "prompt")] == [
        "the-model",
        "en",
        "Oslo",
    ]


def test_a_provider_without_ears_leaves_it_to_the_next_model(server):
    with pytest.raises(ProviderFault) as raised:
        ask(server, "anthropic", CALL)

    assert (raised.value.code, raised.value.falls_back) == ("cannot_transcribe", True)
    assert server.received == []
