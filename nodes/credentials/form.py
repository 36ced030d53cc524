"""Fields and checks that several kinds of credentials share."""

from __future__ import annotations

from typing import Any, Final, Literal

from headrace_sdk import Credential, Probe, SecretError, fields

TEST_LIMIT_S: Final = 10.0
Encryption = Literal["tls", "starttls", "none"]
_LEAST_ERROR: Final = 400


def plain(label: str, default: object = ..., **hints: Any) -> Any:
    """An open field."""
    return fields.text(label, default, expression=False, **hints)


def secret(label: str, default: object = ..., **hints: Any) -> Any:
    """One that is never shown again."""
    told = {"help": "Stored encrypted; never shown again.", **hints}
    return fields.text(label, default, secret=True, expression=False, **told)


def port(default: int) -> Any:
    """A TCP port."""
    return fields.number("Port", default, minimum=1, maximum=65_535, expression=False, half=True)


def encryption(default: Encryption) -> Any:
    """How the connection is protected; annotate with `Encryption`."""
    labels = {
        "tls": "TLS from the start",
        "starttls": "STARTTLS",
        "none": "None: everybody on the way can read along",
    }
    return fields.select("Encryption", default, labels=labels, expression=False, half=True)


def test_url() -> Any:
    """An address that the test button asks."""
    return plain(
        "Address to test it with",
        "",
        help="The test button sends a GET there. Empty: nothing is tried.",
        placeholder="https://api.example.com/me",
        advanced=True,
    )


async def ask(probe: Probe, credential: Credential) -> str | None:
    """Send a GET with the credential to its `test_url`; `None` where there is none.

    Raises:
        SecretError: the answer is an error; `credential_refused` where it is about the secret.
    """
    url = credential.values.get("test_url", "")
    if not url:
        return None
    answer = await probe.http.request(
        "GET", url, credential=credential, timeout_s=TEST_LIMIT_S, max_bytes=1_000_000
    )
    if answer.status in {401, 403}:
        message = f"The service refused it with status {answer.status}. Check the secret."
        raise SecretError(message, code="credential_refused")
    if answer.status >= _LEAST_ERROR:
        message = (
            f"The service answered with status {answer.status}, which tells nothing about the "
            "secret. Check the address to test it with."
        )
        raise SecretError(message, code="credential_test_unclear")
    return f"The service accepted it with status {answer.status}."
