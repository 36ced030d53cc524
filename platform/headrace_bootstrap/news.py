"""Read what supervisord tells about its programs (its log format is that of the pinned version)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final


class Happening(Enum):
    """What can happen to a program."""

    STARTED = "started"
    DIED = "died"
    GAVE_UP = "gave up"


@dataclass(frozen=True)
class News:
    """One happening; `detail` is a process id, or how the program ended."""

    program: str
    happening: Happening
    detail: str = ""


_SHAPES: Final = (
    (Happening.STARTED, re.compile(r" spawned: '(\w+)' with pid (\d+)$")),
    (Happening.DIED, re.compile(r" exited: (\w+) \((.+?)(?:; (?:not )?expected)?\)$")),
    (Happening.GAVE_UP, re.compile(r" gave up: (\w+) entered FATAL state, (.+)$")),
)


def parse(line: str) -> News | None:
    """The happening that a log line reports, if it reports one."""
    for happening, shape in _SHAPES:
        if found := shape.search(line.rstrip()):
            return News(found[1], happening, found[2])
    return None


class Reporter:
    """Turns happenings into the sentences worth reading: deaths, restarts, surrender."""

    def __init__(self) -> None:
        self._died: dict[str, str] = {}

    def sentence(self, news: News) -> str | None:
        """One plain line, or nothing for an ordinary start."""
        match news.happening:
            case Happening.DIED:
                self._died[news.program] = news.detail
                return None
            case Happening.STARTED:
                how = self._died.pop(news.program, None)
                again = f"restarted as process {news.detail}"
                return how and f"{news.program} died ({how}) and was {again}."
            case Happening.GAVE_UP:
                how = self._died.pop(news.program, news.detail)
                return f"{news.program} keeps dying ({how}); it is not restarted again."
