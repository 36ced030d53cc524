"""Files of a hosted form that are sent as soon as they are chosen."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.triggers.test_forms import publish
from tests.support.hosted import begun, elements, state_of, visiting

pytestmark = pytest.mark.usefixtures("committed", "in_alpha")

ROWS = [
    {"kind": "file", "label": "Letter", "required": True, "accept": [".txt"], "max_megabytes": 1},
    {"kind": "file", "label": "Photo"},
]


async def ahead(visitor: Any, page: Any, name: str, file: tuple[str, bytes]) -> Any:
    """Send a file as the page's script does."""
    data = {"_state": state_of(page)}
    files = {name: (*file, "text/plain")}
    return await visitor.http.post(f"/form/contact?upload={name}", data=data, files=files)


async def test_a_file_sent_ahead_becomes_a_file_of_the_item(alpha, owner):
    await publish(owner, ROWS)
    async with visiting(alpha) as visitor:
        page = await visitor.http.get("/form/contact")
        sent = await ahead(visitor, page, "letter", ("letter.txt", b"Dear Ada"))
        last = await visitor.send(page, {"letter": sent.json()["sealed"]})

    assert sent.json()["name"] == "letter.txt"
    assert sent.headers["access-control-allow-origin"] == "*"
    assert "Thank you" in last.text
    (item,) = begun()
    assert [(file.name, file.size) for file in (item.binary or {}).values()] == [("letter.txt", 8)]


@pytest.mark.parametrize(
    ("name", "file", "words"),
    [
        ("letter", ("letter.exe", b"x"), "one of these types: .txt"),
        ("letter", ("letter.txt", b"x" * 1_000_001), "at most 1 MB"),
        ("other", ("letter.txt", b"x"), "Choose a file"),
    ],
)
async def test_a_file_that_is_not_taken_is_refused_at_once(alpha, owner, name, file, words):
    await publish(owner, ROWS)
    async with visiting(alpha) as visitor:
        sent = await ahead(visitor, await visitor.http.get("/form/contact"), name, file)

    assert sent.status_code == 422
    assert words in sent.json()["error"]


async def test_the_seal_of_a_file_holds_for_its_own_field_and_filling_in_alone(alpha, owner):
    await publish(owner, ROWS)
    async with visiting(alpha) as visitor:
        pages = [await visitor.http.get("/form/contact") for _ in range(2)]
        letter = await ahead(visitor, pages[0], "letter", ("letter.txt", b"x"))
        photo = await ahead(visitor, pages[0], "photo", ("photo.png", b"x"))
        elsewhere = await visitor.send(pages[1], {"letter": letter.json()["sealed"]})
        mistaken = await visitor.send(pages[0], {"letter": photo.json()["sealed"]})
        forged = await visitor.send(pages[0], {"letter": "forged"})

    assert [one.status_code for one in (elsewhere, mistaken, forged)] == [422] * 3
    assert begun() == []


async def test_only_a_page_that_asks_for_files_runs_a_script(alpha, owner):
    await publish(owner, [{"label": "Name"}, {"kind": "page", "label": "Files"}, *ROWS])
    async with visiting(alpha) as visitor:
        first = await visitor.http.get("/form/contact")
        second = await visitor.send(first, {"name": "Ada"})

    assert [len(elements(page.text, "script")) for page in (first, second)] == [0, 1]
    assert "allow-scripts" not in first.headers["content-security-policy"]
    assert "allow-same-origin" not in second.headers["content-security-policy"]


async def test_a_page_asks_before_a_file_whether_it_may(alpha, owner):
    """The script's requests come from an origin of its own, so browsers ask first."""
    await publish(owner, ROWS)
    async with visiting(alpha) as visitor:
        asked = await visitor.http.options("/form/contact?upload=letter")

    assert asked.status_code == 204
    assert asked.headers["access-control-allow-methods"] == "POST"
