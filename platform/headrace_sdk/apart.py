"""Runs a function in a process of its own: for parsers of what strangers sent.

The process has no environment, a limit on memory, processor time and open files, and is killed
when its time is up, whatever it is doing. What comes back is JSON and bytes, never objects, so
that a parser that was taken over can give wrong data and nothing else. One start costs about a
fifth of a second: send all items of a run together.

Frame, both ways: the length of the JSON (8 bytes, big endian), the JSON, then the bytes.
"""

from __future__ import annotations

import asyncio
import importlib
import json
import resource
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from math import ceil
from typing import Any, Final, TypeAlias, cast
from weakref import WeakKeyDictionary

from headrace_sdk.errors import NodeError, UserError
from headrace_sdk.items import JsonValue

Work: TypeAlias = "Callable[[Any, bytes], tuple[JsonValue, bytes]]"

TIME_LIMIT_S: Final = 20.0
"""Of processor time. By the clock on the wall it may be `PATIENCE` times as long."""
PATIENCE: Final = 3
MEMORY_BYTES: Final = 768 * 1024 * 1024
MAX_RESULT_BYTES: Final = 96 * 1024 * 1024
SIDE_BY_SIDE: Final = 2
"""Processes that one worker runs at a time; others wait, and their time does not run yet."""

_LENGTH: Final = 8
_is_here: ContextVar[bool] = ContextVar("is_here", default=False)
_places: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


async def run_apart(
    work: str, given: JsonValue, content: bytes = b"", *, time_limit_s: float = TIME_LIMIT_S
) -> tuple[JsonValue, bytes]:
    """What the function `work` (`package.module:name`, see `Work`) gives for these.

    It is named and not handed over, so that only the child loads the parser.

    Raises:
        NodeError: it raised one; or it took too long (`parser_timeout`), too much memory, or
            ended without a result (`parser_failed`).
    """
    if _is_here.get():
        output = _without_dying(work, _framed(given, content))
    else:
        place = _places.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(SIDE_BY_SIDE))
        async with place:
            output = await _converse(work, _framed(given, content), time_limit_s)
    answer, rest = _unframed(output)
    if not isinstance(answer, dict) or "error" in answer:
        raise _error(answer)
    return answer["value"], rest


@contextmanager
def here() -> Iterator[None]:
    """Within it the work is done in this process: for tests, which trust what they give."""
    token = _is_here.set(True)
    try:
        yield
    finally:
        _is_here.reset(token)


def _without_dying(work: str, frame: bytes) -> bytes:
    try:
        return _serve(work, frame)
    except Exception:  # noqa: BLE001 - whatever would have ended the child
        return b""


async def _converse(work: str, given: bytes, time_limit_s: float) -> bytes:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-I",
        "-m",
        __name__,
        work,
        str(ceil(time_limit_s)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={},
    )
    try:
        async with asyncio.timeout(time_limit_s * PATIENCE):
            output, _ = await asyncio.gather(_read(process), _write(process, given))
            if await process.wait() == -signal.SIGXCPU:
                raise TimeoutError
            return output
    except TimeoutError:
        message = f"Reading this took longer than {time_limit_s:g} s, and was stopped."
        raise NodeError(message, code="parser_timeout") from None
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def _write(process: asyncio.subprocess.Process, given: bytes) -> None:
    assert process.stdin is not None
    try:
        process.stdin.write(given)
        await process.stdin.drain()
        process.stdin.close()
    except (BrokenPipeError, ConnectionResetError):
        # It has died; what it left on its output tells.
        return


async def _read(process: asyncio.subprocess.Process) -> bytes:
    assert process.stdout is not None
    output = bytearray()
    while chunk := await process.stdout.read(1 << 20):
        output += chunk
        if len(output) > MAX_RESULT_BYTES:
            message = f"The result is larger than {MAX_RESULT_BYTES // 2**20} MiB."
            raise NodeError(message, code="result_too_large")
    return bytes(output)


def _framed(value: JsonValue, content: bytes) -> bytes:
    text = json.dumps(value).encode()
    return len(text).to_bytes(_LENGTH) + text + content


def _unframed(frame: bytes) -> tuple[JsonValue, bytes]:
    """JSON and bytes; null where the frame is broken, as after a kill."""
    end = _LENGTH + int.from_bytes(frame[:_LENGTH])
    try:
        return cast("JsonValue", json.loads(frame[_LENGTH:end])), frame[end:]
    except (ValueError, RecursionError):
        return None, b""


def _error(answer: JsonValue) -> NodeError:
    told = answer.get("error") if isinstance(answer, dict) else None
    if not isinstance(told, dict):
        message = "This could not be read: it needs too much memory or time, or is broken."
        return NodeError(message, code="parser_failed")
    message, code, item = str(told.get("message")), str(told.get("code")), told.get("item")
    place = item if isinstance(item, int) else None
    return UserError(message, code=code, item=place, field=str(told.get("field") or "") or None)


def _serve(name: str, frame: bytes) -> bytes:
    """Do the work, give a frame."""
    given, content = _unframed(frame)
    module, _, function = name.partition(":")
    work: Work = getattr(importlib.import_module(module), function)
    try:
        value, rest = work(given, content)
        return _framed({"value": value}, rest)
    except NodeError as error:
        field = getattr(error, "field", None)
        told = {"message": error.message, "code": error.code, "item": error.item, "field": field}
        return _framed({"error": told}, b"")
    except (MemoryError, RecursionError):
        return _framed(None, b"")


def _limit(kind: int, to: int) -> None:
    try:
        # The soft limit comes first: of processor time it ends with a signal that tells.
        resource.setrlimit(kind, (to, to + 1))
    except (ValueError, OSError):
        # macOS refuses some of them; the time limit holds there all the same.
        return


if __name__ == "__main__":
    _limit(resource.RLIMIT_AS, MEMORY_BYTES)
    _limit(resource.RLIMIT_CPU, int(sys.argv[2]))
    _limit(resource.RLIMIT_NOFILE, 64)
    _limit(resource.RLIMIT_CORE, 0)
    # Nothing but this frame may reach the parent, whatever a library prints.
    _out, sys.stdout = sys.stdout.buffer, sys.stderr
    _out.write(_serve(sys.argv[1], sys.stdin.buffer.read()))
    _out.flush()
