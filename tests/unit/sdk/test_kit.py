"""The testing kit itself: what `run_node` gives and keeps."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from headrace_sdk import (
    Inputs,
    Node,
    NodeError,
    Params,
    Reply,
    Secret,
    Suspension,
    UpstreamError,
    UserError,
    Wake,
    fields,
)
from headrace_sdk.items import FileRef, Item, Pair
from headrace_sdk.testing import (
    MemoryFiles,
    answer,
    make_credential,
    run_node,
    run_node_async,
)
from nodes.credentials.http_basic import HttpBasic


class Form(Params):
    url: str = fields.text("URL", "https://api.example.com/a")


class Talkative(Node[Form]):
    """Uses everything that a context has."""

    type = "test.talkative"
    title = "Talkative"
    category = "Test"
    Params = Form

    async def run(self, ctx, params, inputs: Inputs):
        credential = await ctx.credential("auth")
        response = await ctx.http.request(
            "POST", params.first.url, body=b"[1]", credential=credential, item=3
        )
        file = await ctx.files.put(response.body, name="a.txt", mime="text/plain")
        chunks = [chunk async for chunk in ctx.files.stream(file)]
        ctx.progress(0.5, "half")
        ctx.stream("word ")
        ctx.stream("by word")
        ctx.log("sent", "warning", status=response.status)
        ctx.reply(Reply(201))
        ctx.reply(Reply(500))
        return {"main": [Item({"text": b"".join(chunks).decode()}, {"data": file}, (Pair(0, 0),))]}


class Sleeper(Node[Form]):
    """Suspends itself once."""

    type = "test.sleeper"
    title = "Sleeper"
    category = "Test"
    Params = Form

    async def run(self, ctx, params, inputs):
        return Suspension("time", until=ctx.now + timedelta(seconds=5))


def test_a_result_has_everything_that_the_node_did():
    credential = make_credential(HttpBasic, user="anna", password="s3cret")

    result = run_node(
        Talkative, {}, credentials={"auth": credential}, http=lambda _: answer(b"hello", status=202)
    )

    request = result.requests[0]
    assert result.json() == [{"text": "hello"}]
    assert (request.method, request.json(), request.item) == ("POST", [1], 3)
    assert request.credential is credential
    assert result.progress == [(0.5, "half")]
    assert result.context.streamed == "word by word"
    assert result.logs[0].facts == {"status": 202}
    assert result.reply == Reply(201)


@pytest.mark.parametrize("key", ["POST https://api.example.com/a", "https://api.example.com/a"])
def test_answers_may_be_a_table(key):
    result = run_node(Talkative, {}, http={key: {"a": 1}})

    assert result.json() == [{"text": '{"a": 1}'}]


def test_a_request_without_an_answer_fails_as_an_unreachable_host_does():
    with pytest.raises(UpstreamError) as caught:
        run_node(Talkative, {}, http={})

    assert (caught.value.sent, caught.value.code) == ("no", "unreachable")


def test_an_answer_that_is_an_exception_is_raised():
    with pytest.raises(UpstreamError, match="too late"):
        run_node(Talkative, {}, http=lambda _: UpstreamError("too late", sent="maybe"))


def test_a_suspension_is_part_of_the_result_and_can_be_woken():
    asleep = run_node(Sleeper, {}, [{"id": 1}])
    awake = run_node(Sleeper, {}, [{"id": 1}], wake=Wake("time"))

    assert asleep.suspension is not None
    assert asleep.outputs == {}
    assert awake.json() == [{"id": 1}]


def test_it_can_be_awaited_inside_of_a_loop():
    async def inside():
        return await run_node_async(Sleeper, {}, wake=Wake("time"))

    assert asyncio.run(inside()).json() == [{}]


def test_parameters_that_do_not_fit_are_a_user_error():
    """S-023."""
    with pytest.raises(UserError) as caught:
        run_node(Talkative, {"url": []})

    assert caught.value.field == "url"


def test_the_same_content_is_stored_once_and_a_lost_file_is_an_error():
    files = MemoryFiles()
    first = files.add(b"a", name="a", mime="text/plain")
    second = files.add(b"a", name="b", mime="text/plain")

    assert first.id == second.id
    with pytest.raises(NodeError):
        asyncio.run(files.read(FileRef("gone", "x", "", 0, "")))


def test_secret_fields_of_a_credential_are_wrapped_and_do_not_show_themselves():
    credential = make_credential(HttpBasic, user="anna", password="s3cret")

    assert credential.values["user"] == "anna"
    assert isinstance(credential.secrets["password"], Secret)
    assert "s3cret" not in repr(credential)
    assert "s3cret" not in f"{credential.secrets['password']}"
