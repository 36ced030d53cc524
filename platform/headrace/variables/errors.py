"""What can go wrong with variables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from headrace.variables.types import MOST_VARIABLES
from headrace_sdk.errors import HeadraceError


class VariableNotFound(HeadraceError):
    """There is no such variable here."""

    code = "variable_not_found"
    status: ClassVar[int] = 404

    def __init__(self) -> None:
        super().__init__("There is no such variable. It may have been deleted.")


class VariableExists(HeadraceError):
    """The name is taken."""

    code = "variable_exists"
    status: ClassVar[int] = 409

    def __init__(self, name: str) -> None:
        super().__init__(f"There is already a variable {name}. Change its value, or take a name.")


class TooManyVariables(HeadraceError):
    """The tenant has as many as it may have."""

    code = "too_many_variables"
    status: ClassVar[int] = 409

    def __init__(self) -> None:
        super().__init__(
            f"A workspace has at most {MOST_VARIABLES} variables. Longer lists go into a table."
        )


class VariableInUse(HeadraceError):
    """Workflows name it, so their next run would fail."""

    code = "variable_in_use"
    status: ClassVar[int] = 409

    def __init__(self, workflows: Sequence[str]) -> None:
        names = ", ".join(workflows[:3]) + (" and others" if len(workflows) > 3 else "")
        super().__init__(f"It is used by {names}. Take it out of them first.")
