"""Cuts JavaScript into words, as far as is needed to find its end and what it mentions.

Source of the rule where a `/` begins a regular expression: ECMA-262, Lexical Grammar; after a
closing bracket it is taken for a division, which is right for all but statements.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, Literal

from headrace.expressions.errors import ExpressionSyntaxError, Span
from headrace.expressions.library.words import words_of

Sort = Literal["name", "number", "text", "pattern", "piece", "sign"]

_BLANK: Final = re.compile(
    r"(?:\s|\ufeff|/\*.*?\*/|//(?:(?!\}\})[^\n\r\u2028\u2029])*)*", re.DOTALL
)
_NAME: Final = re.compile(r"#?[$\w\u200c\u200d](?:[$\w\u200c\u200d]|\\u\{?[0-9a-fA-F]+\}?)*")
_NUMBER: Final = re.compile(
    r"0[xXoObB][\da-fA-F_]+n?|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?n?"
)
_TEXT: Final = re.compile(r"\"(?:[^\"\\\n\r]|\\[\s\S])*\"|'(?:[^'\\\n\r]|\\[\s\S])*'")
_PATTERN: Final = re.compile(r"/(?:[^/\\\[\n\r]|\\.|\[(?:[^\]\\\n\r]|\\.)*\])+/[a-zA-Z]*")
_PIECE: Final = re.compile(r"(?:[^`\\$]|\\[\s\S]|\$(?!\{))*(?:`|\$\{)")
_SIGN: Final = re.compile(
    r">>>=|\.\.\.|===|!==|\*\*=|<<=|>>=|&&=|\|\|=|\?\?=|>>>|=>|==|!=|<=|>=|&&|\|\||\?\?"
    r"|\?\.(?!\d)|\+\+|--|\+=|-=|\*=|/=|%=|&=|\|=|\^=|<<|>>|\*\*|[{}()\[\];,<>+\-*/%&|^!~?:=.@]"
)
_BEFORE_VALUE: Final = words_of(
    """
    return typeof instanceof in of new delete void throw case do else yield await
    """
)
_PAIRS: Final = {")": "(", "]": "[", "}": "{"}
_SURPLUS: Final = "Nothing is open that could be closed here."
_UNPAIRED: Final = {opening: f"Expected {closing} here." for closing, opening in _PAIRS.items()}


@dataclass(frozen=True, slots=True)
class Word:
    """One word of the source. A template literal is `piece`s, with words between them."""

    sort: Sort
    text: str
    start: int
    end: int


@dataclass(slots=True)
class Words:
    """The words of one expression; `partners` leads from each closing one to its opening one."""

    words: list[Word] = field(default_factory=list)
    partners: dict[int, int] = field(default_factory=dict)
    end: int = 0

    def text(self, index: int) -> str:
        """The text of a word, empty outside of the expression."""
        return self.words[index].text if 0 <= index < len(self.words) else ""

    def sort(self, index: int) -> Sort | None:
        """What a word is, `None` outside of the expression."""
        return self.words[index].sort if 0 <= index < len(self.words) else None


def scan(source: str, start: int) -> Words:
    """The words from `start` up to the `}}` that closes the expression; `end` is behind that.

    Raises:
        ExpressionSyntaxError: it is never closed, or a bracket or text in it is not.
    """
    found = Words()
    open_: list[int] = []
    position = _blank_end(source, start)
    while position < len(source):
        if not open_ and source.startswith("}}", position):
            found.end = position + 2
            return found
        closes_placeholder = source[position] == "}" and _is_placeholder(found, open_)
        word = (_piece if closes_placeholder else _word)(source, position, found)
        found.words.append(word)
        _pair(found, open_, word)
        position = _blank_end(source, word.end)
    raise _failure("The expression is not closed. Add }}.", (start, len(source)))


def _is_placeholder(found: Words, open_: list[int]) -> bool:
    return bool(open_) and found.text(open_[-1]).endswith("${")


def _piece(source: str, position: int, _: Words) -> Word:
    """Text of a template literal: from its backquote or from the `}` of a placeholder."""
    match = _PIECE.match(source, position + 1)
    if match is None:
        message = "The template literal is not closed. Add a backquote."
        raise _failure(message, (position, len(source)))
    return Word("piece", source[position : match.end()], position, match.end())


def _word(source: str, position: int, found: Words) -> Word:
    character = source[position]
    kinds: tuple[tuple[Sort, re.Pattern[str]], ...]
    if character == "`":
        return _piece(source, position, found)
    if character in "\"'":
        kinds = (("text", _TEXT),)
    elif _NUMBER.match(source, position):
        kinds = (("number", _NUMBER),)
    elif character == "/" and _may_begin_value(found):
        kinds = (("pattern", _PATTERN), ("sign", _SIGN))
    else:
        kinds = (("name", _NAME), ("sign", _SIGN))
    for sort, pattern in kinds:
        if match := pattern.match(source, position):
            return Word(sort, match[0], position, match.end())
    if character in "\"'":
        raise _failure(f"The text is not closed. Add {character}.", (position, len(source)))
    message = f"The character {character!r} has no meaning here. Put text between quotes."
    raise _failure(message, (position, position + 1))


def _pair(found: Words, open_: list[int], word: Word) -> None:
    """Note brackets as they open and close; a piece may close one placeholder and open the next."""
    index = len(found.words) - 1
    if word.sort == "piece":
        if word.text.startswith("}"):
            found.partners[index] = open_.pop()
        if word.text.endswith("${"):
            open_.append(index)
    elif word.sort == "sign" and word.text in _PAIRS.values():
        open_.append(index)
    elif word.sort == "sign" and word.text in _PAIRS:
        opening = found.text(open_[-1])[-1:] if open_ else ""
        if opening != _PAIRS[word.text]:
            raise _failure(_UNPAIRED.get(opening, _SURPLUS), (word.start, word.end))
        found.partners[index] = open_.pop()


def _may_begin_value(found: Words) -> bool:
    """Does a value stand here, so that a `/` is no division?"""
    if not found.words:
        return True
    last = found.words[-1]
    if last.sort == "name":
        return last.text in _BEFORE_VALUE
    if last.sort == "piece":
        return last.text.endswith("${")
    return last.sort == "sign" and last.text not in {")", "]", "}", "++", "--"}


def _blank_end(source: str, position: int) -> int:
    match = _BLANK.match(source, position)
    return match.end() if match else position


def _failure(message: str, span: Span) -> ExpressionSyntaxError:
    return ExpressionSyntaxError(message, span=span)
