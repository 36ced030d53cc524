"""The numbers, lengths of time and codes that an English sentence names, in one spelling each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

WORDS: Final = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\w+(?:[-./:]\w+)*")
"""1,000 and 4410-08 and 10:30 are one word each."""

_DAY: Final = 86_400
_UNITS: Final[Mapping[str, int]] = {
    **dict.fromkeys(("second", "sec"), 1),
    **dict.fromkeys(("minute", "min"), 60),
    **dict.fromkeys(("hour", "hr"), 3_600),
    "day": _DAY,
    "week": 7 * _DAY,
    "month": 30 * _DAY,
    # Twelve of those months: a year and 12 months are the same, which matters more than five days.
    "year": 360 * _DAY,
}
_SMALL: Final = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS: Final = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINALS: Final = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
]
_NUMBERS: Final[Mapping[str, int]] = {
    **{word: value for value, word in enumerate(_SMALL)},
    **{word: 10 * value for value, word in enumerate(_TENS, 2)},
    **{word: value for value, word in enumerate(_ORDINALS, 1) if word != "second"},
    "twice": 2,
    "double": 2,
    "thrice": 3,
    "dozen": 12,
}
_POWERS: Final = {"hundred": 100, "thousand": 1_000, "million": 1_000_000}
_JOINED: Final = re.compile(r"(\d+(?:\.\d+)?)(st|nd|rd|th|[a-z]+)")


def amounts(text: str) -> frozenset[str]:
    """What is counted or named by a number: `2`, `7200 s` (two hours), `e104`, `10:30`."""
    return frozenset(_read(list(_words(text))))


def _words(text: str) -> Iterator[str]:
    """In small letters; `5kg` and `twenty-five` are two, `3rd` is 3."""
    for word in WORDS.findall(text.lower()):
        joined = _JOINED.fullmatch(word)
        first, _, last = word.partition("-")
        if joined:
            yield joined[1]
            yield from () if joined[2] in ("st", "nd", "rd", "th") else (joined[2],)
        elif first in _NUMBERS and (last in _NUMBERS or _unit(last)):
            yield from (first, last)
        else:
            yield word


def _read(words: Sequence[str]) -> Iterator[str]:
    place = 0
    while place < len(words):
        value, after = _number(words, place)
        if value is None:
            word = words[place]
            if any(sign.isdigit() for sign in word):
                yield word
            place += 1
            continue
        unit = _unit(words[after]) if after < len(words) else 0
        if unit:
            yield f"{_plain(value * unit)} s"
        elif words[place] not in ("a", "an"):
            yield _plain(value)
        place = after + bool(unit)


def _number(words: Sequence[str], place: int) -> tuple[Decimal | None, int]:
    """The number that begins here, in digits or words, and the place after it."""
    word = words[place].replace(",", "")
    if re.fullmatch(r"\d+(\.\d+)?", word):
        return _times(Decimal(word), words, place + 1)
    if word in ("a", "an"):
        return Decimal(1), place + 1
    if word not in _NUMBERS:
        return None, place
    total = Decimal(_NUMBERS[word])
    follows = words[place + 1] if place + 1 < len(words) else ""
    if word in _TENS and 0 < _NUMBERS.get(follows, 0) < 10:
        return _times(total + _NUMBERS[follows], words, place + 2)
    return _times(total, words, place + 1)


def _times(value: Decimal, words: Sequence[str], place: int) -> tuple[Decimal, int]:
    while place < len(words) and words[place] in _POWERS:
        value *= _POWERS[words[place]]
        place += 1
    return value, place


def _unit(word: str) -> int:
    """Its seconds, 0 where it is no length of time."""
    return _UNITS.get(word) or _UNITS.get(word.removesuffix("s"), 0)


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
