"""What can go wrong with credentials. No message ever holds a secret."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from headrace_sdk.errors import HeadraceError


class VaultError(HeadraceError):
    """Base of this app's errors; `status` is the HTTP answer."""

    status: ClassVar[int] = 400


class CredentialNotFound(VaultError):
    """There is no such credential here."""

    code = "credential_not_found"
    status = 404

    def __init__(self) -> None:
        super().__init__("There is no such credential. It may have been deleted.")


class CredentialInUse(VaultError):
    """Workflows or language models use it."""

    code = "credential_in_use"
    status = 409

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(
            f"Still used by {', '.join(names)}. Choose another credential there first.",
            facts={"used_by": list(names)},
        )


class UnknownCredentialType(VaultError):
    """No installed package has this type."""

    code = "unknown_credential_type"
    status = 422

    def __init__(self, kind: str) -> None:
        super().__init__(f"There is no credential type {kind!r} here.")
        self.errors = [{"path": "/type", "message": self.message}]


class InvalidCredential(VaultError):
    """Fields are missing or wrong. `errors` names them, never their values."""

    code = "invalid_credential"
    status = 422

    def __init__(self, errors: Sequence[dict[str, Any]]) -> None:
        super().__init__("Some fields of the credential are wrong. See `errors`.")
        self.errors = list(errors)


class VaultDamaged(VaultError):
    """Sealed bytes do not open: they were changed, or stand where they do not belong."""

    code = "vault_damaged"
    status = 500

    def __init__(self) -> None:
        super().__init__(
            "This credential cannot be opened: its stored bytes were changed or moved. "
            "Enter its values again."
        )


class VaultKeyMissing(VaultError):
    """The master key that a row needs is not configured."""

    code = "vault_key_missing"
    status = 503

    def __init__(self, key_id: str) -> None:
        super().__init__(
            f"The vault needs the master key {key_id}. Add it to HEADRACE_VAULT_OLD_KEYS.",
            facts={"key_id": key_id},
        )


class NoSuchMember(VaultError):
    """It is to be shared with somebody who is not here."""

    code = "member_not_found"
    status = 422

    def __init__(self, index: int) -> None:
        super().__init__("One of the people is no member of this workspace.")
        self.errors = [{"path": f"/people/{index}/person_id", "message": self.message}]


class UnknownSource(VaultError):
    """The operator has not set up this source of secrets."""

    code = "unknown_secret_source"
    status = 422

    def __init__(self, source: str) -> None:
        super().__init__(f"Secrets from {source!r} are not set up here. Ask your operator.")
        self.errors = [{"path": "/source", "message": self.message}]


class NotConnectable(VaultError):
    """Its type has no account that a person connects in the browser."""

    code = "credential_not_connectable"
    status = 409

    def __init__(self) -> None:
        super().__init__("Credentials of this type are not connected to an account.")


class BrowserNeeded(VaultError):
    """Connecting an account is bound to the session of a browser."""

    code = "browser_needed"
    status = 409

    def __init__(self) -> None:
        super().__init__("Sign in with a browser to connect an account; an API key cannot.")


class AuthorizationFailed(VaultError):
    """The provider did not give access, or the answer belongs to no question of this browser."""

    code = "authorization_failed"
    status = 422
