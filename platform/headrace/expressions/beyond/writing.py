"""An expression as the sandbox compiles it: with our own functions under names of their own.

What objects can do beyond JavaScript must not be readable as if it were a field of theirs, so
`.keys()` is written `.$x_keys()`; and what `null` can do needs a stand-in for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from headrace.expressions.beyond.scanning import Words
from headrace.expressions.library.words import CHECKS_NOTHING, DATA_FUNCTIONS, words_of

PREFIX: Final = "$x_"
_STAND_IN: Final = "$nil("
_STICKS_BEFORE: Final = frozenset({"=>", "++", "--"})
_STICKS_AFTER: Final = words_of("return break continue throw yield async")
_KEYWORDS: Final = words_of("return typeof instanceof in of new delete void throw")


@dataclass(frozen=True, slots=True)
class Edit:
    """A piece of text put in before an offset of the template."""

    at: int
    text: str


@dataclass(frozen=True, slots=True)
class Written:
    """`code` for the sandbox. `spread` is the same, nearly every word on a line of its own.

    QuickJS says in which line a mistake is, but not where in it; `line_starts` says which offset
    of the template each line of `spread` begins with.
    """

    code: str
    spread: str
    line_starts: tuple[int, ...]
    edits: tuple[Edit, ...]

    def offset_of_line(self, line: int) -> int | None:
        """Where in the template a line of `spread` (from 0) begins; `None` behind its end."""
        return self.line_starts[line] if 0 <= line < len(self.line_starts) else None

    def offset_of(self, start: int, line: int, column: int) -> int | None:
        """Where in the template a place in `code` is; `line` from 0, `column` in bytes from 0."""
        lines = self.code.split("\n")
        if not 0 <= line < len(lines):
            return None
        before = len(lines[line].encode()[:column].decode(errors="ignore"))
        place = sum(len(text) + 1 for text in lines[:line]) + before
        at, original = 0, start
        for edit in self.edits:
            if place < at + edit.at - original:
                break
            at += edit.at - original
            original = edit.at
            if place < at + len(edit.text):
                return original
            at += len(edit.text)
        return original + place - at


def written(source: str, start: int, words: Words) -> Written:
    """The expression that begins at `start` of a template."""
    edits = tuple(sorted(_edits(words), key=lambda edit: edit.at))
    end = words.words[-1].end if words.words else start
    pieces, position = [], start
    for edit in edits:
        pieces += [source[position : edit.at], edit.text]
        position = edit.at
    code = "".join(pieces) + source[position:end]
    spread, line_starts = _spread(words)
    return Written(code, spread, line_starts, edits)


def _edits(words: Words) -> list[Edit]:
    edits = []
    for index, word in enumerate(words.words):
        is_call = words.text(index - 1) in {".", "?."} and words.text(index + 1) == "("
        if word.sort != "name" or not is_call or word.text not in DATA_FUNCTIONS:
            continue
        edits.append(Edit(word.start, PREFIX))
        if word.text in CHECKS_NOTHING and words.text(index - 1) == ".":
            receiver = _receiver(words, index - 2)
            if receiver is not None:
                edits.append(Edit(words.words[receiver].start, _STAND_IN))
                edits.append(Edit(words.words[index - 1].start, ")"))
    return edits


def _receiver(words: Words, index: int) -> int | None:
    """The word with which a chain that ends at `index` begins; `None` where it has a `?.`."""
    while True:
        first = _opening(words, index)
        is_group = first != index
        before = words.text(first - 1)
        if before == "?.":
            return None
        if before == ".":
            index = first - 2
        elif is_group and _is_callee(words, first - 1) and words.text(first) in {"(", "["}:
            index = first - 1
        else:
            return first - 1 if before == "new" else first


def _opening(words: Words, index: int) -> int:
    """The word that begins what ends here; a text with placeholders has several pieces."""
    while index in words.partners:
        index = words.partners[index]
        if words.sort(index) != "piece":
            break
    return index


def _is_callee(words: Words, index: int) -> bool:
    sort, text = words.sort(index), words.text(index)
    if sort == "name":
        return text not in _KEYWORDS
    if sort == "piece":
        return text.endswith("`")
    return sort == "text" or text in {")", "]"}


def _spread(words: Words) -> tuple[str, tuple[int, ...]]:
    if not words.words:
        return "", ()
    pieces, starts = [words.words[0].text], [words.words[0].start]
    starts += [words.words[0].start] * words.words[0].text.count("\n")
    for before, word in pairwise(words.words):
        sticks = word.text in _STICKS_BEFORE or before.text in _STICKS_AFTER
        pieces += [" " if sticks else "\n", word.text]
        starts += [word.start] * (word.text.count("\n") + (0 if sticks else 1))
    return "".join(pieces), tuple(starts)
