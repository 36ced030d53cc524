"""A machine with SSH and SFTP, in a folder, on a thread of this process."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncssh


@dataclass
class Machine:
    """Where it is, what it is known by, and its files."""

    port: int
    host_key: str
    root: Path


class Server(asyncssh.SSHServer):
    """Lets one user in, by password or by one key."""

    password = ""
    key = ""

    def password_auth_supported(self) -> bool:
        """It is."""
        return True

    def validate_password(self, username: str, password: str) -> bool:
        """Is it that user's?"""
        return username == "ann" and password == self.password

    def begin_auth(self, username: str) -> bool:
        """Everybody has to sign in."""
        return True

    def public_key_auth_supported(self) -> bool:
        """It is."""
        return True

    def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        """Is it that user's?"""
        return username == "ann" and key.export_public_key().decode().split()[1] in self.key


async def _work(process: asyncssh.SSHServerProcess[str]) -> None:
    """`cat` gives back what comes in, `hang` never ends, `flood` never stops; others are echoed."""
    command = process.command or ""
    if command.startswith("cat"):
        process.stdout.write(await process.stdin.read())
    elif command.startswith("hang"):
        await process.wait_closed()
    elif command.startswith("fail"):
        process.stderr.write("it broke\n")
        process.exit(3)
        return
    else:
        process.stdout.write(command + "\n")
    process.exit(0)


@contextmanager
def ssh_server(root: Path, *, password: str, key: str = "") -> Iterator[Machine]:
    """One at work; its loop runs on a thread."""
    host_key = asyncssh.generate_private_key("ssh-ed25519")
    loop = asyncio.new_event_loop()
    kind = type("Server", (Server,), {"password": password, "key": key})

    async def start() -> asyncssh.SSHAcceptor:
        return await asyncssh.listen(
            "127.0.0.1",
            0,
            server_factory=kind,
            server_host_keys=[host_key],
            process_factory=_work,
            sftp_factory=lambda channel: asyncssh.SFTPServer(channel, chroot=str(root).encode()),
        )

    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    acceptor = asyncio.run_coroutine_threadsafe(start(), loop).result(60)

    async def stop() -> None:
        acceptor.close()
        await acceptor.wait_closed()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    try:
        yield Machine(acceptor.get_port(), host_key.export_public_key().decode().strip(), root)
    finally:
        asyncio.run_coroutine_threadsafe(stop(), loop).result(60)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(60)
        loop.close()
