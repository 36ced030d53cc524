"""What values can do beyond JavaScript, each with what it comes to."""

from __future__ import annotations

import pytest

from headrace.expressions import ExpressionError, Scope, compile_value

CASES = {
    "[].isEmpty()": True,
    "$json.missing.isEmpty()": True,
    "null.isNotEmpty()": False,
    '"".isEmpty()': True,
    "({}).isEmpty()": True,
    "[1].isNotEmpty()": True,
    "$json.missing?.isEmpty()": None,
    "[1, 2].first()": 1,
    "[1, 2].last()": 2,
    "[].first()": None,
    '[1, 2, "3"].sum()': 6,
    '["x"].sum()': None,
    "[].average()": 0,
    "[1, 2, 6].average()": 3,
    "[3, 1, 2].min()": 1,
    "[3, 1, 2].max()": 3,
    "[].max()": None,
    '[1, "1", 1, {a: 1}, {a: 1}].unique()': [1, "1", {"a": 1}],
    '[{id: 1, n: "a"}, {id: 1, n: "b"}].unique("id")': [{"id": 1, "n": "a"}],
    '[1, null, "", 0, false].compact()': [1, 0, False],
    '[{id: 1}, null, {id: 2}].pluck("id")': [1, None, 2],
    '[{a: 1, b: 2, c: 3}].pluck("a", "c")': [{"a": 1, "c": 3}],
    "[1, 2, 3].chunk(2)": [[1, 2], [3]],
    "[1, 2].union([2, 3])": [1, 2, 3],
    "[1, 2].intersection([2, 3])": [2],
    "[1, 2].difference([2, 3])": [1],
    '[{k: "a", v: 1}].smartJoin("k", "v")': {"a": 1},
    '"the lord of the rings".toTitleCase()': "The Lord Of The Rings",
    '"HELLO world".toSentenceCase()': "Hello world",
    '"Order Number 12".toSnakeCase()': "order_number_12",
    '"Order number".toCamelCase()': "orderNumber",
    '"Ada <ada@example.com>".extractEmail()': "ada@example.com",
    '"nobody".extractEmail()': None,
    '"https://www.example.com/a".extractDomain()': "www.example.com",
    '"ada@example.com".extractDomain()': "example.com",
    '"see https://example.com/a?b=1 there".extractUrl()': "https://example.com/a?b=1",
    '"ada@example".isEmail()': False,
    '"https://example.com".isUrl()': True,
    '"javascript:alert(1)".isUrl()': False,
    '" 12.5 ".isNumeric()': True,
    '" ".isNumeric()': False,
    '"12.5".toNumber()': 12.5,
    '"No".toBoolean()': False,
    '"<b>bold</b>".removeTags()': "bold",
    "'say \"a\"'.quote()": '"say \\"a\\""',
    '"é".base64Encode().base64Decode()': "é",
    "'{\"a\": 1}'.parseJson().a": 1,
    "({a: 1, b: 2}).removeField('a')": {"b": 2},
    "({a: 1, b: null}).compact()": {"a": 1},
    "({a: 1, b: 1}).merge({b: 2, c: 3})": {"a": 1, "b": 1, "c": 3},
    '({a: 1, b: "x y"}).urlEncode()': "a=1&b=x%20y",
    "({b: 1, 1: 2}).keys()": ["1", "b"],
    "(-3).isOdd()": True,
    "(1.005).round(1)": 1,
    "(2.345).round(2)": 2.35,
    "(1234567.891).format()": "1,234,567.891",
    '(-1234.5).format("de-DE")': "-1.234,5",
    "(0.1).format()": "0.1",
    "true.toNumber() + 1": 2,
}


@pytest.mark.parametrize(("source", "value"), CASES.items(), ids=CASES.keys())
def test_a_function_comes_to(source, value, scope: Scope):
    assert compile_value({"=": "{{ " + source + " }}"}).evaluate(scope) == value


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("[1].chunk(0)", "size of 1 or more"),
        ("[1].union(2)", "another array"),
        ('"é".base64Decode()', "no base64"),
        ('(1).format("xx")', "not xx"),
    ],
)
def test_a_function_says_what_it_needs(source, said, scope: Scope):
    with pytest.raises(ExpressionError, match=said):
        compile_value({"=": "{{ " + source + " }}"}).evaluate(scope)


@pytest.mark.parametrize("function", ["extractEmail", "extractUrl", "extractDomain", "removeTags"])
@pytest.mark.parametrize("piece", ["a", "a.", "a@", "<", "http://", "-a."])
def test_no_text_makes_a_function_slow(function, piece, scope: Scope):
    scope.json = {"text": piece * (400_000 // len(piece))}

    compile_value({"=": "{{ $json.text." + function + "() }}"}).evaluate(scope)
