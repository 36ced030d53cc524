"""What can go wrong with approvals."""

from __future__ import annotations

from typing import Any, ClassVar

from headrace_sdk.errors import HeadraceError


class ApprovalError(HeadraceError):
    """Base of this app's errors; `status` is the HTTP answer."""

    status: ClassVar[int] = 400


class ApprovalNotFound(ApprovalError):
    """There is no such approval here."""

    code = "approval_not_found"
    status = 404

    def __init__(self) -> None:
        super().__init__("There is no such approval.")


class ApprovalDecided(ApprovalError):
    """Somebody was faster, its time is over, or the execution has ended."""

    code = "approval_decided"
    status = 409

    def __init__(self, state: str) -> None:
        super().__init__(
            f"This approval is not open any more: it was {state}.", facts={"state": state}
        )


class ReasonMissing(ApprovalError):
    """A rejection has to say why."""

    code = "reason_missing"
    status = 422

    def __init__(self) -> None:
        super().__init__("Say why you reject it.")
        self.errors: list[dict[str, Any]] = [{"path": "/reason", "message": self.message}]
