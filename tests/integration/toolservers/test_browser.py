"""The Playwright server: a real Chromium whose every connection passes the guard."""

from __future__ import annotations

import base64
import os
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from headrace.toolservers import browser
from headrace.toolservers.browsing import opened, sessions
from tests.support.canary import canary
from tests.support.site import can_browse, site
from tests.support.tooled import using

pytestmark = [
    pytest.mark.usefixtures("committed", "in_alpha"),
    pytest.mark.skipif(not can_browse(), reason="needs Chromium and user namespaces"),
]


@pytest.fixture(autouse=True)
def _patient(monkeypatch):
    """However busy the machine is."""
    monkeypatch.setattr(browser, "STEP_MS", 60_000)
    monkeypatch.setattr(browser, "OPEN_MS", 60_000)


@asynccontextmanager
async def browsing(owner, settings, session="one"):
    """The tools, the address of the site, and the canary that it reaches for."""
    async with canary() as bird:
        with site(f"http://127.0.0.1:{bird.port}") as port:
            settings.HEADRACE_EGRESS_ALLOW = (f"127.0.0.1:{port}",)
            async with using("browser", owner, session=session) as tools:
                try:
                    yield tools, f"http://127.0.0.1:{port}", bird
                finally:
                    await tools.client.call_tool("close_browser", {})


async def test_a_page_is_opened_filled_in_clicked_and_seen(owner, settings):
    async with browsing(owner, settings) as (tools, at, _):
        page = await tools.gives("open_page", url=at)
        seen = await tools.gives("snapshot")
        await tools.gives("fill", target='role=textbox[name="Title"]', text="Emma")
        found = await tools.gives("click", target='role=button[name="Search"]')
        text = await tools.gives("read_text")
        (image,) = (await tools.client.call_tool("screenshot", {})).content
        missing = await tools.refuses("click", target="role=")

    assert page == {"url": f"{at}/", "title": "Library", "status": 200}
    assert '- heading "Library" [level=1]' in seen["snapshot"]
    assert found["title"] == "Found"
    assert text["text"] == "Found Emma for who=me"
    assert base64.b64decode(image.data).startswith(b"\x89PNG")
    assert missing


async def test_no_page_reaches_an_internal_server_by_whatever_way(owner, settings):
    async with browsing(owner, settings) as (tools, at, bird):
        inside = f"127.0.0.1:{bird.port}"
        said = [
            await tools.refuses("open_page", url=f"http://{inside}/"),
            await tools.refuses("open_page", url=f"https://{inside}/"),
            await tools.refuses("open_page", url=f"http://localhost:{bird.port}/"),
            await tools.refuses("open_page", url=f"{at}/away"),
            await tools.refuses("open_page", url="http://169.254.169.254/latest/meta-data/"),
        ]
        await tools.gives("open_page", url=f"{at}/reaching")
        tried = await tools.gives("read_text", target="text=all tried")

    assert tried["text"] == "all tried, peers: undefined"
    assert bird.knocks == 0
    assert ["internal" in one for one in said] == [True] * len(said)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "chrome://version",
        "view-source:http://a",
        "javascript:1",
        "http://u:p@a",
    ],
)
async def test_addresses_that_are_no_pages_are_refused(owner, url):
    async with using("browser", owner) as tools:
        assert "http://" in await tools.refuses("open_page", url=url)


async def test_sessions_share_nothing_and_one_goes_on_in_the_next_conversation(owner, settings):
    async with browsing(owner, settings) as (tools, at, _):
        await tools.gives("open_page", url=at)
        async with using("browser", owner, session="one", is_nested=True) as again:
            await again.gives("open_page", url=f"{at}/search")
            same = await again.gives("read_text")
        async with using("browser", owner, session="two", is_nested=True) as other:
            nothing = await other.refuses("snapshot")
            await other.gives("open_page", url=f"{at}/search")
            apart = await other.gives("read_text")
            await other.gives("close_browser")

    assert same["text"].endswith("for who=me")
    assert "No page is open" in nothing
    assert apart["text"].endswith("for nobody")


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give away its account")
async def test_it_has_an_account_and_a_sandbox_of_its_own_and_leaves_nothing(owner, settings):
    before = set(Path("/tmp").glob("headrace-browser-*"))
    async with browsing(owner, settings) as (tools, at, _):
        await tools.gives("open_page", url=at)
        (folder,) = set(Path("/tmp").glob("headrace-browser-*")) - before
        pid = int((folder / "pid").read_text())
        status = Path(f"/proc/{pid}/status").read_text()
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        environment = Path(f"/proc/{pid}/environ").read_bytes()

        account = (folder / "profile").stat().st_uid

    assert account > 60_000
    assert "\t".join(["Uid:", *[str(account)] * 4]) in status
    assert "NoNewPrivs:\t1" in status
    assert b"--no-sandbox" not in words
    assert b"HEADRACE" not in environment
    assert b"DATABASE_URL" not in environment
    assert not folder.exists()


async def test_without_a_browser_it_says_what_is_missing(owner, monkeypatch):
    monkeypatch.setattr(opened, "NAMES", ("no-such-browser",))
    async with using("browser", owner) as tools:
        assert "The operator has to install" in await tools.refuses(
            "open_page", url="http://a.example"
        )


async def test_there_are_so_many_browsers_at_a_time(owner, settings, monkeypatch):
    monkeypatch.setattr(sessions, "MOST", 0)
    async with using("browser", owner) as tools:
        assert "at work" in await tools.refuses("open_page", url="http://a.example")
