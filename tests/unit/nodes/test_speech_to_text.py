"""Speech to Text: which recordings are sent, how, and what is refused before."""

from __future__ import annotations

import pytest

from headrace_sdk import Item, UserError
from headrace_sdk.llm import Audio
from headrace_sdk.testing import MemoryContext, MemoryFiles, answer, run_node, run_node_async
from headrace_sdk.testing.http import MemoryHttp
from headrace_sdk.testing.llm import MemoryLlm
from nodes.ai import speech_to_text
from nodes.ai.speech_to_text import SpeechToText


async def heard(name="call.mp3", mime="audio/mpeg", content=b"sound", **params):
    files = MemoryFiles()
    file = await files.put(content, name=name, mime=mime)
    ctx = MemoryContext(llm=MemoryLlm(["Hello."]), files=files)
    given = {"model": "whisper", **params}
    return await run_node_async(SpeechToText, given, [Item({"id": 1}, {"data": file})], context=ctx)


async def test_a_file_of_the_item_is_written_down_by_the_named_model():
    result = await heard(language="EN", hint="Oslo", fallback=["other"])

    (item,) = result.outputs["main"]
    assert (item.json["id"], item.json["text"], item.json["llm"]["calls"]) == (1, "Hello.", 1)
    assert "data" in item.binary
    ((prompt, wish),) = result.context.llm.asked
    assert prompt.messages[0].parts == (Audio("audio/mpeg", "call.mp3", b"sound", "en"),)
    assert (prompt.system, wish.model, wish.fallback) == ("Oslo", "whisper", ["other"])


def test_a_recording_may_be_fetched_from_an_address():
    url = "https://example.com/a/my%20call.ogg?key=1"
    ctx = MemoryContext(
        llm=MemoryLlm(["Hi."]), http=MemoryHttp(lambda sent: answer(b"sound", url=sent.url))
    )
    given = {"model": "whisper", "source": "url", "url": url}
    assert run_node(SpeechToText, given, context=ctx).json()[0]["text"] == "Hi."
    (part,) = ctx.llm.asked[0][0].messages[0].parts
    assert (part.name, part.content) == ("my call.ogg", b"sound")


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ({"name": "call.pdf", "mime": "application/pdf"}, "not_a_recording"),
        ({"content": b"x" * 11}, "file_too_large"),
        ({"file": "other"}, "no_file"),
    ],
)
async def test_what_is_no_recording_is_never_sent(file, code, monkeypatch):
    monkeypatch.setattr(speech_to_text, "MOST_BYTES", 10)
    with pytest.raises(UserError) as raised:
        await heard(**file)

    assert (raised.value.code, raised.value.item) == (code, 0)
