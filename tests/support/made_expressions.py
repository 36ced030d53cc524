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

    def _template(self, depth: int) -> str:
        return f"`<${{{self.made(depth)}}}|${{{self.made(depth)}}}>`"

    def _literal(self, depth: int) -> str:
        return f"[{self.made(depth)}, {self.made(depth)}, {{k: {self.made(depth)}}}]"

    def _arguments(self, most: int, values: tuple[str, ...]) -> str:
        count = self._random.randint(0, most)
        return ", ".join(self._random.choice(values) for _ in range(count))
