"""Turns a node's stored parameters into checked values, once a version where nothing varies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from headrace.executions.runner.scope import binary_json
from headrace.expressions import CompiledValue, Scope
from headrace_sdk.errors import UserError
from headrace_sdk.forms import Params
from headrace_sdk.items import Item
from headrace_sdk.node import ParamSet


class Parameters:
    """The parameters of one node in one version."""

    def __init__(self, form: type[Params], value: CompiledValue) -> None:
        self._form = form
        self._value = value
        self._constant: Params | None = None

    @property
    def is_constant(self) -> bool:
        """Are they the same in every run?"""
        return self._value.is_constant

    def resolve(self, scope: Scope, items: Sequence[Item]) -> ParamSet[Any]:
        """One value an item, or one for all where no expression reads the item.

        Raises:
            ExpressionError: an expression failed; it knows where.
            UserError: a value does not fit the form, after evaluation (S-023).
        """
        if self._value.is_constant:
            if self._constant is None:
                self._constant = self._checked(self._value.evaluate(scope), None)
            return ParamSet([self._constant])
        if not self._value.reads_item or not items:
            return ParamSet([self._checked(self._value.evaluate(scope), None)])
        values = []
        for index, item in enumerate(items):
            scope.json = item.json
            scope.binary = binary_json(item)
            scope.item_index = index
            values.append(self._checked(self._value.evaluate(scope), index))
        return ParamSet(values)

    def _checked(self, value: object, item: int | None) -> Params:
        try:
            return self._form.model_validate(value)
        except ValidationError as error:
            fault = error.errors(include_url=False, include_input=False)[0]
            field = ".".join(str(part) for part in fault["loc"])
            message = f"{field}: {fault['msg']}." if field else f"{fault['msg']}."
            raise UserError(message, field=field, item=item) from None
