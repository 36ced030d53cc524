"""Calls: of functions by their names, and of methods by the kind of value they are called on."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from headrace.expressions.errors import ExpressionError, Span
from headrace.expressions.evaluation.builder import Builder
from headrace.expressions.evaluation.callbacks import build_callback, function_named
from headrace.expressions.evaluation.frame import MADE, READ, Closure, Frame, located
from headrace.expressions.evaluation.names import is_view, missing, namespace, view_of
from headrace.expressions.evaluation.values import build_list
from headrace.expressions.library import words
from headrace.expressions.library.functions import Function
from headrace.expressions.library.index import methods_named
from headrace.expressions.library.nodes import ITEMS
from headrace.expressions.limits import STEPS_PER_PART
from headrace.expressions.syntax.tree import Call, Member, Name, Node, Spread
from headrace.expressions.values.coercion import is_nullish, type_of
from headrace.expressions.values.kinds import SKIPPED, Skipped, Value
from headrace.expressions.values.properties import nothing_to_read

Arguments = Callable[[Frame], list[Value]]


def build_call(builder: Builder, node: Call) -> Closure:
    """Any call that is allowed."""
    callee = node.callee
    function = function_named(builder, callee)
    if function is not None:
        return _function_call(builder, node, function)
    if isinstance(callee, Member):
        return _member_call(builder, node, callee)
    if isinstance(callee, Name):
        is_beyond = callee.name in words.GLOBALS
        named = f"{callee.name}()"
        return builder.refuse(callee, named, missing(callee.name), is_beyond=is_beyond)
    message = "Only methods and functions known by name can be called."
    return builder.refuse(node, "call", message, is_beyond=True)


def _member_call(builder: Builder, node: Call, callee: Member) -> Closure:
    owner = namespace(builder, callee.target)
    if owner is not None:
        full = f"{owner}.{callee.name}"
        is_beyond = callee.name in words.STATIC[owner]
        return builder.refuse(callee, full, missing(full), is_beyond=is_beyond)
    if is_view(builder, callee.target):
        return _view_call(builder, node, callee)
    return _method_call(builder, node, callee)


def _function_call(builder: Builder, node: Call, function: Function) -> Closure:
    arguments = _arguments(builder, node, [function])
    call = function.call
    accepts, is_linear = function.accepts, function.is_linear
    needs_scope, steps = function.needs_scope, function.steps

    def run(frame: Frame) -> Value:
        given = arguments(frame)[:accepts]
        frame.spend(steps + STEPS_PER_PART * len(given))
        if is_linear:
            for value in given:
                frame.charge(value, READ)
        result = call(frame.scope, *given) if needs_scope else call(*given)
        if is_linear:
            frame.charge(result, MADE)
        return result

    return located(run, node.span)


def _view_call(builder: Builder, node: Call, callee: Member) -> Closure:
    function = ITEMS.get(callee.name)
    if function is None:
        return builder.refuse(
            callee, f".{callee.name}()", "Use .item, .first(), .last() or .all()."
        )
    view, call = view_of(builder, callee.target), function.call
    _arguments(builder, node, [function])
    return lambda frame: call(view(frame))


def _method_call(builder: Builder, node: Call, callee: Member) -> Closure:
    functions = methods_named(callee.name)
    found_before = len(builder.refusals)
    target = builder.closure(callee.target)
    if len(builder.refusals) > found_before:
        return target
    if not functions:
        named, is_beyond = f".{callee.name}()", callee.name in words.METHOD_NAMES
        return builder.refuse(callee, named, _no_method(callee.name), is_beyond=is_beyond)
    arguments = _arguments(builder, node, functions.values())
    invokes = {kind: _invoke(function, arguments) for kind, function in functions.items()}
    name, span = callee.name, node.span
    skips_nothing, skips_missing = callee.optional, node.optional

    def method(frame: Frame) -> Value:
        receiver = target(frame)
        invoke = invokes.get(type(receiver))
        if skips_nothing and is_nullish(receiver):
            return SKIPPED
        if invoke is None:
            return _not_callable(receiver, name, span, skips_missing)
        try:
            return invoke(frame, receiver)
        except ExpressionError as error:
            error.locate(span)
            raise

    return method


def _invoke(function: Function, arguments: Arguments) -> Callable[[Frame, Value], Value]:
    call, accepts, steps = function.call, function.accepts, function.steps
    if not function.is_linear and not steps:
        return lambda frame, receiver: call(receiver, *arguments(frame)[:accepts])

    def invoke(frame: Frame, receiver: Value) -> Value:
        frame.spend(steps)
        frame.charge(receiver, READ)
        result = call(receiver, *arguments(frame)[:accepts])
        frame.charge(result, MADE)
        return result

    return invoke


def _arguments(builder: Builder, node: Call, functions: Iterable[Function]) -> Arguments:
    """What evaluates the arguments; a function may stand only where one is called back."""
    if any(isinstance(argument, Spread) for argument in node.arguments):
        return build_list(builder, node.arguments)
    callbacks = {function.callback for function in functions}
    closures = [
        _argument(builder, argument, index in callbacks)
        for index, argument in enumerate(node.arguments)
    ]
    if not closures:
        return lambda _: []
    if len(closures) == 1:
        (only,) = closures
        return lambda frame: [only(frame)]
    return lambda frame: [closure(frame) for closure in closures]


def _argument(builder: Builder, node: Node, takes_callback: bool) -> Closure:
    callback = build_callback(builder, node)
    if callback is None:
        return builder.closure(node)
    if not takes_callback:
        message = "This argument has to be a value, not a function."
        return builder.refuse(node, "function", message, is_beyond=True)
    return callback


def _not_callable(receiver: Value, name: str, span: Span, is_optional: bool) -> Value:
    if type(receiver) is Skipped:
        return receiver
    if is_nullish(receiver):
        error = nothing_to_read(receiver, name)
        error.locate(span)
        raise error
    if is_optional:
        return SKIPPED
    kind = "array" if isinstance(receiver, list) else type_of(receiver)
    raise ExpressionError(
        f".{name} is not a function of a value of type {kind}. "
        "Convert the value first, for instance with String(…).",
        code="type_error",
        span=span,
    )


def _no_method(name: str) -> str:
    advice = missing(name)
    return advice if not advice.startswith("There is no") else f"There is no method {name}."
