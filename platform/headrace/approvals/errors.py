"""What can go wrong with approvals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from headrace.engine.document import pointer
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


class CorrectionInvalid(ApprovalError):
    """Fields were corrected that are not offered, or with values that do not fit them."""

    code = "correction_invalid"
    status = 422

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__("Some corrections do not fit their fields.")
        self.errors: list[dict[str, Any]] = [
            {"path": f"/corrections/{pointer(name)}", "message": message}
            for name, message in faults.items()
        ]


class NotForBulk(ApprovalError):
    """Its author wants it to be looked at by itself."""

    code = "approval_not_for_bulk"
    status = 409

    def __init__(self) -> None:
        super().__init__("This approval is to be looked at by itself. Open it to decide.")
