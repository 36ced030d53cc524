"""What can go wrong with language models, each with the code that interfaces key on."""

from __future__ import annotations

from typing import ClassVar

from headrace_sdk.errors import HeadraceError, UserError


class ModelNotFound(HeadraceError):
    """There is no such model here."""

    code = "model_not_found"
    status: ClassVar[int] = 404

    def __init__(self) -> None:
        super().__init__("There is no such model. It may have been deleted.")


class BudgetNotFound(HeadraceError):
    """There is no such budget here."""

    code = "budget_not_found"
    status: ClassVar[int] = 404

    def __init__(self) -> None:
        super().__init__("There is no such budget. It may have been deleted.")


class CallNotFound(HeadraceError):
    """There is no such call here."""

    code = "llm_call_not_found"
    status: ClassVar[int] = 404

    def __init__(self) -> None:
        super().__init__("There is no such call in the ledger.")


class KeptAnswerNotFound(HeadraceError):
    """There is no such answer in the cache."""

    code = "kept_answer_not_found"
    status: ClassVar[int] = 404

    def __init__(self) -> None:
        super().__init__("There is no such answer in the cache. It may have been forgotten.")


class InvalidLlmInput(HeadraceError):
    """A request's fields do not fit each other; `path` says which is at fault."""

    code = "invalid_llm_input"
    status: ClassVar[int] = 422

    def __init__(self, message: str, path: str, code: str) -> None:
        super().__init__(message, code=code)
        self.errors = [{"path": path, "message": message}]


class NoSuchModel(UserError):
    """A node names a model that is not in the workspace's list, or `auto` finds none."""

    code = "no_such_model"

    def __init__(self, name: str) -> None:
        super().__init__(
            f'There is no model "{name}" here. Add it under Settings, Models, or choose another.'
            if name
            else "No model is set up here. Add one under Settings, Models, or choose offline for "
            "a demo.",
            field="model",
        )


class BudgetSpent(UserError):
    """A budget is used up."""

    code = "budget_spent"

    def __init__(self, name: str, limit_micro: int) -> None:
        super().__init__(
            f'The budget "{name}" of ${limit_micro / 1_000_000:,.2f} is spent. Raise it under '
            "Settings, Models, or wait for its next period.",
            facts={"budget": name, "limit_micro": limit_micro},
        )


class TooDear(UserError):
    """One call could cost more than its node allows."""

    code = "call_too_dear"

    def __init__(self, worst_micro: int, limit_micro: int) -> None:
        super().__init__(
            f"This call could cost ${worst_micro / 1_000_000:.4f}, more than the "
            f"${limit_micro / 1_000_000:.4f} that its node allows. Shorten the prompt, lower the "
            "longest answer, or allow more.",
            field="max_cost",
            facts={"worst_micro": worst_micro, "limit_micro": limit_micro},
        )
