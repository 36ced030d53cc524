"""What can go wrong with people, keys and rights."""

from __future__ import annotations

from typing import ClassVar

from headrace_sdk.errors import HeadraceError


class AccountError(HeadraceError):
    """Base of this app's errors; `status` is the HTTP answer."""

    status: ClassVar[int] = 400


class Forbidden(AccountError):
    """The actor may not do this."""

    code = "forbidden"
    status = 403

    def __init__(self, verb: str) -> None:
        super().__init__(
            f"This needs the right “{verb}”. Ask an owner or admin of this workspace.",
            facts={"verb": verb},
        )
        self.verb = verb


class BadCredentials(AccountError):
    """E-mail and password do not belong together, or the link is used up."""

    code = "bad_credentials"
    status = 401

    def __init__(self, message: str = "E-mail address or password is wrong.") -> None:
        super().__init__(message)


class TooManyAttempts(AccountError):
    """Too many failed sign-ins, or other things that are counted."""

    code = "too_many_attempts"
    status = 429

    def __init__(self, retry_after_s: int, what: str = "Too many failed sign-ins.") -> None:
        super().__init__(
            f"{what} Try again in {max(1, retry_after_s // 60)} minutes.",
            facts={"retry_after_s": retry_after_s},
        )
        self.retry_after_s = retry_after_s


class MemberNotFound(AccountError):
    """There is no such member here."""

    code = "member_not_found"
    status = 404

    def __init__(self) -> None:
        super().__init__("There is no such member in this workspace.")


class AlreadyMember(AccountError):
    """Somebody who is in cannot be asked in."""

    code = "already_member"
    status = 409

    def __init__(self) -> None:
        super().__init__(
            "This person is a member already. Change their role, or let them in again."
        )


class InvitationNotFound(AccountError):
    """There is no such invitation here."""

    code = "invitation_not_found"
    status = 404

    def __init__(self) -> None:
        super().__init__("There is no such invitation in this workspace.")


class InvitationOver(AccountError):
    """The link leads nowhere any more."""

    code = "invitation_over"
    status = 410

    def __init__(self) -> None:
        super().__init__(
            "This invitation is used up, revoked or too old. Ask whoever invited you for a new one."
        )


class SessionNotFound(AccountError):
    """There is no such session of yours."""

    code = "session_not_found"
    status = 404

    def __init__(self) -> None:
        super().__init__("You have no such session here. It may have ended.")


class LastOwner(AccountError):
    """A tenant needs an owner."""

    code = "last_owner"
    status = 409

    def __init__(self) -> None:
        super().__init__("This is the only owner. Make somebody else an owner first.")


class ApiKeyNotFound(AccountError):
    """There is no such key here."""

    code = "api_key_not_found"
    status = 404

    def __init__(self) -> None:
        super().__init__("There is no such API key in this workspace.")


class InvalidInput(AccountError):
    """A field is wrong. `errors` holds `{"path", "message"}` for each."""

    code = "invalid_input"
    status = 422

    def __init__(self, path: str, message: str) -> None:
        super().__init__(message)
        self.errors = [{"path": path, "message": message}]


class NotYourTenant(AccountError):
    """No such tenant, or not one of yours: the same answer for both."""

    code = "tenant_not_found"
    status = 404

    def __init__(self) -> None:
        super().__init__("You are not a member of a workspace with this name.")
