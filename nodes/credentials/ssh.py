"""Access to a machine by SSH, for commands and for files (SFTP)."""

from __future__ import annotations

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import load_ssh_private_key

from headrace_sdk import Credential, CredentialType, Params, Probe, SecretError, fields
from headrace_sdk.net import connected
from nodes.credentials.form import TEST_LIMIT_S, plain, port, secret


class Fields(Params):
    """What it consists of."""

    host: str = plain("Host", placeholder="files.example.com", half=True)
    port: int = port(22)
    user: str = plain("User")
    password: str = secret("Password", "", help="Empty when a key is used.")
    private_key: str = fields.textarea(
        "Private key",
        "",
        help="In OpenSSH's format, from BEGIN to END. Never shown again.",
        secret=True,
        expression=False,
    )
    passphrase: str = secret("Passphrase of the key", "")
    host_key: str = plain(
        "Host key",
        "",
        help="As in known_hosts, `ssh-ed25519 AAAA…`: connections to any other are refused.",
        placeholder="ssh-ed25519 AAAA…",
    )


class Ssh(CredentialType):
    """RFC 4253."""

    id = "ssh"
    title = "SSH or SFTP"
    documentation = "A machine, its user, and a password or a private key."
    Fields = Fields

    @classmethod
    async def test(cls, probe: Probe, credential: Credential) -> str | None:
        """Open the key and read the server's greeting; signing in is left to the node."""
        key = credential.secrets["private_key"].reveal()
        if key:
            _check_key(key, credential.secrets["passphrase"].reveal())
        host, number = credential.values["host"], int(credential.values["port"])
        connection = connected(probe.net, host, number, tls=False, limit_s=TEST_LIMIT_S)
        async with connection as (reader, _):
            greeting = (await reader.readline()).decode("ascii", "replace").strip()
        if not greeting.startswith("SSH-2.0"):
            message = f"{host}:{number} answers, but not as an SSH server."
            raise SecretError(message, code="unexpected_answer")
        key_told = "The key can be opened. " if key else ""
        return f"{key_told}Reached {greeting[8:60]}. Signing in was not tried."


def _check_key(key: str, passphrase: str) -> None:
    text = key.strip() + "\n"
    try:
        load_ssh_private_key(text.encode(), passphrase.encode() or None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        message = "The private key cannot be opened. Check its text and its passphrase."
        raise SecretError(message, code="credential_refused") from None
