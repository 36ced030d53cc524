"""Cuts a text into passages: by its headings and paragraphs first, then by sentences.

A passage never crosses a heading or a page. It is filled with sentences up to `size` tokens and
begins with the last sentences of the one before it, up to `overlap` tokens. A sentence that is
longer by itself is cut between words.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from headrace.knowledge.types import Piece

Count = Callable[[Sequence[str]], list[int]]
"""How many tokens each text has."""

HEADING: Final = re.compile(r"(#{1,6})[ \t]+(.+?)[ \t]*#*[ \t]*")
FENCE: Final = re.compile(r"[ ]{0,3}(```|~~~)")
# Quotation marks, typewritten and printed, may stand around a sentence.
SENTENCE_END: Final = re.compile(
    "(?<=[.!?\u2026])[\"'\u201d\u2019)\\]]*\\s+"
    "(?=[\"'\u201c\u2018(\\[]?[A-Z\u00c0-\u00d6\u00d8-\u00de0-9])|\n"
)
MAX_HEADING: Final = 900
LETTERS_A_TOKEN: Final = 4


@dataclass(slots=True)
class _Section:
    """Sentences under one heading, on one page."""

    heading: str
    page: int | None
    spans: list[tuple[int, int]] = field(default_factory=list)


def pieces(text: str, *, size: int, overlap: int, count: Count) -> list[Piece]:
    """The passages in their order. `overlap` is at most half of `size`."""
    sections = [section for section in _sections(text) if section.spans]
    found = []
    for section in sections:
        spans, tokens = _measured(text, section.spans, size, count)
        for first, last in _filled(tokens, size, min(overlap, size // 2)):
            start, end = spans[first][0], spans[last][1]
            found.append(_piece(text, section, start, end, sum(tokens[first : last + 1])))
    return found


def _piece(text: str, section: _Section, start: int, end: int, tokens: int) -> Piece:
    said = text[start:end]
    digest = hashlib.sha256(f"{section.heading}\x1f{said}".encode(errors="replace")).hexdigest()
    return Piece(said, section.heading, start, end, section.page, tokens, digest)


def _sections(text: str) -> Iterator[_Section]:
    has_pages = "\f" in text
    place = 0
    for number, page in enumerate(text.split("\f"), 1):
        yield from _of_page(page, place, number if has_pages else None)
        place += len(page) + 1


def _of_page(page: str, place: int, number: int | None) -> Iterator[_Section]:
    path: list[tuple[int, str]] = []
    section = _Section("", number)
    is_code = False
    start = 0
    lines = page.splitlines(keepends=True)
    paragraph: tuple[int, int] | None = None
    for line in [*lines, "\n"]:
        if FENCE.match(line):
            is_code = not is_code
        heading = None if is_code else HEADING.fullmatch(line.rstrip("\n"))
        if (heading or not line.strip()) and paragraph:
            section.spans += _sentences(page, *paragraph, place)
            paragraph = None
        if heading:
            yield section
            level = len(heading[1])
            path = [one for one in path if one[0] < level] + [(level, heading[2])]
            section = _Section(" / ".join(name for _, name in path)[:MAX_HEADING], number)
        elif line.strip():
            paragraph = (paragraph[0] if paragraph else start, start + len(line))
        start += len(line)
    yield section


def _sentences(page: str, start: int, end: int, place: int) -> Iterator[tuple[int, int]]:
    begin = start
    for mark in [*SENTENCE_END.finditer(page, start, end), None]:
        stop = end if mark is None else mark.start() + len(mark[0].rstrip())
        said = page[begin:stop]
        if said.strip():
            left = len(said) - len(said.lstrip())
            yield place + begin + left, place + begin + len(said.rstrip())
        begin = end if mark is None else mark.end()


def _measured(
    text: str, spans: list[tuple[int, int]], size: int, count: Count
) -> tuple[list[tuple[int, int]], list[int]]:
    """The spans with their tokens; those longer than `size` are cut into some that are not."""
    tokens = count([text[start:end] for start, end in spans])
    if max(tokens) <= size:
        return spans, tokens
    cut: list[tuple[int, int]] = []
    for (start, end), many in zip(spans, tokens, strict=True):
        cut += [(start, end)] if many <= size else _cut(text, start, end, size, many)
    return cut, count([text[start:end] for start, end in cut])


def _cut(text: str, start: int, end: int, size: int, many: int) -> Iterator[tuple[int, int]]:
    """Parts of about `size` tokens by the share of letters, between words where there are any."""
    letters = max(LETTERS_A_TOKEN, int((end - start) * size / many * 0.9))
    while start < end:
        stop = min(start + letters, end)
        if stop < end:
            gap = text.rfind(" ", start + letters // 2, stop)
            stop = gap if gap > 0 else stop
        yield start, stop
        start = stop + (1 if text[stop : stop + 1] == " " else 0)


def _filled(tokens: list[int], size: int, overlap: int) -> Iterator[tuple[int, int]]:
    """First and last sentence of each passage."""
    first = 0
    while first < len(tokens):
        last, total = first, tokens[first]
        while last + 1 < len(tokens) and total + tokens[last + 1] <= size:
            last += 1
            total += tokens[last]
        yield first, last
        if last + 1 == len(tokens):
            return
        first = _back(tokens, first, last, min(overlap, size - tokens[last + 1]))


def _back(tokens: list[int], first: int, last: int, overlap: int) -> int:
    """Where the next passage begins: after `first`, and with at most `overlap` tokens again."""
    begin = last + 1
    while begin - 1 > first and tokens[begin - 1] <= overlap:
        begin -= 1
        overlap -= tokens[begin]
    return begin
