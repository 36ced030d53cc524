"""Writes down what is said in a recording."""

from __future__ import annotations

import mimetypes
from pathlib import PurePosixPath
from typing import Final, Literal
from urllib.parse import unquote, urlsplit

from headrace_sdk import (
    Context,
    Example,
    Inputs,
    Item,
    JsonObject,
    Node,
    Outputs,
    Params,
    ParamSet,
    UpstreamError,
    UserError,
    each_item,
    fields,
    to_main,
)
from headrace_sdk.fields import show_if
from headrace_sdk.llm import Audio, Message, Prompt
from headrace_sdk.summaries import shown
from nodes.ai import model_form
from nodes.ai.asking import spent
from nodes.ai.model_form import wish

MOST_BYTES: Final = 25 * 1024 * 1024
"""OpenAI's limit for one recording."""
ENDINGS: Final = frozenset(
    (*(".flac", ".m4a", ".mp3", ".mp4", ".mpeg", ".mpga", ".oga", ".ogg", ".wav", ".webm"), ".aac")
)
FALLBACK_MIME: Final = "application/octet-stream"


class Form(Params):
    """Which recording, and who writes it down."""

    model: str = fields.text(
        "Model",
        help="A name from Settings, Models, of OpenAI or a server that speaks its protocol, such "
        "as gpt-transcribe or a Whisper server of your own. offline: a scripted demo.",
        placeholder="whisper",
        max_length=100,
    )
    source: Literal["file", "url"] = fields.select(
        "Recording",
        "file",
        labels={"file": "A file of the item", "url": "By its address"},
        expression=False,
    )
    file: str = fields.file(
        "File", "data", help="The name of a file on the item.", show_if=show_if("source", "file")
    )
    url: str = fields.text(
        "Address",
        "",
        placeholder="https://example.com/call.mp3",
        show_if=show_if("source", "url"),
    )
    language: str = fields.text(
        "Language",
        "",
        placeholder="en",
        help="Its two letters (ISO 639-1) make the result better. Empty: found out.",
        max_length=10,
        half=True,
    )
    field: str = fields.text("Into the field", "text", half=True, max_length=200)
    hint: str = fields.textarea(
        "Names and words", "", rows=2, help="That may occur, in their spelling.", advanced=True
    )
    max_cost: float = model_form.max_cost()
    timeout_s: float = fields.number(
        "Wait at most", 300, minimum=1, maximum=3_600, unit="s", advanced=True, half=True
    )
    fallback: list[str] = model_form.fallback()
    parallel: int = fields.number(
        "Recordings at once", 2, minimum=1, maximum=20, advanced=True, half=True
    )


class SpeechToText(Node[Form]):
    """Writes down what is said in a recording, for each item.

    MP3, MP4, M4A, WAV, WebM, OGG, FLAC and AAC, up to 25 MB: a file of the item, or one that is
    fetched from an address. The text stands in the field, and what it cost in `llm`.

    The call goes through the workspace's gateway: keys, budgets, retries and the ledger are those
    of every model. Servers that count seconds instead of tokens are written down at ten tokens a
    second. What a run was given once is not paid twice.
    """

    type = "ai.speech_to_text"
    title = "Speech to Text"
    category = "ai"
    icon = "mic"
    synonyms = ("transcribe", "whisper", "audio", "voice", "recording", "dictation", "call", "mp3")
    place = "async"
    effect = "read"
    per_item = True
    Params = Form
    examples = (
        Example(
            "A call by its address",
            {"model": "offline", "source": "url", "url": "https://example.com/call.mp3"},
            [{"id": 1}],
            answers={"GET https://example.com/call.mp3": "sound"},
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The model."""
        return shown(params.get("model"))

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """The items with their texts, in their order."""

        async def write(index: int, item: Item) -> Outputs:
            form = params[index]
            recording = await _recording(ctx, form, item, index)
            prompt = Prompt((Message("user", (recording,)),), form.hint.strip())
            wanted = wish(
                form.model,
                fallback=form.fallback,
                task="",
                max_cost=form.max_cost,
                timeout_s=form.timeout_s,
            )
            answer = await ctx.llm.ask(prompt, wanted, item=index)
            made = {**item.json, form.field: answer.text, "llm": spent([answer])}
            return to_main([Item(made, item.binary).at(index)])

        return await each_item(ctx.outcomes, inputs.main, write, parallel=params.first.parallel)


async def _recording(ctx: Context, form: Form, item: Item, index: int) -> Audio:
    if form.source == "url":
        name, content = await _fetched(ctx, form, index)
        mime = ""
    else:
        file = (item.binary or {}).get(form.file)
        if file is None:
            names = ", ".join(item.binary or {}) or "none"
            message = f"The item has no file {form.file!r}; it has {names}."
            raise UserError(message, field="file", code="no_file", item=index)
        if file.size > MOST_BYTES:
            raise _too_large(index)
        name, mime, content = file.name, file.mime, await ctx.files.read(file)
    if PurePosixPath(name).suffix.lower() not in ENDINGS and not mime.startswith("audio/"):
        message = f"{name[:80]!r} is no recording that models read: by its name it is none."
        raise UserError(message, field=form.source, code="not_a_recording", item=index)
    known = mime if mime.startswith(("audio/", "video/")) else mimetypes.guess_type(name)[0]
    return Audio(known or FALLBACK_MIME, name, content, form.language.strip().lower())


async def _fetched(ctx: Context, form: Form, index: int) -> tuple[str, bytes]:
    if not form.url.strip():
        message = "Give the address of the recording."
        raise UserError(message, field="url", code="no_file", item=index)
    answer = await ctx.http.request(
        "GET", form.url.strip(), max_bytes=MOST_BYTES, timeout_s=form.timeout_s, item=index
    )
    if answer.status >= 400:
        message = f"The recording could not be fetched: status {answer.status}."
        raise UpstreamError(message, status=answer.status, code="fetch_failed", item=index)
    return unquote(PurePosixPath(urlsplit(answer.url or form.url).path).name), answer.body


def _too_large(index: int) -> UserError:
    message = f"A recording may have {MOST_BYTES >> 20} MB. Cut it, or write it with fewer bits."
    return UserError(message, field="file", code="file_too_large", item=index)
