"""A machine reached by SSH, its files and commands; only with the host key that is known."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from posixpath import dirname
from typing import TYPE_CHECKING, Final

from headrace_sdk import (
    Credential,
    JsonObject,
    Net,
    NodeError,
    SecretError,
    UpstreamError,
    UserError,
)
from headrace_sdk.errors import Sent
from headrace_sdk.lazy import lazy_module
from headrace_sdk.net import open_socket, reaching

if TYPE_CHECKING:
    import asyncssh
else:
    asyncssh = lazy_module("asyncssh")

CONNECT_LIMIT_S: Final = 20.0
MAX_OUTPUT_BYTES: Final = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Ran:
    """What became of a command; `status` is negative where a signal ended it."""

    status: int
    out: str
    err: str


@asynccontextmanager
async def machine(net: Net, credential: Credential) -> AsyncIterator[asyncssh.SSHClientConnection]:
    """A connection, signed in. Nothing of this machine is used: no keys, agent, or settings.

    Raises:
        SecretError: the host key is unknown or another one, or the sign-in was refused.
        UserError, UpstreamError: it may not or cannot be reached.
    """
    # It takes a while to load: not on the event loop.
    await asyncio.to_thread(getattr, asyncssh, "connect")
    values, host = credential.values, credential.values["host"]
    port = int(values["port"])
    host_key, key = _host_key(values["host_key"], host), _private_key(credential)
    opened = await open_socket(net, host, port, CONNECT_LIMIT_S)
    try:
        connection = await _signed_in(opened, credential, host_key, key)
    except BaseException:
        opened.close()
        raise
    try:
        yield connection
    finally:
        connection.abort()
        await connection.wait_closed()


async def _signed_in(
    opened: socket.socket,
    credential: Credential,
    host_key: asyncssh.SSHKey,
    key: asyncssh.SSHKey | None,
) -> asyncssh.SSHClientConnection:
    host, port = credential.values["host"], int(credential.values["port"])
    user, password = credential.values["user"], credential.secrets["password"].reveal()
    try:
        async with reaching(host, port, CONNECT_LIMIT_S):
            return await asyncssh.connect(
                host,
                port,
                sock=opened,
                config=None,
                known_hosts=([host_key], [], []),
                username=user,
                password=password or None,
                client_keys=[key] if key else None,
                agent_path=None,
                gss_auth=False,
                gss_kex=False,
                host_based_auth=False,
                x509_trusted_certs=None,
                login_timeout=CONNECT_LIMIT_S,
            )
    except asyncssh.HostKeyNotVerifiable:
        message = (
            f"{host} shows another host key than the credential knows. Somebody may be in between; "
            "if the machine was set up anew, put its new key into the credential."
        )
        raise SecretError(message, code="host_key_differs") from None
    except asyncssh.PermissionDenied:
        message = f"{host} refused the sign-in as {user}."
        raise SecretError(message, code="credential_refused") from None
    except asyncssh.Error as error:
        message = f"{host} does not speak SSH as expected: {error.reason[:200]}"
        raise UpstreamError(message, sent="no", code="connect_failed") from None


def _host_key(text: str, host: str) -> asyncssh.SSHKey:
    if not text.strip():
        message = (
            f"The credential does not know the host key of {host}. Put it in: "
            f"`ssh-keyscan {host}` shows it; compare it with what the machine's owner says."
        )
        raise SecretError(message, code="host_key_missing")
    words = text.split()
    # A line of known_hosts has the host's name in front of the key.
    start = next((i for i, word in enumerate(words) if word.startswith(("ssh-", "ecdsa-"))), 0)
    try:
        return asyncssh.import_public_key(" ".join(words[start : start + 2]))
    except (asyncssh.KeyImportError, ValueError):
        message = "The host key is none. It looks like `ssh-ed25519 AAAA…`."
        raise SecretError(message, code="host_key_missing") from None


def _private_key(credential: Credential) -> asyncssh.SSHKey | None:
    text = credential.secrets["private_key"].reveal().strip()
    if not text:
        return None
    passphrase = credential.secrets["passphrase"].reveal() or None
    try:
        return asyncssh.import_private_key(text + "\n", passphrase)
    except (asyncssh.KeyImportError, asyncssh.KeyEncryptionError, ValueError):
        message = "The private key cannot be opened. Check its text and its passphrase."
        raise SecretError(message, code="credential_refused") from None


@contextmanager
def explained(path: str, item: int, *, sent: Sent = "yes") -> Iterator[None]:
    """Says in plain words what the other side refused; `sent` is for a connection that breaks.

    Raises:
        NodeError: the code is `sftp_` and what is wrong.
    """
    try:
        yield
    except (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath):
        message = f"There is no {path!r}."
        raise NodeError(message, code="sftp_no_such_file", item=item) from None
    except asyncssh.SFTPPermissionDenied:
        message = f"The user may not do that with {path!r}."
        raise NodeError(message, code="sftp_permission_denied", item=item) from None
    except (asyncssh.SFTPConnectionLost, asyncssh.DisconnectError, OSError):
        message = "The connection was lost."
        raise UpstreamError(message, sent=sent, code="connection_lost", item=item) from None
    except asyncssh.SFTPError as error:
        message = f"The server refused {path!r}: {error.reason[:200]}"
        raise NodeError(message, code="sftp_failed", item=item) from None
    except asyncssh.Error as error:
        message = f"The server refused: {error.reason[:200]}"
        raise UpstreamError(message, sent=sent, code="ssh_failed", item=item) from None


async def listed(sftp: asyncssh.SFTPClient, path: str, at_most: int) -> list[JsonObject]:
    """What is in a folder, in the order of the names."""
    found: list[JsonObject] = []
    async for entry in sftp.scandir(path):
        name = str(entry.filename)
        if name in (".", ".."):
            continue
        changed = datetime.fromtimestamp(entry.attrs.mtime or 0, UTC)
        found.append(
            {
                "name": name,
                "path": f"{path.rstrip('/')}/{name}",
                "is_folder": entry.attrs.type == asyncssh.FILEXFER_TYPE_DIRECTORY,
                "size": entry.attrs.size or 0,
                "modified": changed.isoformat(),
            }
        )
        if len(found) >= at_most:
            break
    return sorted(found, key=lambda one: str(one["name"]))


async def fetch(sftp: asyncssh.SFTPClient, path: str, max_bytes: int) -> bytes:
    """A whole file.

    Raises:
        NodeError: it is larger.
    """
    async with sftp.open(path, "rb") as file:
        content: bytes | str = await file.read(max_bytes + 1)
    assert isinstance(content, bytes)
    if len(content) > max_bytes:
        message = f"{path!r} is larger than {max_bytes} bytes."
        raise NodeError(message, code="too_large")
    return content


async def store(sftp: asyncssh.SFTPClient, path: str, content: bytes, part: str) -> None:
    """Write a file; who looks at it sees the old one or the whole new one."""
    await sftp.makedirs(dirname(path) or ".", exist_ok=True)
    async with sftp.open(part, "wb") as file:
        await file.write(content)
    try:
        await sftp.posix_rename(part, path)
    except asyncssh.SFTPOpUnsupported:
        if await sftp.exists(path):
            await sftp.remove(path)
        await sftp.rename(part, path)


async def run_command(
    connection: asyncssh.SSHClientConnection, command: str, given: str, limit_s: float
) -> Ran:
    """Run a command to its end and keep what it says.

    Raises:
        UserError: it takes too long (`command_timeout`) or says too much (`output_too_large`).
    """
    process = await connection.create_process(command, errors="replace")
    try:
        async with asyncio.timeout(limit_s):
            # A command that has ended already takes no input, and need not.
            with suppress(BrokenPipeError):
                process.stdin.write(given)
                process.stdin.write_eof()
            out, err = await asyncio.gather(
                process.stdout.read(MAX_OUTPUT_BYTES), process.stderr.read(MAX_OUTPUT_BYTES)
            )
            if max(len(out), len(err)) >= MAX_OUTPUT_BYTES:
                message = f"The command says more than {MAX_OUTPUT_BYTES // 2**20} MiB."
                raise UserError(message, field="command", code="output_too_large")
            await process.wait()
    except TimeoutError:
        message = f"The command did not end within {limit_s:g} s. It may go on over there."
        raise UserError(message, field="limit_s", code="command_timeout") from None
    finally:
        process.close()
    status = process.returncode
    return Ran(-1 if status is None else status, str(out), str(err))
