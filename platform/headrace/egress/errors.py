"""What the guard says when it refuses."""

from __future__ import annotations

from headrace_sdk.errors import UserError


class AddressNotAllowed(UserError):
    """The host resolves to an address that workflows may not reach, or the port is closed."""

    code = "address_not_allowed"


class InvalidAddress(UserError):
    """It is not an http or https address."""

    code = "invalid_address"


class CredentialNotForHost(UserError):
    """The credential is bound to other hosts than the one that the request goes to."""

    code = "credential_not_for_host"
