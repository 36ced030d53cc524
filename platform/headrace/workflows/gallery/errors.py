"""What can go wrong with templates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from headrace_sdk.errors import HeadraceError


class TemplateNotFound(HeadraceError):
    """There is no such template."""

    code = "template_not_found"
    status: ClassVar[int] = 404

    def __init__(self) -> None:
        super().__init__("There is no such template.")


class UnfitAnswers(HeadraceError):
    """Some answers do not fit their questions. `faults` has a message by the question's id."""

    code = "unfit_answers"
    status: ClassVar[int] = 422

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__("Some answers do not fit. See `facts` for which and why.", facts=faults)
