"""The form in which a function enters the language, and the table that holds a kind's functions."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from headrace.expressions.errors import ExpressionError
from headrace.expressions.values.kinds import Value

Implementation = TypeVar("Implementation", bound=Callable[..., Any])
Callback = Callable[..., Value]
"""An arrow function bound to a running evaluation; takes up to four arguments."""


@dataclass(frozen=True, slots=True)
class Function:
    """One function of the language.

    `call` takes the receiver (methods only), then the arguments. `accepts` is how many arguments
    it takes, None for any number; `callback` the index of the one that is a function, or None.
    `is_linear`: its work grows with its receiver, arguments or result. `needs_scope`: it takes
    the scope before everything else. `steps`: what a call costs whatever it is given.
    """

    name: str
    call: Callable[..., Value]
    signature: str
    help: str
    example: str
    accepts: int | None
    callback: int | None
    is_linear: bool
    needs_scope: bool
    steps: int


class Table(Mapping[str, Function]):
    """The functions of one owner: `String` for what texts can do, `Math` for `Math.…`.

    `steps` is what each call costs beyond the size of what it works on.
    """

    def __init__(self, owner: str, *, has_receiver: bool, steps: int = 0) -> None:
        self.owner = owner
        self._has_receiver = has_receiver
        self._steps = steps
        self._functions: dict[str, Function] = {}

    def add(
        self,
        signature: str,
        example: str,
        *,
        callback: int | None = None,
        is_linear: bool = True,
        needs_scope: bool = False,
    ) -> Callable[[Implementation], Implementation]:
        """Enter the decorated function under the name with which `signature` begins.

        Its docstring is the help that the editor shows.
        """

        def enter(call: Implementation) -> Implementation:
            name = signature.partition("(")[0]
            own = int(self._has_receiver) + int(needs_scope)
            accepts = _accepts(call, own)
            self._functions[name] = Function(
                name=name,
                call=call,
                signature=signature,
                help=inspect.getdoc(call) or "",
                example=example,
                accepts=accepts,
                callback=callback,
                is_linear=is_linear,
                needs_scope=needs_scope,
                steps=self._steps,
            )
            return call

        return enter

    def __getitem__(self, name: str) -> Function:
        return self._functions[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._functions)

    def __len__(self) -> int:
        return len(self._functions)


def as_callback(value: Value) -> Callback:
    """The function that an argument has to be.

    Raises:
        ExpressionError: it is something else.
    """
    if not callable(value):
        raise ExpressionError(
            "This method needs a function, for instance item => item.name.", code="type_error"
        )
    return value  # type: ignore[no-any-return]


def _accepts(call: Callable[..., Value], own: int) -> int | None:
    parameters = inspect.signature(call).parameters.values()
    if any(parameter.kind is inspect.Parameter.VAR_POSITIONAL for parameter in parameters):
        return None
    return len(parameters) - own
