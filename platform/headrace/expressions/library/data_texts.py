"""What texts can do beyond JavaScript: the everyday work with names, addresses and numbers."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Final
from urllib.parse import urlsplit

from headrace.expressions import utf16
from headrace.expressions.errors import ExpressionError
from headrace.expressions.library import conversions
from headrace.expressions.library.strings import STRINGS
from headrace.expressions.values.coercion import to_number, to_text
from headrace.expressions.values.json_text import parse, stringify
from headrace.expressions.values.kinds import UNDEFINED, Value
from headrace.expressions.values.numbers import INFINITY, Number

# They begin where a word begins and are of bounded length, so they are linear in the text.
_LABELS: Final = r"(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}"
_EMAIL: Final = re.compile(rf"(?<![\w.+-])[\w.+-]{{1,64}}@{_LABELS}")
_DOMAIN: Final = re.compile(rf"(?<![A-Za-z0-9-]){_LABELS}")
_URL: Final = re.compile(r"https?://[^\s<>\"']{1,2000}", re.ASCII)
_TAG: Final = re.compile(r"<[^<>]{0,10000}>")
_WORD: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_a-zA-Z]+")
_TITLE: Final = re.compile(r"\S+")
_FALSE: Final = frozenset({"", "0", "false", "no", "off"})


@STRINGS.add("isEmpty()", '"".isEmpty()', is_linear=False)
def is_empty(text: str) -> bool:
    """Has the text no characters?"""
    return not text


@STRINGS.add("isNotEmpty()", '"a".isNotEmpty()', is_linear=False)
def is_not_empty(text: str) -> bool:
    """Has the text characters?"""
    return bool(text)


@STRINGS.add("toTitleCase()", '"the lord of the rings".toTitleCase()')
def to_title_case(text: str) -> str:
    """The text with every word beginning with a capital."""
    return _TITLE.sub(lambda found: _capital(found[0]), text)


@STRINGS.add("toSentenceCase()", '"HELLO world".toSentenceCase()')
def to_sentence_case(text: str) -> str:
    """The text in small letters, but for the first."""
    return _capital(text)


@STRINGS.add("toSnakeCase()", '"Order Number".toSnakeCase()')
def to_snake_case(text: str) -> str:
    """The words in small letters with `_` between them."""
    return "_".join(word.lower() for word in _WORD.findall(text))


@STRINGS.add("toCamelCase()", '"Order number".toCamelCase()')
def to_camel_case(text: str) -> str:
    """The words in one, each after the first with a capital."""
    words = [word.lower() for word in _WORD.findall(text)]
    return "".join(word if index == 0 else _capital(word) for index, word in enumerate(words))


@STRINGS.add("extractEmail()", '"Ada <ada@example.com>".extractEmail()')
def extract_email(text: str) -> Value:
    """The first e-mail address in the text, `undefined` when there is none."""
    return _first(_EMAIL, text)


@STRINGS.add("extractUrl()", '"see https://example.com/a".extractUrl()')
def extract_url(text: str) -> Value:
    """The first http(s) address in the text, `undefined` when there is none."""
    return _first(_URL, text)


@STRINGS.add("extractDomain()", '"https://www.example.com/a".extractDomain()')
def extract_domain(text: str) -> Value:
    """The domain of an e-mail or web address, `undefined` when there is none."""
    address = _first(_URL, text)
    if isinstance(address, str):
        return _host(address) or UNDEFINED
    return _first(_DOMAIN, text.rpartition("@")[2])


@STRINGS.add("isEmail()", '"ada@example.com".isEmail()')
def is_email(text: str) -> bool:
    """Is the text an e-mail address?"""
    return _EMAIL.fullmatch(text) is not None


@STRINGS.add("isUrl()", '"https://example.com".isUrl()')
def is_url(text: str) -> bool:
    """Is the text an http(s) address?"""
    return _URL.fullmatch(text) is not None and bool(_host(text))


@STRINGS.add("isDomain()", '"example.com".isDomain()')
def is_domain(text: str) -> bool:
    """Is the text the name of a domain?"""
    return _DOMAIN.fullmatch(text) is not None


@STRINGS.add("isNumeric()", '"12.5".isNumeric()')
def is_numeric(text: str) -> bool:
    """Is the text a number?"""
    return bool(text.strip()) and abs(to_number(text)) < INFINITY


@STRINGS.add("toNumber()", '"12.5".toNumber()')
def as_number(text: str) -> Number:
    """The number that the text spells, NaN when it spells none."""
    return to_number(text)


@STRINGS.add("toBoolean()", '"no".toBoolean()')
def to_boolean(text: str) -> bool:
    """False for `false`, `no`, `off`, `0` and an empty text, else true."""
    return text.strip().lower() not in _FALSE


@STRINGS.add("removeTags()", '"<b>bold</b>".removeTags()')
def remove_tags(text: str) -> str:
    """The text without what stands in angle brackets. This does not make HTML safe."""
    return _TAG.sub("", text)


@STRINGS.add("quote(mark?)", '"a".quote()')
def quote(text: str, mark: Value = UNDEFINED) -> str:
    """The text between quotation marks; those within it are escaped."""
    sign = '"' if mark is UNDEFINED else to_text(mark)
    return f"{sign}{text.replace(sign, chr(92) + sign) if sign else text}{sign}"


@STRINGS.add("urlEncode()", '"a b&c".urlEncode()')
def url_encode(text: str) -> str:
    """The text as a part of an address."""
    return conversions.encode_uri_component(text)


@STRINGS.add("urlDecode()", '"a%20b".urlDecode()')
def url_decode(text: str) -> str:
    """The text that a part of an address spells."""
    return conversions.decode_uri_component(text)


@STRINGS.add("base64Encode()", '"a".base64Encode()')
def base64_encode(text: str) -> str:
    """The UTF-8 of the text in base64."""
    return base64.b64encode(utf16.well_formed(text).encode()).decode()


@STRINGS.add("base64Decode()", '"YQ==".base64Decode()')
def base64_decode(text: str) -> str:
    """The text whose UTF-8 the base64 spells."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True).decode()
    except (binascii.Error, ValueError):
        raise ExpressionError("This text is no base64 of a text.", code="type_error") from None


@STRINGS.add("parseJson()", """'{"a": 1}'.parseJson()""")
def parse_json(text: str) -> Value:
    """The value that a JSON text spells."""
    return parse(text)


@STRINGS.add("toJsonString()", '"a".toJsonString()')
def to_json_string(text: str) -> Value:
    """The text as JSON."""
    return stringify(text)


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:].lower()


def _first(pattern: re.Pattern[str], text: str) -> Value:
    found = pattern.search(text)
    return found[0] if found else UNDEFINED


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
