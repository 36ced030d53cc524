"""What JavaScript has and expressions have not, and what to write instead."""

from __future__ import annotations

from typing import Final

_STATEMENT: Final = (
    "Expressions have no statements. Use ?: for a choice and map or filter for a loop."
)

KEYWORDS: Final[dict[str, str]] = {
    "new": "Nothing can be constructed with new. For dates, use $now or DateTime.fromISO(…).",
    "function": "Write an arrow function, item => item.name, as an argument of a method.",
    "class": "Expressions have no classes.",
    "this": "There is no this. Use $json for the current item.",
    "super": "There is no super.",
    "await": "Expressions can not wait. Put the call into a node of its own.",
    "async": "Expressions can not wait. Put the call into a node of its own.",
    "yield": "Expressions have no generators.",
    "delete": "Data can not be changed. Name the fields that you want in a new object instead.",
    "import": "Expressions can not import anything.",
    "export": "Expressions can not export anything.",
    "instanceof": "There is no instanceof. Use typeof or Array.isArray(…).",
    **dict.fromkeys(
        (
            *(
                "var",
                "let",
                "const",
                "return",
                "if",
                "else",
                "for",
                "while",
                "do",
                "switch",
                "case",
            ),
            *(
                "break",
                "continue",
                "default",
                "throw",
                "try",
                "catch",
                "finally",
                "with",
                "debugger",
            ),
            *("enum", "extends"),
        ),
        _STATEMENT,
    ),
}

SIGNS: Final[dict[str, tuple[str, str]]] = {
    ";": ("statement", _STATEMENT),
    ",": ("comma operator", "Write one expression; a comma can not join two."),
    "++": ("increment", "Data can not be changed. Write + 1."),
    "--": ("decrement", "Data can not be changed. Write - 1."),
    "#": ("private name", "Expressions have no classes."),
    "@": ("decorator", "Expressions have no classes."),
    "\\": ("escape", "Escapes belong into texts."),
    "/": ("regular expression", "Use includes, split or replace with a text instead."),
    "=>": ("arrow function", "Write the parameters before =>: item => item.name."),
    **dict.fromkeys(
        (
            *("=", "+=", "-=", "*=", "/=", "%=", "**=", "<<=", ">>=", ">>>=", "&=", "|=", "^="),
            *("&&=", "||=", "??="),
        ),
        ("assignment", "Nothing can be assigned. To compare, write === ."),
    ),
}

ARROW_PLACE: Final = (
    "A function can only be an argument of a method, for instance items.map(item => item.name)."
)
ARROW_BODY: Final = (
    "A function gives one expression: write item => item.name. Put an object into parentheses."
)
COMPUTED_NODE: Final = (
    'Write the name of the node out, as in $("My node"), so that it can be found and renamed.'
)
MIXED_LOGIC: Final = "Put parentheses around one of them: ?? can not stand beside && or ||."
SIGNED_POWER: Final = "Put parentheses around the signed number: (-2) ** 2, or -(2 ** 2)."
PROTOTYPE: Final = "Objects have no prototype. Choose another key."

VARIABLES: Final[dict[str, str]] = {
    "$env": "The environment is not readable. Use $vars for values of this workspace.",
    "$secrets": "Secrets are not readable. Choose a credential in the node.",
    "Date": "Use $now, $today or DateTime.fromISO(…).",
    "RegExp": "Use includes, split or replace with a text instead.",
    "Symbol": "There are no symbols.",
    "$items": 'Use $("Name").all().',
    "$node": 'Use $("Name").item.',
    "$": 'Write the name of a node: $("Name").',
}
METHODS: Final[dict[str, str]] = {
    **dict.fromkeys(
        ("match", "matchAll", "search", "test", "exec"),
        "Use includes, indexOf or split with a text.",
    ),
    **dict.fromkeys(
        ("push", "pop", "shift", "unshift", "splice", "fill", "copyWithin"),
        "Data can not be changed. Use concat, slice, map or filter.",
    ),
    "forEach": "Use map, which gives the results.",
    "localeCompare": "Compare with < and >.",
    "toLocaleString": "Use toFixed for numbers and toFormat for dates.",
    "random": "A run that is repeated must compute the same.",
    **dict.fromkeys(("call", "apply", "bind"), "Call the method itself."),
}
