"""Servers on this machine that speak the wire formats of language models, as a test scripts them."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler
from typing import Any, cast

from tests.support.stub import at_work

FORMATS = ("anthropic", "openai", "openai_compatible")


@dataclass
class Scripted:
    """One answer. `calls` are tools with the text of their arguments; `cut_after` is the number of
    events after which the connection closes; `usage` is input, output and cached tokens."""

    text: str = ""
    calls: list[tuple[str, str]] = field(default_factory=list)
    status: int = 200
    kind: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    usage: tuple[int, int, int] = (10, 5, 0)
    cut_after: int | None = None
    pause_s: float = 0
    mid_error: str = ""


@dataclass
class Received:
    """One request, as its bytes were (`raw`) and as they are read."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    raw: bytes


@dataclass
class ModelServer:
    """Answers with `script`, one after the other, then with `usual`."""

    port: int = 0
    script: list[Scripted] = field(default_factory=list)
    usual: Scripted = field(default_factory=lambda: Scripted("Hello there."))
    received: list[Received] = field(default_factory=list)
    busy: int = 0
    busiest: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def base(self, wire: str) -> str:
        """The address that a credential names."""
        return f"http://127.0.0.1:{self.port}{'' if wire == 'anthropic' else '/v1'}"

    @property
    def place(self) -> str:
        """What an operator allows."""
        return f"127.0.0.1:{self.port}"

    def next(self, request: Received) -> Scripted:
        with self.lock:
            self.received.append(request)
            return self.script.pop(0) if self.script else self.usual

    @contextmanager
    def answering(self) -> Iterator[None]:
        with self.lock:
            self.busy += 1
            self.busiest = max(self.busiest, self.busy)
        try:
            yield
        finally:
            with self.lock:
                self.busy -= 1


class _Handler(BaseHTTPRequestHandler):
    found: ModelServer

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("content-length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        kind = headers.get("content-type", "")
        body = parts_of(raw, kind) if kind.startswith("multipart/") else json.loads(raw)
        answer = self.found.next(Received(self.path, headers, body, raw))
        try:
            with self.found.answering():
                self._answer(answer)
        except OSError:
            return  # the caller was killed, or had enough

    def _answer(self, answer: Scripted) -> None:
        if self.path.endswith("/embeddings"):
            self._json(200, _vectors(self.found.received[-1].body), {})
        elif answer.status != 200:
            error = {"type": answer.kind, "code": answer.kind, "message": "as scripted"}
            self._json(answer.status, {"type": "error", "error": error}, answer.headers)
        elif self.path.endswith("/audio/transcriptions"):
            self._json(200, {"text": answer.text, "usage": _spoken(answer)}, {})
        else:
            self._stream(_ENCODERS[_wire(self.path)](answer), answer)

    def _json(self, status: int, body: Any, headers: dict[str, str]) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        given = {"content-type": "application/json", "content-length": str(len(content))}
        for name, value in (given | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def _stream(self, events: list[bytes], answer: Scripted) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.end_headers()
        for event in events[: answer.cut_after]:
            time.sleep(answer.pause_s)
            self.wfile.write(event)
            self.wfile.flush()
        self.close_connection = True

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@dataclass
class ModelPlace:
    """One address with a server of its own for each test: what is still being written for a caller
    that was killed is nothing that the next test sees."""

    handler: type[_Handler]
    port: int

    def fresh(self) -> ModelServer:
        """Nothing was received, nothing is scripted."""
        self.handler.found = ModelServer(self.port)
        return self.handler.found


@contextmanager
def model_place() -> Iterator[ModelPlace]:
    """An address that answers."""
    handler = type("Handler", (_Handler,), {})
    with at_work(handler) as port:
        place = ModelPlace(handler, port)
        place.fresh()
        yield place


@contextmanager
def model_server() -> Iterator[ModelServer]:
    """A server at work."""
    with model_place() as place:
        yield place.handler.found


def parts_of(raw: bytes, kind: str) -> dict[str, Any]:
    """Fields of a form by name: texts, and files as `[name, type, content]`."""
    whole = BytesParser().parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + raw)
    found: dict[str, Any] = {}
    for part in cast("list[EmailMessage]", whole.get_payload()):
        name = str(part.get_param("name", header="content-disposition"))
        content = cast("bytes", part.get_payload(decode=True))
        file = part.get_filename()
        found[name] = [file, part.get_content_type(), content] if file else content.decode()
    return found


def _spoken(answer: Scripted) -> dict[str, Any]:
    """What a server counts that writes down recordings: seconds if the kind says so, or tokens."""
    if answer.kind == "seconds":
        return {"type": "duration", "seconds": answer.usage[0]}
    given, made, _ = answer.usage
    names = {"input_tokens": given, "output_tokens": made, "total_tokens": given + made}
    return {"type": "tokens", **names}


def _wire(path: str) -> str:
    if path.endswith("/messages"):
        return "anthropic"
    return "openai" if path.endswith("/responses") else "openai_compatible"


def _pieces(text: str) -> list[str]:
    return [f"{word} " for word in text.split(" ")[:-1]] + text.split(" ")[-1:] if text else []


def _event(data: dict[str, Any]) -> bytes:
    return f"event: {data['type']}\ndata: {json.dumps(data)}\n\n".encode()


def _anthropic(answer: Scripted) -> list[bytes]:
    given, made, cached = answer.usage
    usage = {
        "input_tokens": given - cached,
        "output_tokens": 1,
        "cache_read_input_tokens": cached,
        "cache_creation_input_tokens": 0,
    }
    message = {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": "m",
        "content": [],
        "stop_reason": None,
        "stop_sequence": None,
        "usage": usage,
    }
    events: list[dict[str, Any]] = [{"type": "message_start", "message": message}]
    blocks: list[tuple[dict[str, Any], list[dict[str, Any]]]] = []
    if answer.text:
        deltas = [{"type": "text_delta", "text": one} for one in _pieces(answer.text)]
        blocks.append(({"type": "text", "text": ""}, deltas))
    for number, (name, arguments) in enumerate(answer.calls):
        start = {"type": "tool_use", "id": f"toolu_{number}", "name": name, "input": {}}
        halves = [arguments[:3], arguments[3:]]
        blocks.append((start, [{"type": "input_json_delta", "partial_json": h} for h in halves]))
    for index, (start, deltas) in enumerate(blocks):
        events.append({"type": "content_block_start", "index": index, "content_block": start})
        events += [{"type": "content_block_delta", "index": index, "delta": one} for one in deltas]
        events.append({"type": "content_block_stop", "index": index})
    if answer.mid_error:
        events.append(
            {"type": "error", "error": {"type": answer.mid_error, "message": "as scripted"}}
        )
        return [_event(one) for one in events]
    reason = "tool_use" if answer.calls else "end_turn"
    delta = {"stop_reason": reason, "stop_sequence": None}
    events.append({"type": "message_delta", "delta": delta, "usage": {"output_tokens": made}})
    events.append({"type": "message_stop"})
    return [_event(one) for one in events]


def _openai(answer: Scripted) -> list[bytes]:
    given, made, cached = answer.usage
    output: list[dict[str, Any]] = []
    events: list[dict[str, Any]] = []
    if answer.text:
        part = {"type": "output_text", "text": answer.text, "annotations": []}
        output.append(
            {
                "type": "message",
                "id": "m",
                "role": "assistant",
                "status": "completed",
                "content": [part],
            }
        )
        at = {"item_id": "m", "output_index": 0, "content_index": 0, "logprobs": []}
        events += [
            {"type": "response.output_text.delta", "delta": one, **at}
            for one in _pieces(answer.text)
        ]
    for number, (name, arguments) in enumerate(answer.calls):
        call = {"type": "function_call", "id": f"fc_{number}", "call_id": f"call_{number}"}
        output.append({**call, "name": name, "arguments": arguments, "status": "completed"})
    if answer.mid_error:
        events.append({"type": "error", "code": answer.mid_error, "message": "as scripted"})
    else:
        usage = {
            "input_tokens": given,
            "input_tokens_details": {"cached_tokens": cached},
            "output_tokens": made,
            "output_tokens_details": {"reasoning_tokens": 0},
            "total_tokens": given + made,
        }
        response = {
            "id": "resp_1",
            "object": "response",
            "created_at": 1,
            "model": "m",
            "status": "completed",
            "output": output,
            "usage": usage,
            "parallel_tool_calls": True,
            "tool_choice": "auto",
            "tools": [],
        }
        events.append({"type": "response.completed", "response": response})
    return [_event({**one, "sequence_number": n}) for n, one in enumerate(events)]


def _chat(answer: Scripted) -> list[bytes]:
    given, made, cached = answer.usage
    chunks: list[dict[str, Any]] = []

    def chunk(delta: dict[str, Any], reason: str | None = None) -> None:
        choice = {"index": 0, "delta": delta, "finish_reason": reason}
        chunks.append({"choices": [choice]})

    for one in _pieces(answer.text):
        chunk({"role": "assistant", "content": one})
    for index, (name, arguments) in enumerate(answer.calls):
        start = {"index": index, "id": f"call_{index}", "type": "function"}
        chunk({"tool_calls": [{**start, "function": {"name": name, "arguments": arguments[:3]}}]})
        chunk({"tool_calls": [{"index": index, "function": {"arguments": arguments[3:]}}]})
    if answer.mid_error:
        chunks.append({"error": {"code": answer.mid_error, "message": "as scripted"}})
    else:
        chunk({}, "tool_calls" if answer.calls else "stop")
        usage = {
            "prompt_tokens": given,
            "completion_tokens": made,
            "total_tokens": given + made,
            "prompt_tokens_details": {"cached_tokens": cached},
        }
        chunks.append({"choices": [], "usage": usage})
    about = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m"}
    lines = [f"data: {json.dumps({**about, **one})}\n\n".encode() for one in chunks]
    return [*lines, b"data: [DONE]\n\n"]


def _vectors(body: dict[str, Any]) -> dict[str, Any]:
    # A model `e-768` gives so many numbers.
    length = body["model"].rpartition("-")[2]
    rest = [0.0] * (int(length) - 2 if length.isdigit() else 0)
    made = [
        {"object": "embedding", "index": index, "embedding": [float(len(text)), 1.0, *rest]}
        for index, text in enumerate(body["input"])
    ]
    # Nobody promises an order.
    return {
        "object": "list",
        "model": "m",
        "data": made[::-1],
        "usage": {"prompt_tokens": 1, "total_tokens": 1},
    }


_ENCODERS = {"anthropic": _anthropic, "openai": _openai, "openai_compatible": _chat}
