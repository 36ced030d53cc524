"""What is offered while somebody types, of all that the sandbox knows beyond our own functions."""

from __future__ import annotations

from typing import Final, NamedTuple


class Offered(NamedTuple):
    """One entry; `owner` is the kind of value or the namespace that it stands behind, or empty."""

    owner: str
    signature: str
    help: str
    example: str


SANDBOXED: Final = (
    Offered(
        "",
        "$jmespath(data, query)",
        "What a JMESPath query finds in data.",
        '$jmespath({a: [{n: 1}, {n: 2}]}, "a[?n > `1`].n")',
    ),
    Offered(
        "String",
        "match(pattern)",
        "What a regular expression finds: the whole, then its groups; null if nothing.",
        r'"Order 42".match(/(\d+)/)',
    ),
    Offered(
        "String",
        "matchAll(pattern)",
        "All that a regular expression with g finds; spread it into an array.",
        r'[..."a1 b2".matchAll(/\d/g)]',
    ),
    Offered(
        "String",
        "search(pattern)",
        "Where a regular expression first matches, -1 if it does not.",
        r'"Order 42".search(/\d/)',
    ),
    Offered(
        "Array",
        "toSpliced(start, count?, ...values)",
        "A new array with some elements taken out and others put in.",
        '[1, 2, 3].toSpliced(1, 1, "two")',
    ),
    Offered(
        "Array", "with(index, value)", "A new array with one other element.", "[1, 2].with(0, 9)"
    ),
    Offered(
        "Object",
        "Object.groupBy(values, callback)",
        "The elements of an array by what a function gives for them.",
        'Object.groupBy([1, 2, 3], (n) => n % 2 ? "odd" : "even")',
    ),
    Offered(
        "DateTime",
        "DateTime.fromFormat(text, format)",
        "The moment that a text of this form names.",
        'DateTime.fromFormat("01.02.2026", "dd.MM.yyyy")',
    ),
    Offered(
        "DateTime",
        "DateTime.fromObject(fields)",
        "The moment with these fields.",
        "DateTime.fromObject({year: 2026, month: 2})",
    ),
    Offered(
        "DateTime",
        "DateTime.fromJSDate(date)",
        "The moment of a JavaScript Date.",
        "DateTime.fromJSDate(new Date(0))",
    ),
    Offered(
        "DateTime", "toRelative()", "How long ago, or until then, in words.", "$today.toRelative()"
    ),
    Offered(
        "DateTime",
        "hasSame(other, unit)",
        "Are both in the same year, month, day …?",
        '$now.hasSame($today, "day")',
    ),
    Offered(
        "DateTime",
        "toLocaleString(form?)",
        "The moment as people write it.",
        "$now.toLocaleString(DateTime.DATE_FULL)",
    ),
)
