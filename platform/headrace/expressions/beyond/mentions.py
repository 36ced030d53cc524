"""What an expression of the sandbox mentions, read off its words: it decides what it is given."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from headrace.expressions.beyond.scanning import Words
from headrace.expressions.errors import ExpressionSyntaxError
from headrace.expressions.library.words import CHANGING, words_of
from headrace.expressions.syntax import refusals
from headrace.expressions.syntax.tokens import Tokens

INPUT: Final = ""
"""The name under which `$input` stands among those of nodes."""

_OF_THE_ITEM: Final = frozenset({"$json", "$binary", "$itemIndex"})
_ASSIGNING: Final = words_of("= += -= *= /= %= **= <<= >>= >>>= &= |= ^= &&= ||= ??= ++ --")
_FORBIDDEN: Final = {
    name: advice for name, advice in refusals.VARIABLES.items() if name in {"$env", "$secrets"}
} | {
    "$items": refusals.VARIABLES["$items"],
    "import": refusals.KEYWORDS["import"],
    "await": refusals.KEYWORDS["await"],
}


@dataclass(slots=True)
class Mentions:
    """`views` are the nodes by name, each with what of it is read: `item first last all`.

    `changes`: it may change what it is given, so that it must be given a copy.
    """

    views: dict[str, set[str]] = field(default_factory=dict)
    reads_item: bool = False
    changes: bool = False

    def note(self, name: str, use: str) -> None:
        """Something of a node or of the input is read."""
        uses = {use} if use in {"item", "first", "last", "all", "isExecuted"} else {"all", "item"}
        self.views.setdefault(name, set()).update(uses)
        self.reads_item |= "item" in uses


def mentions(words: Words) -> Mentions:
    """Everything that `words` mention.

    Raises:
        ExpressionSyntaxError: a node is not named by a text, or something is out of reach.
    """
    found = Mentions()
    for index, word in enumerate(words.words):
        if word.sort == "sign":
            found.changes |= word.text in _ASSIGNING
        if word.sort != "name":
            continue
        if words.text(index - 1) in {".", "?."}:
            found.changes |= word.text in CHANGING
        elif not _is_key(words, index):
            _variable(words, index, found)
    return found


def _is_key(words: Words, index: int) -> bool:
    return words.text(index + 1) == ":" and words.text(index - 1) in {"{", ","}


def _variable(words: Words, index: int, found: Mentions) -> None:
    word = words.words[index]
    if word.text in _FORBIDDEN:
        raise ExpressionSyntaxError(
            _FORBIDDEN[word.text], construct=word.text, span=(word.start, word.end)
        )
    found.reads_item |= word.text in _OF_THE_ITEM
    found.changes |= word.text == "delete"
    if word.text == "$input":
        found.note(INPUT, _behind(words, index + 1))
    elif word.text == "$":
        found.note(*_node(words, index, "(", ")"))
    elif word.text == "$node":
        if words.text(index + 1) == ".":
            found.note(words.text(index + 2), "item")
        else:
            found.note(_node(words, index, "[", "]")[0], "item")


def _node(words: Words, index: int, opening: str, closing: str) -> tuple[str, str]:
    """Name and use of `$("Name").use`."""
    dollar = words.words[index]
    is_fixed = words.sort(index + 2) in {"text", "piece"} and words.text(index + 3) == closing
    if words.text(index + 1) != opening or not is_fixed:
        raise ExpressionSyntaxError(
            refusals.COMPUTED_NODE,
            construct=f"{dollar.text}{opening}…{closing}",
            span=(dollar.start, dollar.end),
            code="computed_node_name",
        )
    name = words.text(index + 2)
    text = name[1:-1] if name.startswith("`") else str(Tokens(name, 0).next().value)
    return text, _behind(words, index + 4)


def _behind(words: Words, index: int) -> str:
    return words.text(index + 1) if words.text(index) in {".", "?."} else ""
