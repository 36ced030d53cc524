"""`@node` makes a plain function a node: its signature is the form, its docstring the help."""

from __future__ import annotations

import asyncio
import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from types import NoneType
from typing import Any, ClassVar, Final, Literal, get_args, get_origin, get_type_hints

from pydantic import create_model
from pydantic.fields import FieldInfo

from headrace_sdk import fields
from headrace_sdk.context import Context
from headrace_sdk.errors import ContractError
from headrace_sdk.forms import Params
from headrace_sdk.items import Inputs, Item, Outputs, Pair, to_main
from headrace_sdk.node import CredentialSlot, Effect, Example, Node, ParamSet
from headrace_sdk.outcomes import each_item

BATCH: Final = 100
"""Items that one visit to the thread handles, so that a cancel is noticed in between."""


class FunctionNode(Node[Params]):
    """Calls `function` once for each item. Parameters annotated `Context` or `Item` are given.

    One that writes is called for one item at a time, and each call has an outcome of its own.
    """

    function: ClassVar[Callable[..., Any]]
    given: ClassVar[Mapping[str, object]]

    async def run(self, ctx: Context, params: ParamSet[Params], inputs: Inputs) -> Outputs:
        """Plain functions run in a thread, coroutine functions on the loop."""
        items = inputs.main
        if type(self).per_item:

            async def call(index: int, item: Item) -> Outputs:
                results = await self._results([self._arguments(ctx, params[index], item)])
                return to_main([_made(results[0], item, index)])

            return await each_item(ctx.outcomes, items, call)
        out: list[Item] = []
        for start in range(0, len(items), BATCH):
            calls = [
                self._arguments(ctx, params[index], items[index])
                for index in range(start, min(start + BATCH, len(items)))
            ]
            results = await self._results(calls)
            out += [
                _made(result, items[index], index) for index, result in enumerate(results, start)
            ]
            await ctx.checkpoint()
        return to_main(out)

    def _arguments(self, ctx: Context, params: Params, item: Item) -> dict[str, Any]:
        values = {name: getattr(params, name) for name in type(params).model_fields}
        known = {Context: ctx, Item: item}
        return values | {name: known[kind] for name, kind in self.given.items()}  # type: ignore[index]

    async def _results(self, calls: Sequence[Mapping[str, Any]]) -> list[Any]:
        function = type(self).function
        if inspect.iscoroutinefunction(function):
            return [await function(**arguments) for arguments in calls]
        return await asyncio.to_thread(lambda: [function(**arguments) for arguments in calls])


def _made(result: Any, item: Item, index: int) -> Item:
    json = result if isinstance(result, dict) else {"result": result}
    return Item(json, item.binary, (Pair(0, index),))


def node(
    kind: str,
    *,
    title: str,
    category: str,
    icon: str = "box",
    effect: Effect = "pure",
    version: int = 1,
    synonyms: tuple[str, ...] = (),
    credentials: tuple[CredentialSlot, ...] = (),
    examples: tuple[Example, ...] = (),
) -> Callable[[Callable[..., Any]], type[FunctionNode]]:
    """Makes a node of the type `kind` out of a function.

    The parameters' names, types, defaults and the docstring's `Args:` give the form; a default
    made by `headrace_sdk.fields` gives one control exactly. A dict that is returned becomes the
    item, anything else its field `result`. The name then stands for the node's class, whose
    `function` is the function itself.

    Raises:
        ContractError: the signature cannot be a form.
    """

    def make(function: Callable[..., Any]) -> type[FunctionNode]:
        documentation, helps = _split_docstring(inspect.getdoc(function) or "")
        form, given = _form(function, helps)
        attributes = {
            "__module__": function.__module__,
            "__qualname__": function.__qualname__,
            "__doc__": documentation,
            "type": kind,
            "title": title,
            "category": category,
            "icon": icon,
            "effect": effect,
            "version": version,
            "synonyms": synonyms,
            "credentials": credentials,
            "examples": examples,
            "place": "async",
            "per_item": effect == "write",
            "Params": form,
            "function": staticmethod(function),
            "given": given,
        }
        return type(function.__name__, (FunctionNode,), attributes)

    return make


def _form(
    function: Callable[..., Any], helps: Mapping[str, str]
) -> tuple[type[Params], dict[str, object]]:
    hints = get_type_hints(function)
    definitions: dict[str, Any] = {}
    given: dict[str, object] = {}
    for name, parameter in inspect.signature(function).parameters.items():
        annotation = hints.get(name)
        if annotation is None or parameter.kind in _NOT_A_FIELD:
            message = f"Parameter {name!r} of {function.__qualname__} needs a name and a type."
            raise ContractError(message)
        if annotation in (Context, Item):
            given[name] = annotation
            continue
        default = ... if parameter.default is parameter.empty else parameter.default
        made = isinstance(default, FieldInfo)
        control = default if made else _control(name, annotation, default, helps.get(name, ""))
        definitions[name] = (annotation, control)
    form = create_model(f"{function.__name__}_params", __base__=Params, **definitions)
    form.__module__ = function.__module__
    return form, given


def _control(name: str, annotation: object, default: object, help_text: str) -> Any:
    label = name.replace("_", " ").capitalize()
    kind = _without_none(annotation)
    if get_origin(kind) is Literal:
        labels = fields.choices([str(value) for value in get_args(kind)])
        return fields.select(label, default, labels=labels, help=help_text)
    if kind is str:
        return fields.text(label, default, max_length=None, help=help_text)
    make: Callable[..., Any] = _CONTROLS.get(kind, fields.json)
    return make(label, default, help=help_text)


def _without_none(annotation: object) -> object:
    rest = [part for part in get_args(annotation) if part is not NoneType]
    is_optional = len(rest) == 1 and NoneType in get_args(annotation)
    return rest[0] if is_optional else annotation


def _split_docstring(text: str) -> tuple[str, dict[str, str]]:
    """The docstring without its `Args:` section, and that section by name."""
    before, marker, section = text.partition("\nArgs:\n")
    if not marker:
        return text, {}
    section, _, after = section.partition("\n\n")
    entries = re.findall(r"^ +(\w+): (.+(?:\n {6,}.+)*)", section, re.MULTILINE)
    helps = {name: " ".join(entry.split()) for name, entry in entries}
    return f"{before.rstrip()}\n\n{after}".strip(), helps


_CONTROLS: Final[dict[object, Callable[..., Any]]] = {
    bool: fields.toggle,
    int: fields.number,
    float: fields.number,
    list[str]: fields.tags,
}
_NOT_A_FIELD: Final = (
    inspect.Parameter.POSITIONAL_ONLY,
    inspect.Parameter.VAR_POSITIONAL,
    inspect.Parameter.VAR_KEYWORD,
)
