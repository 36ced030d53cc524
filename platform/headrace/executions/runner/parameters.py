"""Turns a node's stored parameters into checked values, once a version where nothing varies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, TypeAlias

from pydantic import ValidationError

from headrace.catalog.model_fills import Path, with_values
from headrace.executions.runner.scope import binary_json
from headrace.expressions import CompiledValue, Scope, ask_for_all
from headrace_sdk import fields
from headrace_sdk.errors import UserError
from headrace_sdk.forms import Params
from headrace_sdk.items import Item, JsonValue
from headrace_sdk.node import ParamSet

Results: TypeAlias = Sequence[JsonValue]
"""What the expressions of a node come to for one item, in the order in which they stand."""


class Parameters:
    """The parameters of one node in one version; `given` are those that a model filled in."""

    def __init__(
        self,
        form: type[Params],
        value: CompiledValue,
        given: Mapping[Path, JsonValue] | None = None,
    ) -> None:
        self._form = form
        self._value = value
        self._given = given or {}
        self._constant: Params | None = None

    @property
    def is_constant(self) -> bool:
        """Are they the same in every run?"""
        return self._value.is_constant

    async def ask_ahead(
        self, scope: Scope, items: Sequence[Item], frozen: Sequence[Results] | None
    ) -> None:
        """Let the sandbox evaluate its expressions, for all items at once, if they are needed.

        Raises:
            HeadraceError: there is no sandbox, or it took too much.
        """
        is_known = frozen is not None and self.fits(frozen) and not self._secret
        if self._value.beyond and not is_known:
            scope.answers = await ask_for_all(self._value.beyond, scope, items)

    def results(self, scope: Scope, items: Sequence[Item]) -> Sequence[Results]:
        """What the expressions come to: a row an item, or one for all where none reads the item.

        Raises:
            ExpressionError: an expression failed; it knows where.
        """
        if not self._value.reads_item or not items:
            return [self._value.results(scope)]
        rows = []
        for index, item in enumerate(items):
            scope.json = item.json
            scope.binary = binary_json(item)
            scope.item_index = index
            rows.append(self._value.results(scope))
        return rows

    def checked(self, rows: Sequence[Results]) -> ParamSet[Any]:
        """The parameters with these results in the places of the expressions.

        Raises:
            UserError: a value does not fit the form, after evaluation (S-023).
        """
        if self._value.is_constant:
            if self._constant is None:
                self._constant = self._checked(self._value.filled(()), None)
            return ParamSet([self._constant])
        of_items = self._value.reads_item
        return ParamSet(
            [
                self._checked(self._value.filled(row), index if of_items else None)
                for index, row in enumerate(rows)
            ]
        )

    def to_keep(self, rows: Sequence[Results]) -> Sequence[Results]:
        """The results as the log may hold them: without those of secret fields."""
        secret = self._secret
        if not secret:
            return rows
        return [
            [None if place in secret else result for place, result in enumerate(row)]
            for row in rows
        ]

    def kept(
        self, rows: Sequence[Results], scope: Scope, items: Sequence[Item]
    ) -> Sequence[Results]:
        """`to_keep`'s rows with what secret fields come to now.

        Raises:
            ExpressionError: as for `results`.
        """
        secret = self._secret
        if not secret:
            return rows
        fresh = self.results(scope, items)
        return [
            [new[place] if place in secret else old[place] for place in range(len(old))]
            for old, new in zip(rows, fresh, strict=True)
        ]

    def fits(self, rows: Sequence[Results]) -> bool:
        """Were these rows made by the same expressions?"""
        return all(len(row) == len(self._value.paths) for row in rows)

    @cached_property
    def _secret(self) -> frozenset[int]:
        """The places of expressions in fields that are marked as secret."""
        named = {
            name for name, one in self._form.model_fields.items() if fields.ui_of(one).get("secret")
        }
        paths = enumerate(self._value.paths)
        return frozenset(place for place, path in paths if path[1:].partition("/")[0] in named)

    def _checked(self, value: JsonValue, item: int | None) -> Params:
        if self._given:
            value = with_values(value, self._given)
        try:
            return self._form.model_validate(value)
        except ValidationError as error:
            fault = error.errors(include_url=False, include_input=False)[0]
            field = ".".join(str(part) for part in fault["loc"])
            message = f"{field}: {fault['msg']}." if field else f"{fault['msg']}."
            raise UserError(message, field=field, item=item) from None
