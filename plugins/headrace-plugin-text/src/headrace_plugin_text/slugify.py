"""The shortest kind of node: a function."""

from __future__ import annotations

import re
import unicodedata

from headrace_sdk import Example, node


@node(
    "text.slugify",
    title="Slugify",
    category="Text",
    icon="link",
    synonyms=("url", "permalink", "kebab"),
    examples=(
        Example("A title", {"text": "Crème brûlée!"}, [{}], {"main": [{"result": "creme-brulee"}]}),
    ),
)
def slugify(text: str, separator: str = "-") -> str:
    """Turn a text into a piece of an address: lower case, without accents or punctuation.

    Use it to make file names and links out of titles. The field `result` comes out.

    Args:
        text: Any text, such as a title.
        separator: Stands between the words.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return separator.join(re.findall(r"[a-z0-9]+", plain.lower()))
