"""Cuts a long text where it may be cut: between paragraphs, lines, sentences, words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

BREAKS: Final = ("\n\n", "\n", ". ", " ")


def chunks(text: str, size: int) -> list[str]:
    """Parts of at most `size` characters, in order, that together are the whole text."""
    return [part for part in _cut(text, size, BREAKS) if part.strip()]


def _cut(text: str, size: int, breaks: tuple[str, ...]) -> Iterator[str]:
    if len(text) <= size:
        yield text
        return
    if not breaks:
        yield from (text[start : start + size] for start in range(0, len(text), size))
        return
    held = ""
    for piece in _pieces(text, breaks[0]):
        if len(held) + len(piece) <= size:
            held += piece
            continue
        if held:
            yield held
        *whole, held = _cut(piece, size, breaks[1:])
        yield from whole
    if held:
        yield held


def _pieces(text: str, at: str) -> Iterator[str]:
    """The text in pieces, each with the break that it ends with."""
    *first, last = text.split(at)
    yield from (part + at for part in first)
    if last:
        yield last
