"""Parameter models: the base class, and the small compound values that several nodes share."""

from __future__ import annotations

from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Params(BaseModel):
    """A node's form.

    Values arrive here after expressions were evaluated, so types are checked on what will really
    be used; numbers written into text fields become text, nothing else is converted.
    """

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        coerce_numbers_to_str=True,
        validate_default=False,
        # When it is first used: a process uses few of all the forms that it loads.
        defer_build=True,
    )


class NameValue(Params):
    """One row of a key-value control."""

    name: str
    value: str = ""


ValueType = Literal["auto", "text", "number", "boolean", "object", "array"]


class Assignment(Params):
    """One row of the assignments control: `name` may be a dotted path."""

    name: str = Field(min_length=1)
    type: ValueType = "auto"
    value: Any = None


Operator = Literal[
    "equals",
    "not_equals",
    "contains",
    "not_contains",
    "starts_with",
    "ends_with",
    "matches",
    "gt",
    "gte",
    "lt",
    "lte",
    "is_empty",
    "is_not_empty",
    "exists",
    "not_exists",
    "is_true",
    "is_false",
    "before",
    "after",
    "has_key",
    "length_equals",
    "length_gt",
    "length_lt",
]


class Condition(Params):
    """One comparison. `right` is unused by operators that need no second value."""

    left: Any = None
    op: Operator = "equals"
    right: Any = None


class Conditions(Params):
    """Comparisons that must `all` or `any` hold; one of the two lists is given.

    `strict` refuses to compare values of different types instead of converting them.
    """

    all: list[Condition] | None = Field(default=None, max_length=100)
    any: list[Condition] | None = Field(default=None, max_length=100)
    ignore_case: bool = False
    strict: bool = False

    @model_validator(mode="after")
    def _one_list(self) -> Self:
        if self.all is not None and self.any is not None:
            message = "Give the conditions under all or under any, not both"
            raise ValueError(message)
        return self
