"""The page of the application, and the files that it loads."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from headrace.conf.static import static_middleware
from headrace.tenants.context import TenantRef
from tests.support.clients import Api

MANIFEST = {
    "index.html": {
        "file": "assets/index-AAAAAAAA.js",
        "isEntry": True,
        "imports": ["_shared.js"],
        "css": ["assets/index-BBBBBBBB.css"],
    },
    "_shared.js": {"file": "assets/shared-CCCCCCCC.js", "css": ["assets/shared-DDDDDDDD.css"]},
    "src/lazy.tsx": {"file": "assets/lazy-EEEEEEEE.js", "isDynamicEntry": True},
}


@pytest.fixture
def built(settings: Any, tmp_path: Path) -> None:
    """A front end that Vite has built."""
    settings.FRONTEND_DIST = tmp_path
    manifest = tmp_path / ".vite" / "manifest.json"
    manifest.parent.mkdir()
    manifest.write_text(json.dumps(MANIFEST))


@pytest.mark.parametrize("path", ["/app", "/app/", "/app/workflows/1/executions/2"])
def test_every_address_of_the_application_is_one_page(
    api: Callable[..., Api], built: None, path: str
) -> None:
    """The router in the browser does the rest; lazy parts are not loaded at once."""
    answer = api(None).get(path)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert '<script type="module" src="/static/app/assets/index-AAAAAAAA.js">' in page
    assert '<link rel="modulepreload" href="/static/app/assets/shared-CCCCCCCC.js">' in page
    assert "index-BBBBBBBB.css" in page
    assert "shared-DDDDDDDD.css" in page
    assert "lazy" not in page
    assert answer["Cache-Control"] == "no-store"


def test_the_page_brings_a_csrf_cookie_and_a_fresh_nonce(
    api: Callable[..., Api], built: None
) -> None:
    """S-041, S-043: the nonce in the page is the one in the policy, and new each time."""
    first, second = api(None).get("/app/"), api(None).get("/app/")

    nonces = []
    for answer in (first, second):
        match = re.search(r'name="csp-nonce" content="([\w-]+)"', answer.content.decode())
        assert match is not None
        assert f"'nonce-{match[1]}'" in answer["Content-Security-Policy"]
        nonces.append(match[1])
    assert nonces[0] != nonces[1]
    assert "csrftoken" in first.cookies


def test_the_page_has_no_inline_script_or_style(api: Callable[..., Api], built: None) -> None:
    """S-041: nothing that the policy would have to allow."""
    page = api().get("/app/").content.decode()

    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=", page)


@pytest.mark.parametrize(
    ("chosen", "shown"), [("dark", "dark"), ("light", "light"), (None, "system")]
)
def test_the_theme_is_there_before_the_script(
    api: Callable[..., Api], built: None, chosen: str | None, shown: str
) -> None:
    """No flash of the other theme."""
    browser = api()
    if chosen:
        browser.patch("session/preferences/", {"theme": chosen})

    assert f'data-theme="{shown}"' in browser.get("/app/").content.decode()


def test_without_a_build_the_page_says_what_to_do(
    api: Callable[..., Api], settings: Any, tmp_path: Path
) -> None:
    """Not a traceback."""
    settings.FRONTEND_DIST = tmp_path

    answer = api(None).get("/app/")

    assert answer.status_code == 503
    assert b"make up" in answer.content


def test_files_are_served_on_any_host(alpha: TenantRef) -> None:
    """They belong to no tenant."""
    client = Client(HTTP_HOST="whatever.example")

    found = client.get("/static/admin/css/base.css")
    missing = client.get("/static/nothing.css")
    outside = client.get("/static/../settings.py")

    assert (found.status_code, missing.status_code, outside.status_code) == (200, 404, 404)
    assert found["Content-Type"].startswith("text/css")
    assert len(found.content) == int(found["Content-Length"])


async def test_files_are_served_to_coroutines_and_all_else_passes_by() -> None:
    """As under Daphne."""

    async def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(f"passed {request.path}")

    handle = static_middleware(view)

    found = await handle(RequestFactory().get("/static/admin/css/base.css"))
    missing = await handle(RequestFactory().get("/static/nothing.css"))
    other = await handle(RequestFactory().get("/api/v1/session/"))

    assert found["Content-Type"].startswith("text/css")
    assert missing.content == b"passed /static/nothing.css"
    assert other.content == b"passed /api/v1/session/"


def test_an_unchanged_file_is_not_sent_again(alpha: TenantRef) -> None:
    """Conditional requests."""
    client = Client(HTTP_HOST="alpha.localhost")
    first = client.get("/static/admin/css/base.css")

    again = client.get(
        "/static/admin/css/base.css", headers={"If-Modified-Since": first["Last-Modified"]}
    )

    assert (again.status_code, again.content) == (304, b"")
