"""How hosted pages look: what an author chooses reaches the page, and nothing else does."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.triggers.test_widgets import publish
from tests.support.hosted import elements, visiting

pytestmark = pytest.mark.usefixtures("committed", "in_alpha")


async def shown(alpha: Any, kind: str) -> Any:
    """The page at /<kind>/support."""
    async with visiting(alpha) as visitor:
        return await visitor.http.get(f"/{kind}/support?embedded=1", follow_redirects=True)


@pytest.mark.parametrize("kind", ["chat", "form"])
async def test_a_page_has_the_logo_and_the_background_of_its_author(alpha, owner, kind):
    logo = "https://cdn.example.com:8443/logo.svg?a=1&b=2"
    await publish(owner, kind, logo=logo, logo_text="Example", scheme="dark")
    page = await shown(alpha, kind)

    (picture,) = elements(page.text, "img")
    assert (picture["src"], picture["alt"]) == (logo, "Example")
    (root,) = elements(page.text, "html")
    assert root["data-scheme"] == "dark"
    policy = page.headers["content-security-policy"].split("; ")
    assert "img-src https://cdn.example.com:8443" in policy
    (body,) = elements(page.text, "body")
    assert "embedded" in body["class"].split()


async def test_a_page_without_a_logo_may_show_no_pictures(alpha, owner):
    await publish(owner, "form")
    page = await shown(alpha, "form")

    assert "img-src" not in page.headers["content-security-policy"]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:image/png;base64,AA",
        "https://a.test; script-src/x",
        "/logo.svg",
    ],
)
async def test_what_is_no_address_of_a_picture_is_not_published(owner, address):
    with pytest.raises(Exception, match="address"):
        await publish(owner, "form", logo=address)
