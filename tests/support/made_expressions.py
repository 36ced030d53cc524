"""Expressions made by chance, the same ones each time: every type meets every operator and method."""

from __future__ import annotations

from random import Random
from typing import Any, Final

ITEM: Final[dict[str, Any]] = {
    "zero": 0, "one": 1, "minus": -7, "half": 2.5, "large": 123456789012, "huge": 1e21,
    "tiny": 1e-7, "sum": 0.1, "yes": True, "no": False, "nothing": None, "empty": "",
    "text": "Hello World", "number": " 12.5 ", "digits": "42", "hex": "0x1f", "wide": "aé😀z",
    "space": "  padded\t", "list": [3, 1, 2], "mixed": [1, "1", None, True, ""],
    "nested": [[1, 2], [3, [4]]], "none": [], "object": {"a": 1, "b": {"c": "deep"}}, "bare": {},
    "people": [{"name": "Ada", "age": 36}, {"name": "Grace", "age": 85}],
}  # fmt: skip
LITERALS: Final = (
    "0", "-0", "1", "-1", "3", "10", "0.5", "1e21", "1e-7", "255", "NaN", "Infinity", '""', '"a"',
    '"1"', '" 2 "', '"x,y,z"', '"😀"', "null", "undefined", "true", "false", "[]", "[1, 2]", "({})",
    "({a: 1})", "`t${1 + 1}`",
)  # fmt: skip
OPERATORS: Final = (
    "+", "-", "*", "/", "%", "<", ">", "<=", ">=", "==", "!=", "===", "!==", "&&", "||", "??",
    "&", "|", "^", "<<", ">>", ">>>",
)  # fmt: skip
UNARY: Final = ("-", "+", "!", "~", "typeof ")
TEXT_METHODS: Final = {
    "at": 1, "charAt": 1, "charCodeAt": 1, "codePointAt": 1, "concat": 2, "endsWith": 1,
    "includes": 1, "indexOf": 2, "lastIndexOf": 1, "padEnd": 2, "padStart": 2, "repeat": 1,
    "replace": 2, "replaceAll": 2, "slice": 2, "split": 2, "startsWith": 1, "substring": 2,
    "substr": 2, "toLowerCase": 0, "toUpperCase": 0, "trim": 0, "trimStart": 0, "trimEnd": 0,
}  # fmt: skip
NUMBER_METHODS: Final = {"toFixed": 1, "toPrecision": 1, "toExponential": 1, "toString": 0}
ARRAY_METHODS: Final = {
    "at": 1, "concat": 2, "flat": 1, "includes": 1, "indexOf": 1, "lastIndexOf": 1, "join": 1,
    "slice": 2, "toReversed": 0, "toSorted": 0, "toString": 0,
}  # fmt: skip
CALLBACKS: Final = {
    "map": ("x => x", "(x, i) => i", "x => x + 1", "x => typeof x", "x => [x]"),
    "filter": ("x => x", "x => x > 1", "(x, i) => i % 2"),
    "find": ("x => x > 1", "x => !x"),
    "findIndex": ("x => x === 1", "x => x == 1"),
    "some": ("x => x == null", "x => x > 2"),
    "every": ("x => x", "x => typeof x === 'number'"),
    "flatMap": ("x => [x, x]", "x => x"),
    "reduce": ("(a, x) => a + x", "(a, x) => a + x, 0", "(a, x) => a + x, ''"),
}
FUNCTIONS: Final = {
    "String": 1, "Number": 1, "Boolean": 1, "parseFloat": 1, "parseInt": 2, "isNaN": 1,
    "isFinite": 1, "encodeURIComponent": 1, "Array.isArray": 1, "JSON.stringify": 1,
    "Math.abs": 1, "Math.ceil": 1, "Math.floor": 1, "Math.round": 1, "Math.trunc": 1,
    "Math.sign": 1, "Math.max": 2, "Math.min": 2, "Math.sqrt": 1, "Number.isInteger": 1,
    "Number.isNaN": 1, "Number.isSafeInteger": 1, "Object.is": 2, "Array.of": 2,
}  # fmt: skip
TEXT_DATA: Final = {
    "isEmpty": 0, "isNotEmpty": 0, "toTitleCase": 0, "toSentenceCase": 0, "toSnakeCase": 0,
    "toCamelCase": 0, "extractEmail": 0, "extractUrl": 0, "extractDomain": 0, "isEmail": 0,
    "isUrl": 0, "isDomain": 0, "isNumeric": 0, "toNumber": 0, "toBoolean": 0, "removeTags": 0,
    "quote": 1, "urlEncode": 0, "urlDecode": 0, "base64Encode": 0, "base64Decode": 0,
    "parseJson": 0, "toJsonString": 0,
}  # fmt: skip
NUMBER_DATA: Final = {"isEven": 0, "isOdd": 0, "round": 1, "format": 1, "toBoolean": 0}
ARRAY_DATA: Final = {
    "isEmpty": 0, "isNotEmpty": 0, "first": 0, "last": 0, "sum": 0, "average": 0, "min": 0,
    "max": 0, "unique": 1, "removeDuplicates": 0, "compact": 0, "pluck": 2, "chunk": 1, "union": 1,
    "intersection": 1, "difference": 1, "smartJoin": 2, "toJsonString": 0,
}  # fmt: skip
OBJECT_DATA: Final = {
    "isEmpty": 0, "isNotEmpty": 0, "hasField": 1, "keys": 0, "values": 0, "removeField": 1,
    "compact": 0, "merge": 1, "urlEncode": 0, "toJsonString": 0,
}  # fmt: skip
DATA_TEXTS: Final = (
    '"Ada <ada@example.com>"', '"see https://user@www.Example.com:80/a?b=1 there"', '"OrderNumber 12"',
    '"aé😀z straße"', '"<b>bold</b>"', '"say \\"a\\""', '"YQ=="', '"w6k="', '"a%20b"', '"%zz"',
    """'{"a": [1, 2]}'""", '" No "', '"12.5"', "$json.text", "$json.wide", "$json.number",
)  # fmt: skip
DATA_NUMBERS: Final = (
    "1234567.891", "(-1234.5)", "2.345", "1e21", "0.1", "NaN", "(-0.0001)", "100", "$json.minus",
    "$json.large",
)  # fmt: skip
DATA_ARRAYS: Final = (
    "$json.list", "$json.mixed", "$json.nested", "$json.none", "$json.people",
    '[{k: "a", v: 1}, {k: "b", v: 2}]', "[1, null, '', 0, false]", "[0, -0, NaN]",
)  # fmt: skip
DATA_OBJECTS: Final = ("$json.object", "$json.bare", '({b: 1, 1: "x y", c: null})')
DATA_GIVEN: Final = (
    '"name"', '"a"', '"k"', '"v"', "1", "2", "0", "undefined", "null", "[1, 2]", '"de-DE"', '"\'"',
    "({a: 2, z: 1})", "$json.list",
)  # fmt: skip
MOMENTS: Final = (
    "$now", "$today", 'DateTime.fromISO("2026-03-29T01:30:00")', "DateTime.fromMillis(0)",
    'DateTime.fromISO("2024-02-29").setZone("America/New_York")', "DateTime.now()",
)  # fmt: skip
OF_MOMENTS: Final = (
    "", ".toISO()", ".toISODate()", ".toMillis()", ".toFormat('yyyy-MM-dd HH:mm:ss')", ".year",
    ".weekday", ".weekNumber", ".plus({days: 1, hours: 2}).toISO()", ".minus({months: 1}).toISO()",
    ".startOf('week').toISO()", ".endOf('month').toISO()", ".toUTC().toISO()", ".ordinal",
    ".set({hour: 9}).toISO()", ".format('dd.MM.yy')", ".diff($today, 'hours').hours", " + ''",
    ".toSeconds()", ".offset", " < $now",
)  # fmt: skip
OBJECT_FUNCTIONS: Final = ("Object.keys", "Object.values", "Object.entries", "JSON.stringify")
WHOLE: Final = ("$json.one", "$json.minus", "$json.large", "255", "(0)")
"""The quick evaluator prints whole numbers alone in other bases, and says so."""

SMALL: Final = ("0", "1", "2", "5", "-1", "-3", "1.7", '"1"', "undefined", "NaN")
TEXTS: Final = ('"l"', '"o W"', '""', '","', '"é"', '"$&"', "undefined", "null", "1")
PATHS: Final = (
    "$json.object.a", "$json.object.b.c", "$json.missing", "$json.missing?.deep", "$json['text']",
    "$json.people[0].name", "$json.people[9]?.name", "$json.list.length", "$json.text.length",
    "$json.wide.length", "$json.wide[2]", "$json.list[1]", "$json.missing.deep", "$itemIndex",
    "$json.nothing.deep", "$json.list['1']", "$json.text[0]", "$json.one.two",
)  # fmt: skip


class Maker:
    """`made()` gives one expression after the other; the seed says which."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self._texts = [name for name, value in ITEM.items() if isinstance(value, str)]
        self._arrays = [name for name, value in ITEM.items() if isinstance(value, list)]
        self._numbers = [name for name, value in ITEM.items() if type(value) in (int, float)]

    def made(self, depth: int = 3) -> str:
        """An expression with so many levels at most."""
        pick = self._random.choice
        if depth == 0 or self._random.random() < 0.1:
            return self._leaf()
        kind = pick((
            "binary", "binary", "binary", "unary", "ternary", "text", "text", "number", "array",
            "callback", "function", "function", "object", "template", "literal", "based",
            "data", "data", "moment",
        ))  # fmt: skip
        return str(getattr(self, f"_{kind}")(depth - 1))

    def _leaf(self) -> str:
        pick = self._random.choice
        return pick((pick(LITERALS), pick(PATHS), f"$json.{pick(list(ITEM))}"))

    def _binary(self, depth: int) -> str:
        return f"({self.made(depth)}) {self._random.choice(OPERATORS)} ({self.made(depth)})"

    def _unary(self, depth: int) -> str:
        return f"{self._random.choice(UNARY)}({self.made(depth)})"

    def _ternary(self, depth: int) -> str:
        return f"({self.made(depth)}) ? ({self.made(depth)}) : ({self.made(depth)})"

    def _text(self, depth: int) -> str:
        pick = self._random.choice
        name = pick(list(TEXT_METHODS))
        whole = ("String", f"$json.{pick(self._texts)}")
        target = whole[1] if self._random.random() < 0.6 else f"String({self.made(depth)})"
        return f"{target}.{name}({self._arguments(TEXT_METHODS[name], (*SMALL, *TEXTS))})"

    def _number(self, depth: int) -> str:
        pick = self._random.choice
        name = pick(list(NUMBER_METHODS))
        target = (
            f"$json.{pick(self._numbers)}"
            if self._random.random() < 0.6
            else f"Number({self.made(depth)})"
        )
        given = self._arguments(NUMBER_METHODS[name], ("", "0", "1", "2", "10", "21", "undefined"))
        return f"({target}).{name}({given})"

    def _based(self, depth: int) -> str:
        del depth
        pick = self._random.choice
        return f"({pick(WHOLE)}).toString({pick(('2', '16', '36', '10', '1', 'undefined'))})"

    def _array(self, depth: int) -> str:
        del depth
        pick = self._random.choice
        name = pick(list(ARRAY_METHODS))
        given = self._arguments(ARRAY_METHODS[name], (*SMALL, *TEXTS, "[1]"))
        return f"$json.{pick(self._arrays)}.{name}({given})"

    def _callback(self, depth: int) -> str:
        del depth
        pick = self._random.choice
        name = pick(list(CALLBACKS))
        return f"$json.{pick(self._arrays)}.{name}({pick(CALLBACKS[name])})"

    def _function(self, depth: int) -> str:
        name = self._random.choice(list(FUNCTIONS))
        given = ", ".join(self.made(depth) for _ in range(FUNCTIONS[name]))
        return f"{name}({given})"

    def _object(self, depth: int) -> str:
        del depth
        pick = self._random.choice
        return f"{pick(OBJECT_FUNCTIONS)}($json.{pick(('object', 'bare', 'list', 'people'))})"

    def _data(self, depth: int) -> str:
        del depth
        pick = self._random.choice
        targets, functions = pick((
            (DATA_TEXTS, TEXT_DATA), (DATA_NUMBERS, NUMBER_DATA), (DATA_ARRAYS, ARRAY_DATA),
            (DATA_OBJECTS, OBJECT_DATA), (("$json.missing", "null"), {"isEmpty": 0, "isNotEmpty": 0}),
        ))  # fmt: skip
        name = pick(list(functions))
        return f"({pick(targets)}).{name}({self._arguments(functions[name], DATA_GIVEN)})"

    def _moment(self, depth: int) -> str:
        del depth
        return self._random.choice(MOMENTS) + self._random.choice(OF_MOMENTS)

    def _template(self, depth: int) -> str:
        return f"`<${{{self.made(depth)}}}|${{{self.made(depth)}}}>`"

    def _literal(self, depth: int) -> str:
        return f"[{self.made(depth)}, {self.made(depth)}, {{k: {self.made(depth)}}}]"

    def _arguments(self, most: int, values: tuple[str, ...]) -> str:
        count = self._random.randint(0, most)
        return ", ".join(self._random.choice(values) for _ in range(count))
