"""Parts of a text that a translation must not touch: taken out before, put back afterwards.

Each is replaced by a mark such as ⟦3⟧, which models leave alone; whether each mark came back
exactly once is counted, so a lost placeholder is found instead of shipped.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

PLACEHOLDERS: Final = re.compile(
    r"""
    \{\{[^{}\n]{1,200}\}\}            # {{ name }}
    | \$\{[^{}\n]{1,200}\}            # ${name}
    | \{[A-Za-z0-9_.:,\ #]{0,60}\}    # {0}, {name}, {count, number}
    | %\([A-Za-z0-9_]{1,60}\)[sdif]   # %(name)s
    | %[sdif@]                        # %s
    | </?[A-Za-z][^<>\n]{0,500}>      # tags
    | https?://[^\s<>"')\]]{1,2000}   # addresses
    | [\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}
    | `[^`\n]{1,500}`                 # code
    """,
    re.VERBOSE | re.ASCII,
)
_MARK: Final = re.compile(r"⟦\s*(\d{1,6})\s*⟧")


@dataclass(frozen=True, slots=True)
class Kept:
    """A text with marks, and what stands for each of them."""

    text: str
    parts: tuple[str, ...]

    def faults(self, translated: str) -> list[str]:
        """The marks that are not there exactly once."""
        found = [int(number) for number in _MARK.findall(translated)]
        return [f"⟦{at}⟧" for at in range(len(self.parts)) if found.count(at) != 1]

    def restored(self, translated: str) -> str:
        """The translation with the parts where their marks are."""

        def part(match: re.Match[str]) -> str:
            at = int(match[1])
            return self.parts[at] if at < len(self.parts) else match[0]

        return _MARK.sub(part, translated)


def take_out(text: str, terms: Mapping[str, str], *, placeholders: bool) -> Kept:
    """Marks in place of placeholders and of whole words of the glossary, longest first.

    `terms` has what each is replaced by. Marks that stand in the text already are kept as parts.
    """
    parts: list[str] = []

    def mark(part: str) -> str:
        parts.append(part)
        return f"⟦{len(parts) - 1}⟧"

    text = _MARK.sub(lambda match: mark(match[0]), text)
    if placeholders:
        text = _outside(text, PLACEHOLDERS, lambda match: mark(match[0]))
    by_name = {term.casefold(): value for term, value in terms.items() if term.strip()}
    if by_name:
        longest = sorted((term for term in terms if term.strip()), key=len, reverse=True)
        words = "|".join(re.escape(term) for term in longest)
        pattern = re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)
        text = _outside(text, pattern, lambda match: mark(by_name[match[0].casefold()]))
    return Kept(text, tuple(parts))


def _outside(text: str, pattern: re.Pattern[str], replace: object) -> str:
    """Replace between the marks, never inside of one."""
    assert callable(replace)
    pieces = re.split(r"(⟦\d{1,6}⟧)", text)
    return "".join(
        piece if at % 2 else pattern.sub(replace, piece) for at, piece in enumerate(pieces)
    )
