"""Finds the variables that a workflow document names."""

from __future__ import annotations

import re
from typing import Final

import orjson

from headrace_sdk.items import JsonObject

EVERY: Final = "*"
"""Stands for a name that is only known when the expression runs."""

_QUOTE: Final = r"""(?:\\?"|')"""
_MENTION: Final = re.compile(
    r"\$vars\b\s*(?:"
    r"\??\.\s*(?P<dotted>[A-Za-z_]\w*)"
    rf"|(?:\?\.)?\[\s*{_QUOTE}(?P<quoted>[A-Za-z_]\w*){_QUOTE}\s*\]"
    r")?",
    re.ASCII,
)


def variables_in(document: JsonObject) -> list[str]:
    """The names behind `$vars` in it, sorted; `EVERY` where one of them is computed.

    Text that only looks like an expression counts too: naming one too many does no harm.
    """
    text = orjson.dumps([document.get("nodes"), document.get("settings")]).decode()
    found = {match["dotted"] or match["quoted"] or EVERY for match in _MENTION.finditer(text)}
    return sorted(found)
