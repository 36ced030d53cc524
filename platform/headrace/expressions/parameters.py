"""A step's stored parameters: which of their values are expressions, and what all of them come to.

A value is a literal unless it is an object whose only key is `=`:

```
{"=": "…{{ … }}…"}            a template
{"=": {"literal": value}}     that value, for objects that look like these
{"=": {"model": {…}}}         left to the model that calls the step as a tool
```

Only the stored document decides. What an evaluation gives is data and is never looked at again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from headrace.expressions.beyond.asking import ask
from headrace.expressions.beyond.checking import faults
from headrace.expressions.beyond.part import Sandboxed
from headrace.expressions.errors import ExpressionError, ExpressionProblem, ExpressionSyntaxError
from headrace.expressions.evaluation.compile import Compiled
from headrace.expressions.limits import MAX_VALUE_DEPTH
from headrace.expressions.scope import Scope
from headrace.expressions.template import Template, compile_template
from headrace_sdk.items import JsonValue

MARKER: Final = "="

Run = Callable[[Scope], JsonValue]
Fill = Callable[[Sequence[JsonValue]], JsonValue]


@dataclass(frozen=True, slots=True)
class CompiledValue:
    """Parameters ready to be evaluated.

    `node_names` are the nodes that their expressions mention. Without `reads_item` the result is
    the same for all items of a run. `paths` are where the expressions stand, as JSON pointers.
    `beyond` are the expressions that only the sandbox can evaluate.
    """

    is_constant: bool
    node_names: frozenset[str]
    reads_item: bool
    paths: tuple[str, ...]
    beyond: tuple[Sandboxed, ...]
    _runs: tuple[Run, ...]
    _fill: Fill

    def evaluate(self, scope: Scope) -> JsonValue:
        """The value for one item. It may share parts with the scope, so it must not be changed.

        An expression whose value is `undefined` gives null.

        Raises:
            ExpressionError: with path, position and item index.
        """
        return self._fill(self.results(scope))

    def results(self, scope: Scope) -> list[JsonValue]:
        """What every expression comes to for one item, in the order of `paths`.

        The sandbox is asked for this one item, unless it was asked ahead (`scope.answers`).

        Raises:
            ExpressionError: with path, position and item index.
            HeadraceError: there is no sandbox, or it took too much.
        """
        if self.beyond and scope.answers is None:
            scope = replace(scope, answers=ask(self.beyond, scope))
        return [run(scope) for run in self._runs]

    def filled(self, results: Sequence[JsonValue]) -> JsonValue:
        """The value with these results in the places of its expressions."""
        return self._fill(results)


def compile_value(value: JsonValue) -> CompiledValue:
    """Compile all expressions within `value`.

    Raises:
        ExpressionSyntaxError: the first problem, with its path and position.
    """
    compiler = _Compiler()
    built = compiler.build(value, "", 0)
    if compiler.errors:
        raise compiler.errors[0]
    found = compiler.expressions
    return CompiledValue(
        is_constant=isinstance(built, _Constant),
        node_names=frozenset().union(*(expression.node_names for expression in found)),
        reads_item=any(expression.reads_item for expression in found),
        paths=tuple(compiler.paths),
        beyond=tuple(compiler.beyond),
        _runs=tuple(compiler.runs),
        _fill=(lambda _: built.value) if isinstance(built, _Constant) else built,
    )


def check_value(value: JsonValue) -> list[ExpressionProblem]:
    """Every problem of every expression within `value`, in the order of the document."""
    compiler = _Compiler()
    compiler.build(value, "", 0)
    for (path, source), error in zip(compiler.places, faults(compiler.beyond), strict=True):
        if error is not None:
            error.place(source)
            error.enter(path)
            compiler.errors.append(error)
    compiler.errors.sort(key=compiler.order)
    return [error.problem() for error in compiler.errors]


@dataclass(frozen=True, slots=True)
class _Constant:
    """A value without expressions, as it is to be used."""

    value: Any


class _Compiler:
    """Walks parameters once, and keeps what it finds."""

    def __init__(self) -> None:
        self.errors: list[ExpressionSyntaxError] = []
        self.expressions: list[Compiled | Sandboxed] = []
        self.beyond: list[Sandboxed] = []
        self.places: list[tuple[str, str]] = []
        self._marked_paths: dict[str, int] = {}
        self.paths: list[str] = []
        self.runs: list[Run] = []

    def build(self, value: Any, path: str, depth: int) -> _Constant | Fill:
        """What gives `value` from the results of its expressions."""
        if not isinstance(value, dict | list):
            return _Constant(value)
        if depth > MAX_VALUE_DEPTH:
            message = f"Parameters may be nested {MAX_VALUE_DEPTH} levels deep. Flatten them."
            return self._refuse(message, "value_too_deep", path)
        if isinstance(value, dict) and value.keys() == {MARKER}:
            return self._marked(value, path)
        built = {
            key: self.build(part, f"{path}/{step}", depth + 1) for key, step, part in _parts(value)
        }
        return _container(value, built)

    def order(self, error: ExpressionSyntaxError) -> tuple[int, int]:
        """Where in the document an error stands."""
        offset = error.position.offset if error.position else 0
        return self._marked_paths.get(error.path, 0), offset

    def _marked(self, value: dict[str, Any], path: str) -> _Constant | Fill:
        content = value[MARKER]
        self._marked_paths[path] = len(self._marked_paths)
        if isinstance(content, str):
            return self._template(compile_template(content), path)
        if isinstance(content, dict) and content.keys() == {"literal"}:
            return _Constant(content["literal"])
        if isinstance(content, dict) and content.keys() == {"model"}:
            return _Constant(value)
        message = 'Behind "=" stands a text with {{ … }}, {"literal": …} or {"model": …}.'
        return self._refuse(message, "invalid_expression_marker", path)

    def _template(self, template: Template, path: str) -> _Constant | Fill:
        for refusal in template.refusals:
            self._note(refusal.error(template.source), path)
        if not template.expressions:
            return _Constant("".join(map(str, template.parts)))
        self.expressions.extend(template.expressions)
        self.beyond.extend(template.sandboxed)
        self.places.extend((path, template.source) for _ in template.sandboxed)

        def run(scope: Scope) -> JsonValue:
            try:
                return template.evaluate(scope)
            except ExpressionError as error:
                error.enter(path, scope.item_index)
                raise

        number = len(self.runs)
        self.runs.append(run)
        self.paths.append(path)
        return lambda results: results[number]

    def _refuse(self, message: str, code: str, path: str) -> _Constant:
        self._note(ExpressionSyntaxError(message, code=code, construct=MARKER), path)
        return _Constant(None)

    def _note(self, error: ExpressionSyntaxError, path: str) -> None:
        error.enter(path)
        self.errors.append(error)


def _parts(value: dict[str, Any] | list[Any]) -> Iterator[tuple[Any, str, Any]]:
    """Key, step of a JSON pointer (RFC 6901) and value of everything directly inside."""
    if isinstance(value, list):
        for index, part in enumerate(value):
            yield index, str(index), part
    else:
        for key, part in value.items():
            yield key, key.replace("~", "~0").replace("/", "~1"), part


def _container(value: Any, built: dict[Any, _Constant | Fill]) -> _Constant | Fill:
    """An array or object in which only the results of expressions are put anew."""
    base = value.copy()
    fills = []
    for key, part in built.items():
        if isinstance(part, _Constant):
            base[key] = part.value
        else:
            fills.append((key, part))
    if not fills:
        return _Constant(base)

    def fill(results: Sequence[JsonValue]) -> JsonValue:
        result: Any = base.copy()
        for key, part in fills:
            result[key] = part(results)
        return result  # type: ignore[no-any-return]

    return fill
