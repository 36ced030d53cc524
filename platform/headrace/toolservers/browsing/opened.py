"""One browser: Chromium with a profile and, where we are root, an account of its own, sandboxed.

It is Debian's or the operator's Chromium, driven by the package `playwright`; neither is installed
by default. Its own sandbox of namespaces and system calls is never turned off: where the machine
does not give it one, it does not start, and that is said.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import shlex
import shutil
import signal
import sys
import tempfile
import time
from contextlib import AsyncExitStack, suppress
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from headrace.egress import launching
from headrace.egress.policy import EgressPolicy
from headrace.egress.programs import PATH
from headrace.toolservers.browsing.way_out import WayOut
from headrace_sdk.errors import UpstreamError

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, Page

NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
START_S: Final = 60.0
MAX_PAGES: Final = 5
MAX_MEMORY: Final = 1_500 * 1024 * 1024
"""Bytes of its processes in memory, without what they share (proc(5), statm)."""
LOOK_S: Final = 2.0
FIRST_ACCOUNT: Final = 61_184
ACCOUNTS: Final = 4_336
"""Of accounts that belong to nobody for long (systemd.exec, DynamicUser): one for each browser, so
that none can see into the profile of another."""
ARGUMENTS: Final = (
    # Nothing but the proxy is connected to, and nothing is looked up here.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-extensions",
    "--disable-file-system",
    "--js-flags=--max-old-space-size=256",
)
NO_PEERS: Final = "delete globalThis.RTCPeerConnection; delete globalThis.webkitRTCPeerConnection"


class OpenBrowser:
    """At work until it is closed, or takes more memory than it may."""

    def __init__(self, context: BrowserContext, way_out: WayOut, held: AsyncExitStack) -> None:
        self._context, self._held = context, held
        self.way_out = way_out
        self.since = self.used_at = time.monotonic()
        self.is_alive = True
        context.on("close", self._gone)
        context.on("page", self._limit)

    @property
    def page(self) -> Page:
        """The newest page that is open."""
        return self._context.pages[-1]

    async def fresh(self) -> Page:
        """A new page in place of those that are open; cookies stay."""
        page = await self._context.new_page()
        for one in self._context.pages[:-1]:
            await one.close()
        return page

    async def close(self) -> None:
        """End its processes and forget its profile."""
        self.is_alive = False
        with suppress(Exception):
            async with asyncio.timeout(10):
                await self._context.close()
        await self._held.aclose()

    def _gone(self, *_: Any) -> None:
        self.is_alive = False

    async def _limit(self, page: Page) -> None:
        if len(self._context.pages) > MAX_PAGES:
            await page.close()


async def open_browser() -> OpenBrowser:
    """A fresh one.

    Raises:
        UpstreamError: there is none on this machine, or it does not start.
    """
    program = next((found for name in NAMES if (found := shutil.which(name))), "")
    if not program or find_spec("playwright") is None:
        message = (
            "This installation has no browser. The operator has to install Chromium and the "
            "package's extra “browser” on the machines of workers and web."
        )
        raise UpstreamError(message, sent="no", code="no_browser", retryable=False)
    async with AsyncExitStack() as held:
        kept = tempfile.TemporaryDirectory(prefix="headrace-browser-", ignore_cleanup_errors=True)
        folder = Path(held.enter_context(kept))
        # Before its folder goes, so that nothing of it is left to write there again.
        held.callback(_kill, folder / "pid")
        started = await asyncio.to_thread(_prepared, folder, program)
        way_out = await held.enter_async_context(WayOut(EgressPolicy.from_settings()).open())
        try:
            context = await _launched(held, folder, started, way_out.port)
        except Exception as error:
            told = " ".join(str(error).split())
            why = "its sandbox is not available" if "sandbox" in told.lower() else "see the log"
            message = f"The browser does not start: {why}. The operator has to look at it."
            raise UpstreamError(message, sent="no", code="no_browser", retryable=False) from error
        watch = asyncio.create_task(_watch(folder / "pid"))
        held.callback(watch.cancel)
        return OpenBrowser(context, way_out, held.pop_all())
    raise AssertionError


async def _launched(held: AsyncExitStack, folder: Path, program: Path, port: int) -> BrowserContext:
    playwright = import_module("playwright.async_api").async_playwright()
    driver = await held.enter_async_context(playwright)
    context: BrowserContext = await driver.chromium.launch_persistent_context(
        folder / "profile",
        executable_path=program,
        chromium_sandbox=True,
        headless=True,
        args=list(ARGUMENTS),
        proxy={"server": f"http://127.0.0.1:{port}", "bypass": "<-loopback>"},
        env={"PATH": PATH, "HOME": str(folder / "home"), "LANG": "C.UTF-8"},
        accept_downloads=False,
        service_workers="block",
        timeout=START_S * 1_000,
        viewport={"width": 1280, "height": 800},
    )
    await context.add_init_script(NO_PEERS)
    context.set_default_timeout(10_000)
    return context


def _prepared(folder: Path, program: str) -> Path:
    """The command that starts it, with folders that only its account sees."""
    words = [program]
    is_root = os.getuid() == 0
    account = FIRST_ACCOUNT + secrets.randbelow(ACCOUNTS)
    if is_root:
        words = [sys.executable, "-I", launching.__file__, str(account), program]
    for name in ("profile", "home"):
        (folder / name).mkdir(mode=0o700)
        if is_root:
            os.chown(folder / name, account, account)
    folder.chmod(0o711)
    start = folder / "start"
    note = f"echo $$ > {shlex.quote(str(folder / 'pid'))}"
    lines = ("#!/bin/sh", note, f'exec {shlex.join(words)} "$@"')
    start.write_text("\n".join(lines) + "\n", encoding="utf-8")
    start.chmod(0o700)
    return start


async def _watch(file: Path) -> None:
    """End a browser whose pages take too much."""
    while True:
        await asyncio.sleep(LOOK_S)
        with suppress(OSError, ValueError):
            pid = int(file.read_text(encoding="ascii"))
            if os.getpgid(pid) == pid and await asyncio.to_thread(_memory_of, pid) > MAX_MEMORY:
                os.killpg(pid, signal.SIGKILL)


def _kill(file: Path) -> None:
    """Whatever of its group outlived being closed."""
    with suppress(OSError, ValueError):
        group = int(file.read_text(encoding="ascii"))
        if group != os.getpgrp():
            os.killpg(group, signal.SIGKILL)


def _memory_of(group: int) -> int:
    """Bytes in memory of all processes of a group, without what they share."""
    total = 0
    for one in Path("/proc").iterdir():
        if not one.name.isdigit():
            continue
        with suppress(OSError, ValueError):
            if os.getpgid(int(one.name)) == group:
                words = (one / "statm").read_text(encoding="ascii").split()
                total += (int(words[1]) - int(words[2])) * os.sysconf("SC_PAGE_SIZE")
    return total
