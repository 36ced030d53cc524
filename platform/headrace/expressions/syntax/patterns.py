"""The parameters of an arrow function: names, `[key, value]` and `{name, price: cost}`."""

from __future__ import annotations

from headrace.expressions.syntax.cursor import Cursor
from headrace.expressions.syntax.tokens import Kind
from headrace.expressions.syntax.tree import ArrayPattern, Name, Node, ObjectPattern


def read_parameters(cursor: Cursor) -> tuple[Node, ...] | None:
    """The parameters up to and with `=>`; None, and nothing read, if there is no arrow function."""
    mark = cursor.mark()
    parameters = _single(cursor) if cursor.at_name() else _parenthesized(cursor)
    if parameters is not None and cursor.accept("=>"):
        return parameters
    cursor.rewind(mark)
    return None


def _single(cursor: Cursor) -> tuple[Node, ...]:
    return (_name(cursor),)


def _parenthesized(cursor: Cursor) -> tuple[Node, ...] | None:
    if not cursor.accept("("):
        return None
    parameters = []
    while not cursor.at(")"):
        pattern = _pattern(cursor)
        if pattern is None:
            return None
        parameters.append(pattern)
        if not cursor.accept(","):
            break
    return tuple(parameters) if cursor.accept(")") else None


def _pattern(cursor: Cursor) -> Node | None:
    if cursor.at_name():
        return _name(cursor)
    with cursor.nested():
        if cursor.at("["):
            return _array(cursor)
        return _object(cursor) if cursor.at("{") else None


def _name(cursor: Cursor) -> Name:
    token = cursor.advance()
    return Name(token.start, token.end, token.text)


def _array(cursor: Cursor) -> Node | None:
    start = cursor.advance().start
    elements: list[Node | None] = []
    while not cursor.at("]"):
        element = None if cursor.at(",") else _pattern(cursor)
        if element is None and not cursor.at(","):
            return None
        elements.append(element)
        if not cursor.accept(","):
            break
    end = cursor.token.end
    return ArrayPattern(start, end, tuple(elements)) if cursor.accept("]") else None


def _object(cursor: Cursor) -> Node | None:
    start = cursor.advance().start
    entries: list[tuple[str, Node]] = []
    while not cursor.at("}"):
        entry = _entry(cursor)
        if entry is None:
            return None
        entries.append(entry)
        if not cursor.accept(","):
            break
    end = cursor.token.end
    return ObjectPattern(start, end, tuple(entries)) if cursor.accept("}") else None


def _entry(cursor: Cursor) -> tuple[str, Node] | None:
    token = cursor.token
    is_text = token.kind is Kind.LITERAL and isinstance(token.value, str)
    if token.kind is not Kind.NAME and not is_text:
        return None
    can_stand_alone = cursor.at_name()
    key = token.value if is_text else token.text
    cursor.advance()
    if cursor.accept(":"):
        target = _pattern(cursor)
        return None if target is None else (key, target)
    return (key, Name(token.start, token.end, token.text)) if can_stand_alone else None
