"""JavaScript counts text in UTF-16 code units, Python in characters: the way there and back.

Every string that an expression sees is well paired: two halves of one character never stand as two
characters. `units` breaks them apart for whoever counts, `text` joins them again.
"""

from __future__ import annotations


def length(text: str) -> int:
    """Number of UTF-16 code units."""
    return len(text) if text.isascii() else len(_encode(text)) // 2


def units(text: str) -> str:
    """The same text with one character per code unit; the same object where nothing changes."""
    if text.isascii():
        return text
    encoded = _encode(text)
    if len(encoded) == 2 * len(text):
        return text
    # As UTF-32 every unit is a character of its own: two bytes of it, and two that are zero.
    apart = bytearray(2 * len(encoded))
    apart[0::4], apart[1::4] = encoded[0::2], encoded[1::2]
    return apart.decode("utf-32-le", "surrogatepass")


def unit(text: str, index: int) -> str:
    """The code unit at `index`, or an empty text outside of the text."""
    if index < 0:
        return ""
    if text.isascii():
        return text[index : index + 1]
    return _encode(text)[2 * index : 2 * index + 2].decode("utf-16-le", "surrogatepass")


def text(code_units: str) -> str:
    """What `units` took apart, joined again. A half without its other half stays as it is."""
    if code_units.isascii():
        return code_units
    return _encode(code_units).decode("utf-16-le", "surrogatepass")


def concat(left: str, right: str) -> str:
    """`left + right`; a character cut in two between them is whole again."""
    joined = left + right
    if left and "\ud800" <= left[-1] <= "\udbff":
        return text(joined)
    return joined


def sort_key(value: str) -> bytes:
    """Orders strings as JavaScript's `<` does: by code units."""
    return value.encode("utf-16-be", "surrogatepass")


def well_formed(value: str) -> str:
    """The text with U+FFFD for every half character, which no JSON or database can hold."""
    if value.isascii():
        return value
    try:
        value.encode()
    except UnicodeEncodeError:
        return _encode(value).decode("utf-16-le", "replace")
    return value


def _encode(value: str) -> bytes:
    return value.encode("utf-16-le", "surrogatepass")
