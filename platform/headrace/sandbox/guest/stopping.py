"""Why a job was stopped, in words: the same for every language."""

from __future__ import annotations

from typing import Any, Final

TOO_DEEP: Final = "code_too_deep"
MESSAGES: Final = {
    "code_timeout": "The code ran longer than {time_s:g} s and was stopped. "
    "Give it fewer items, or split the work over several nodes.",
    "code_memory": "The code needed more than {memory_mb:g} MB of memory and was stopped. "
    "Give it fewer items, or keep less of them at once.",
    "code_output_too_large": "The code gave more than {output_mb:g} MB. Return less, or in parts.",
    TOO_DEEP: "The code called itself too deeply, or went through data nested too deeply.",
    "sandbox_crashed": "The sandbox failed while it ran this code. Run it again.",
}
MEGABYTE: Final = 1024 * 1024


class WrongGuest(Exception):
    """What runs the code is not the one that this was written for, or is not there."""


class Stopped(Exception):
    """A job did not come to its end; `code` says why, `at` which evaluation of a batch it was."""

    def __init__(self, code: str, message: str = "", at: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.at = at


def refusal(stopped: Stopped, asked: dict[str, Any]) -> dict[str, Any]:
    """The header of its answer."""
    message = MESSAGES.get(stopped.code, "").format(
        time_s=asked["time_s"],
        memory_mb=asked["memory_bytes"] / MEGABYTE,
        output_mb=asked["output_bytes"] / MEGABYTE,
    )
    told = {"ok": False, "code": stopped.code, "message": message or stopped.message}
    return told if stopped.at is None else {**told, "at": stopped.at}
