"""What a model is told of a tool: a name that every provider takes, and what it does."""

from __future__ import annotations

import inspect
import re
from collections.abc import Collection
from typing import Final

from headrace.workflows.compiled import CompiledNode

LONGEST: Final = 60
"""OpenAI and Anthropic take 64 characters of A-Z, a-z, 0-9, _ and -; a number may follow."""

LONGEST_TEXT: Final = 1_000


def tool_name(name: str, taken: Collection[str]) -> str:
    """A node's name as a word, with a number where another tool has it."""
    word = re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")[:LONGEST] or "tool"
    numbered = (f"{word}_{number}" for number in range(2, 1_000))
    return word if word not in taken else next(one for one in numbered if one not in taken)


def described(node: CompiledNode) -> str:
    """The author's note on the node; else what its name and its kind of node say."""
    note = node.settings.get("note")
    if isinstance(note, str) and note.strip():
        return note.strip()[:LONGEST_TEXT]
    told = inspect.cleandoc((node.node_class.__doc__ if node.node_class else "") or "")
    paragraph = " ".join(told.partition("\n\n")[0].split())
    return f"{node.name}: {paragraph}"[:LONGEST_TEXT]
