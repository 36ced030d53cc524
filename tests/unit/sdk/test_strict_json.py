"""Strict JSON refuses what could not be kept, and says where it stands."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headrace_sdk import strict_json
from headrace_sdk.strict_json import InvalidJson

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
    max_leaves=30,
)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"NaN",
        b"Infinity",
        b"-Infinity",
        b"[NaN]",
        b"{'a': 1}",
        b"[1,]",
        b"[1] 2",
        b"01",
        b'"\xff"',
        b'"\xed\xa0\x80"',
        b'"\\ud800"',
        b'"\\udc00x"',
        b'"a\x00b"',
        b'"\n"',
        b'{"a"}',
        b"tru",
    ],
)
def test_what_is_not_json_is_refused(text: bytes) -> None:
    """R-050, R-052."""
    with pytest.raises(InvalidJson) as caught:
        strict_json.loads(text)

    assert caught.value.code == "invalid_json"
    assert "line" in caught.value.message


@pytest.mark.parametrize(
    ("text", "path", "code"),
    [
        (b'{"a": [1, "x\\u0000y"]}', "/a/1", "json_invalid_text"),
        (b'{"a\\u0000": 1}', "", "json_invalid_text"),
        (b'{"a": {"b": 1e400}}', "/a/b", "json_invalid_number"),
        (b'[-1E+999, "x"]', "/0", "json_invalid_number"),
        (b'{"a/b": {"~": 18446744073709551616}}', "/a~1b/~0", "json_invalid_number"),
        (b'{"a": -9223372036854775809}', "/a", "json_invalid_number"),
        (b'{"a": ' + b"9" * 4000 + b"}", "/a", "json_invalid_number"),
    ],
)
def test_what_could_not_be_kept_is_refused_with_its_place(
    text: bytes, path: str, code: str
) -> None:
    """R-050, R-051, R-053."""
    with pytest.raises(InvalidJson) as caught:
        strict_json.loads(text)

    assert (caught.value.path, caught.value.code) == (path, code)


@pytest.mark.parametrize("opening", ["[", '{"a":', '[{"a":'])
@pytest.mark.parametrize("levels", [65, 150, 300, 1000, 100_000])
def test_deep_values_are_refused(opening: str, levels: int) -> None:
    """R-049."""
    closing = opening.translate({ord("["): "]", ord("{"): "}"}).replace('"a":', "")[::-1]
    text = opening * levels + "1" + closing * levels

    with pytest.raises(InvalidJson) as caught:
        strict_json.loads(text.encode())

    assert caught.value.code == "json_too_deep"


def test_sixty_four_levels_are_allowed() -> None:
    """R-049."""
    text = b"[" * 64 + b"]" * 64

    assert json.dumps(strict_json.loads(text)).encode() == text


def test_many_shallow_containers_are_not_deep() -> None:
    """The quick count of brackets is not mistaken for depth."""
    value = [[] for _ in range(1000)]

    assert strict_json.loads(json.dumps(value).encode()) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (b'"\\\\u0000"', "\\u0000"),
        (b"9007199254740993", 9007199254740993),
        (b"18446744073709551615", 18446744073709551615),
        (b"-9223372036854775808", -9223372036854775808),
        (b"1e308", 1e308),
        (b'"\\ud83d\\ude00"', "😀"),
        (b'{"a": 1, "a": 2}', {"a": 2}),
    ],
)
def test_what_only_looks_dangerous_is_kept(text: bytes, value: object) -> None:
    """R-053: nothing harmless is lost."""
    assert strict_json.loads(text) == value


@given(VALUES)
def test_what_is_written_reads_back_the_same(value: object) -> None:
    """R-053."""
    back = strict_json.loads(strict_json.dumps(value))  # type: ignore[arg-type]

    assert json.dumps(back) == json.dumps(value)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(text: bytes) -> None:
    """S-077: never another error."""
    try:
        value = strict_json.loads(text)
    except InvalidJson:
        return

    strict_json.dumps(value)


@pytest.mark.parametrize("value", [math.nan, [math.inf], {"a": "\ud800"}, {"a": object()}])
def test_what_is_no_json_is_not_written(value: object) -> None:
    """R-050, R-052: also on the way out."""
    with pytest.raises(InvalidJson):
        strict_json.dumps(value)  # type: ignore[arg-type]


def test_an_endless_value_is_not_written() -> None:
    """R-049."""
    value: list[object] = []
    value.append(value)

    with pytest.raises(InvalidJson):
        strict_json.dumps(value)  # type: ignore[arg-type]
