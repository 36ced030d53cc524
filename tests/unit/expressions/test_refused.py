"""What is outside the language is refused by name and place."""

from __future__ import annotations

import pytest

from headrace.expressions import ExpressionSyntaxError, compile_value
from headrace.expressions.template import compile_template

# Source between {{ and }}, the construct named, and the offset within the source where it stands.
REFUSED = [
    ("new Date()", "new", 0),
    ("function () { return 1 }", "function", 0),
    ("class A {}", "class", 0),
    ("this.x", "this", 0),
    ("super.x", "super", 0),
    ("await x", "await", 0),
    ("async () => 1", "async", 0),
    ("yield 1", "yield", 0),
    ("delete $json.x", "delete", 0),
    ("import('fs')", "import", 0),
    ("import.meta", "import", 0),
    ("$json instanceof Object", "instanceof", 6),
    ("var x = 1", "var", 0),
    ("let x = 1", "let", 0),
    ("const x = 1", "const", 0),
    ("return 1", "return", 0),
    ("if (1) 2", "if", 0),
    ("for (;;) 1", "for", 0),
    ("while (1) 1", "while", 0),
    ("throw 1", "throw", 0),
    ("try { 1 } catch {}", "try", 0),
    ("switch (1) {}", "switch", 0),
    ("debugger", "debugger", 0),
    ("$json.x = 1", "assignment", 8),
    ("$json.x += 1", "assignment", 8),
    ("$json.x ??= 1", "assignment", 8),
    ("$json.x++", "increment", 7),
    ("++$json.x", "increment", 0),
    ("$json.x--", "decrement", 7),
    ("1, 2", "comma operator", 1),
    ("(1, 2)", "comma operator", 2),
    ("1; 2", "statement", 1),
    ("/a+/.test('a')", "regular expression", 0),
    ("'a'.replace(/a/g, 'b')", "regular expression", 12),
    ("x => x", "arrow function", 0),
    ("(() => 1)()", "arrow function", 1),
    ("[x => x]", "arrow function", 1),
    ("$json.a.map(x => y => x)", "arrow function", 17),
    ("$json.a.map(x => { return x })", "function body", 17),
    ("$json.a.map((x, x) => x)", "parameters", 12),
    ("$json.a.map((x = 1) => x)", "assignment", 15),
    ("$json.a.map((...x) => x)", "...", 13),
    ("'a'.includes(x => x)", "function", 13),
    ("$json.a.map(...[x => x])", "arrow function", 16),
    ("10n", "BigInt", 0),
    ("010", "octal number", 0),
    ("1__0", "number", 0),
    ("1_", "number", 0),
    ("0b12", "number", 0),
    ("1e", "number", 0),
    ("3px", "number", 0),
    ("'\\1'", "escape", 1),
    ("'\\xg0'", "escape", 1),
    ("'\\u{110000}'", "escape", 1),
    ("tag`x`", "tagged template", 3),
    ("{get a() { return 1 }}", "method", 5),
    ("{a() { return 1 }}", "method", 2),
    ("{__proto__: 1}", "__proto__", 1),
    ("{'__proto__': 1}", "__proto__", 1),
    ("[1, , 2]", "array hole", 4),
    ("-2 ** 2", "signed power", 0),
    ("1 ?? 2 || 3", "??", 0),
    ("1 && 2 ?? 3", "??", 0),
    ("#x in $json", "private name", 0),
    ("@x", "decorator", 0),
    ("$json.\\u0061", "escape", 6),
    ("$(name)", "$(…)", 0),
    ("$('a' + 'b')", "$(…)", 0),
    ("$(`a${1}`)", "$(…)", 0),
    ("$node[$json.x].json", "$node[…]", 6),
    ("$node", "$node", 0),
    ("$('A')", '$("A")', 0),
    ("$('A').params", ".params", 0),
    ("$('A')[0]", "[…]", 0),
    ("$input", "$input", 0),
    ("$input.context", ".context", 0),
    ("$input.isExecuted", ".isExecuted", 0),
    ("$('A').itemMatching(0)", ".itemMatching()", 0),
    ("$env.HOME", "$env", 0),
    ("$secrets.x", "$secrets", 0),
    ("process.env", "process", 0),
    ("require('fs')", "require()", 0),
    ("eval('1')", "eval()", 0),
    ("Function('return 1')()", "call", 0),
    ("Date.now()", "Date", 0),
    ("Math", "Math", 0),
    ("Math.random()", "Math.random", 0),
    ("Math.PIE", "Math.PIE", 0),
    ("Math.max", "Math.max", 0),
    ("String", "String", 0),
    ("Number.prototype", "Number.prototype", 0),
    ("Object.defineProperty({}, 'a', {})", "Object.defineProperty", 0),
    ("Object.getPrototypeOf({})", "Object.getPrototypeOf", 0),
    ("$json.x.frobnicate()", ".frobnicate()", 0),
    ("$json.list.push(1)", ".push()", 0),
    ("$json.list.forEach(x => x)", ".forEach()", 0),
    ("'a'.localeCompare('b')", ".localeCompare()", 0),
    ("'a'.match('b')", ".match()", 0),
    ("$json['trim' + '']()", "call", 0),
    ("'a'.trim()()", "call", 0),
    ("undefinedName", "undefinedName", 0),
    ("", "{{ }}", 0),
    ("   ", "{{ }}", 0),
    ("1 +", "}", 3),
    ("(1", "}", 2),
    ("[1", "}", 2),
    ("1 2", "2", 2),
    ("'a' 'b'", "'b'", 4),
    ("$json.", "}", 6),
    ("$json[", "}", 6),
    ("{a: }", "}", 4),
    ("{1}", "}", 2),
    ("1 ? 2", "}", 5),
    ("*", "*", 0),
    ("€", "character", 0),
    ("'open", "string", 0),
    ("`open", "template literal", 0),
    ("`${1", "template literal", 4),
    ("/* open", "comment", 0),
]


def refused(template: str) -> ExpressionSyntaxError:
    """Why the quick evaluator leaves it; for some of it there is the sandbox."""
    compiled = compile_template(template)
    found = [*compiled.refusals, *(part.refusal for part in compiled.sandboxed)]
    return found[0].error(template)


def test_there_are_enough_refusals():
    assert len(REFUSED) >= 40


@pytest.mark.parametrize(("source", "construct", "offset"), REFUSED, ids=str)
def test_a_construct_outside_the_language_is_refused_by_name_and_place(source, construct, offset):
    error = refused("{{" + source + "}}")

    assert error.construct == construct
    assert error.position is not None
    assert error.position.offset == offset + 2
    assert error.message.endswith((".", ")"))


def test_a_refused_call_of_a_method_says_what_to_use_instead():
    error = refused("{{ $json.list.push(1) }}")

    assert error.message == "Data can not be changed. Use concat, slice, map or filter."


def test_an_expression_that_is_never_closed_is_refused_at_its_end():
    with pytest.raises(ExpressionSyntaxError) as caught:
        compile_value({"=": "total: {{ $json.total"})

    assert (caught.value.construct, caught.value.position.offset) == ("{{", 21)


def test_a_position_counts_lines_from_one_and_columns_in_utf_16():
    with pytest.raises(ExpressionSyntaxError) as caught:
        compile_value({"=": "first\n😀 {{ a }} rest"})

    position = caught.value.position
    assert (position.line, position.column, position.offset, position.length) == (2, 7, 12, 1)


@pytest.mark.parametrize(
    "source",
    [
        "(" * 5000 + "1" + ")" * 5000,
        "[" * 5000 + "]" * 5000,
        "!" * 5000 + "1",
        "1" + "+1" * 5000,
        "$json" + ".a" * 5000,
        "2" + "**2" * 5000,
        "1" + "?1:1" * 5000,
        "`${" * 5000 + "1" + "}`" * 5000,
        "{a:" * 5000 + "1" + "}" * 5000,
        "$json.map(x=>" * 900 + "1" + ")" * 900,
    ],
    ids=lambda source: source[:12],
)
def test_an_expression_nested_too_deeply_is_refused(source):
    with pytest.raises(ExpressionSyntaxError) as caught:
        compile_value({"=": "{{" + source + "}}"})

    assert caught.value.code == "expression_too_deep"


def test_a_template_that_is_too_long_is_refused():
    with pytest.raises(ExpressionSyntaxError) as caught:
        compile_value({"=": "x" * 70_000})

    assert caught.value.code == "expression_too_long"
