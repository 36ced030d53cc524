"""Takes secrets out of whatever is stored, shown or logged, in every form they may appear in.

Values shorter than `SHORTEST` are left: masking them would eat innocent text (design 5.11).
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, cast
from urllib.parse import quote, quote_plus

from headrace_sdk.items import Item, JsonObject, JsonValue
from headrace_sdk.secret import Credential

SHORTEST: Final = 6
MASK: Final = "•••"


class Mask:
    """Learns the secrets that were opened, and replaces them from then on."""

    __slots__ = ("_known", "_pattern")

    def __init__(self) -> None:
        self._known: set[str] = set()
        self._pattern: re.Pattern[str] | None = None

    def learn(self, credential: Credential) -> None:
        """Remember the secret values of an opened credential."""
        texts = {secret.reveal() for secret in credential.secrets.values()}
        forms = {form for text in texts if len(text) >= SHORTEST for form in _forms(text)}
        if forms <= self._known:
            return
        self._known |= forms
        longest_first = sorted(self._known, key=lambda form: (-len(form), form))
        self._pattern = re.compile("|".join(map(re.escape, longest_first)))

    def text(self, text: str) -> str:
        """The text without what was learnt."""
        return self._pattern.sub(MASK, text) if self._pattern else text

    def content(self, content: bytes) -> bytes:
        """Bytes without it, where they are text; others are given back as they are."""
        if self._pattern is None:
            return content
        try:
            text = content.decode()
        except UnicodeDecodeError:
            return content
        return self.text(text).encode()

    def value(self, value: JsonValue) -> JsonValue:
        """A JSON value without it, names included; the same object where there is nothing."""
        if self._pattern is None:
            return value
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {self.text(name): self.value(one) for name, one in value.items()}
        if isinstance(value, Sequence):
            return [self.value(one) for one in value]
        return value

    def object(self, value: JsonObject) -> JsonObject:
        """`value` for an object."""
        return cast("JsonObject", self.value(value))

    def items(self, items: Sequence[Item]) -> Sequence[Item]:
        """Items without it; files are left as they are."""
        if self._pattern is None:
            return items
        return [Item(self.object(item.json), item.binary, item.paired) for item in items]


def _forms(text: str) -> Iterator[str]:
    """As it is, and as JSON, addresses, hex and base64 write it."""
    raw = text.encode()
    yield text
    yield from (json.dumps(text)[1:-1], json.dumps(text, ensure_ascii=False)[1:-1])
    yield from (quote(text), quote(text, safe=""), quote_plus(text))
    yield from (raw.hex(), raw.hex().upper())
    for offset in range(3):
        inner = _base64_inside(raw, offset)
        if len(inner) >= SHORTEST:
            yield from (inner, inner.translate(_URL_SAFE))


_URL_SAFE: Final = str.maketrans("+/", "-_")


def _base64_inside(raw: bytes, offset: int) -> str:
    """What base64 shows of `raw` for certain when `offset` (mod 3) other bytes come before it."""
    encoded = base64.b64encode(b"\0" * offset + raw).decode().rstrip("=")
    first = (0, 2, 3)[offset]
    whole = (offset + len(raw)) * 8 // 6
    return encoded[first:whole]
