"""Hosted forms: what they ask, what they take, and what nobody can make of them."""

from __future__ import annotations

from typing import Any

import pytest
from asgiref.sync import sync_to_async

from headrace.credentials import actions as credentials
from headrace.triggers.actions import listen
from headrace.triggers.gate.pages import pace
from headrace.workflows import actions as workflows
from tests.support.hosted import begun, elements, state_of, visiting
from tests.support.workflows import document, node

pytestmark = pytest.mark.usefixtures("committed", "in_alpha")

ASKED = [
    {"label": "Your name", "name": "name", "required": True},
    {"kind": "number", "label": "Age", "minimum": 18},
    {"kind": "select", "label": "Topic", "choices": ["Sales", "Other"]},
    {"kind": "page", "label": "More", "only_if": "topic", "only_if_value": "Other"},
    {"kind": "paragraph", "label": "Say more", "name": "more", "required": True},
]
NASTY = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'{{7*191}}{% debug %}"


async def publish(owner: Any, rows: list[dict[str, Any]], **params: Any) -> str:
    """A workflow with a form at /form/contact; its id."""
    credential = params.pop("credential", None)
    form = node("form", "triggers.form", {"path": "contact", "rows": rows, **params})
    if credential:
        form["credentials"] = {"auth": credential}
    flow = document([form, node("end", "flow.no_op")], "form -> end")

    def work() -> str:
        draft = workflows.create(owner, document=flow)
        workflows.publish(owner, draft.row.id)
        return str(draft.row.id)

    return await sync_to_async(work)()


async def test_a_form_of_two_pages_gives_one_item(alpha, owner):
    await publish(owner, ASKED)
    async with visiting(alpha) as visitor:
        first = await visitor.http.get("/form/contact")
        second = await visitor.send(first, {"name": "Ada", "age": "36", "topic": "Other"})
        last = await visitor.send(second, {"more": "Hello\r\nyou"})

    assert [first.status_code, second.status_code, last.status_code] == [200, 200, 200]
    assert "Thank you" in last.text
    (item,) = begun()
    sent_at = item.json.pop("submitted_at")
    assert item.json == {"name": "Ada", "age": 36, "topic": "Other", "more": "Hello\nyou"}
    assert str(sent_at).endswith("+00:00")


async def test_a_page_whose_condition_does_not_hold_is_left_out(alpha, owner):
    await publish(owner, ASKED)
    async with visiting(alpha) as visitor:
        first = await visitor.http.get("/form/contact")
        last = await visitor.send(first, {"name": "Ada", "topic": "Sales"})

    assert "Thank you" in last.text
    assert "more" not in begun()[0].json


async def test_going_back_keeps_what_was_answered_and_drops_what_is_no_longer_asked(alpha, owner):
    await publish(owner, ASKED)
    async with visiting(alpha) as visitor:
        first = await visitor.http.get("/form/contact")
        second = await visitor.send(first, {"name": "Ada", "topic": "Other"})
        back = await visitor.send(second, {"more": "never sent"}, "back")
        await visitor.send(back, {"name": "Ada", "topic": "Sales"})

    shown = {one.get("name"): one.get("value") for one in elements(back.text, "input")}
    assert shown["name"] == "Ada"
    assert "more" not in begun()[0].json


async def test_sending_twice_starts_one_run(alpha, owner):
    await publish(owner, ASKED[:1])
    async with visiting(alpha) as visitor:
        first = await visitor.http.get("/form/contact")
        answers = [await visitor.send(first, {"name": "Ada"}) for _ in range(2)]

    assert [("Thank you" in one.text, one.status_code) for one in answers] == [(True, 200)] * 2
    assert len(begun()) == 1


@pytest.mark.parametrize(
    ("given", "path", "words"),
    [
        ({}, "name", "required"),
        ({"name": "  "}, "name", "required"),
        ({"name": "x" * 10_001}, "name", "10000 characters"),
        ({"name": ["a", "b"]}, "name", "one answer"),
        ({"name": "Ada", "age": "old"}, "age", "Write a number"),
        ({"name": "Ada", "age": "17"}, "age", "at least 18"),
        ({"name": "Ada", "age": "1e999"}, "age", "Write a number"),
        ({"name": "Ada", "topic": "<b>"}, "topic", "from the list"),
    ],
)
async def test_a_wrong_answer_is_named_beside_its_field(alpha, owner, given, path, words):
    await publish(owner, ASKED)
    async with visiting(alpha) as visitor:
        page = await visitor.send(await visitor.http.get("/form/contact"), given)

    assert page.status_code == 422
    faults = [one["data-path"] for one in elements(page.text, "li") if "data-path" in one]
    assert faults == [f"/answers/{path}"]
    assert words in page.text
    marked = elements(page.text, "input") + elements(page.text, "select")
    assert [one["name"] for one in marked if one.get("aria-invalid")] == [path]
    assert begun() == []


async def test_an_upload_becomes_a_file_of_the_item(alpha, owner):
    await publish(owner, [{"kind": "file", "label": "CV", "accept": [".pdf"], "required": True}])
    async with visiting(alpha) as visitor:
        first = await visitor.http.get("/form/contact")
        files = {"cv": ("../../cv.pdf", b"%PDF", "application/pdf")}
        last = await visitor.send(first, {}, files=files)

    assert last.status_code == 200
    binary = begun()[0].binary
    assert binary is not None
    assert (binary["cv"].name, binary["cv"].size) == ("cv.pdf", 4)


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (("a.exe", b"MZ", "application/pdf"), "one of these types"),
        (("a.pdf", b"x" * 1001, "application/pdf"), "at most 0.001 MB"),
        (("", b"", "application/octet-stream"), "Choose a file"),
    ],
)
async def test_an_upload_that_the_field_does_not_take_is_refused(alpha, owner, file, words):
    row = {"kind": "file", "label": "CV", "accept": [".pdf"], "max_megabytes": 0.001}
    await publish(owner, [row | {"required": True}])
    async with visiting(alpha) as visitor:
        first = await visitor.http.get("/form/contact")
        page = await visitor.send(first, {}, files={"cv": file})

    assert (page.status_code, words in page.text) == (422, True)
    assert begun() == []


async def test_only_what_the_form_asks_is_taken(alpha, owner):
    """S-058: neither other fields nor files nor parts of a workflow."""
    await publish(owner, ASKED[:1])
    extra = {"name": "Ada", "is_admin": "1", "nodes": "[]", "submitted_at": "never", "cv": "/etc"}
    async with visiting(alpha) as visitor:
        await visitor.send(await visitor.http.get("/form/contact"), extra)

    (item,) = begun()
    assert item.json.keys() == {"name", "submitted_at"}
    assert item.json["submitted_at"] != "never"
    assert not item.binary


async def test_whoever_fills_in_the_hidden_field_starts_nothing(alpha, owner):
    await publish(owner, ASKED[:1])
    async with visiting(alpha) as visitor:
        first = await visitor.http.get("/form/contact")
        last = await visitor.send(first, {"name": "Ada", "_website": "http://spam"})

    assert "Thank you" in last.text
    assert begun() == []


@pytest.mark.parametrize("state", ["", "x", "e30:1abc:forged", None])
async def test_an_answer_without_our_signature_is_refused(alpha, owner, state):
    """Another site can make a browser send a form, but cannot have what this page carries."""
    await publish(owner, ASKED[:1])
    data = {"name": "Ada", "_action": "next"} | ({"_state": state} if state is not None else {})
    async with visiting(alpha) as visitor:
        page = await visitor.http.post("/form/contact", data=data)

    assert (page.status_code, begun()) == (403, [])


async def test_what_one_form_carries_is_of_no_use_in_another(alpha, owner):
    await publish(owner, ASKED[:1])
    await publish(owner, ASKED[:1], path="other")
    async with visiting(alpha) as visitor:
        first = await visitor.http.get("/form/contact")
        data = {"name": "Ada", "_state": state_of(first)}
        page = await visitor.http.post("/form/other", data=data)

    assert (page.status_code, begun()) == (403, [])


async def test_a_form_that_was_changed_meanwhile_is_begun_again(alpha, owner):
    workflow = await publish(owner, ASKED[:1])
    async with visiting(alpha) as visitor:
        first = await visitor.http.get("/form/contact")
        await sync_to_async(workflows.publish)(owner, workflow)
        page = await visitor.send(first, {"name": "Ada"})
        again = await visitor.send(await visitor.http.get("/form/contact"), {"name": "Ada"})

    assert page.status_code in {403, 404}
    assert ("Thank you" in again.text, len(begun())) == (True, 1)


async def test_nothing_that_an_author_writes_becomes_markup(alpha, owner):
    """S-037: the payload in every field that reaches the page."""
    row = {"label": NASTY, "help": NASTY, "placeholder": NASTY, "name": "one"}
    rows = [
        row,
        {**row, "kind": "select", "name": "two", "choices": [NASTY]},
        {**row, "kind": "multiselect", "name": "three", "choices": [NASTY]},
        {**row, "kind": "paragraph", "name": "four", "required": True},
        {**row, "kind": "file", "name": "five", "accept": [NASTY]},
    ]
    words = dict.fromkeys(("title", "text", "thanks_title", "thanks_text", "logo_text"), NASTY)
    await publish(owner, rows, **words, submit="<script>")
    async with visiting(alpha) as visitor:
        first = await visitor.http.get("/form/contact")
        refused = await visitor.send(first, {"one": NASTY})
        last = await visitor.send(first, {"one": "x", "four": NASTY})

    for page in (first, refused, last):
        assert all(one.keys() == {"nonce"} for one in elements(page.text, "script"))
        assert elements(page.text, "img") == []
        assert "1337" not in page.text
    assert begun()[0].json["four"] == NASTY


async def test_every_page_is_sandboxed_without_cookies(alpha, owner):
    """S-036: it may send forms and nothing else."""
    await publish(owner, ASKED[:1])
    async with visiting(alpha) as visitor:
        first = await visitor.http.get("/form/contact")
        last = await visitor.send(first, {"name": "Ada"})
        lost = await visitor.http.get("/form/nowhere")

    for page in (first, last, lost):
        policy = page.headers["content-security-policy"]
        assert policy.startswith("sandbox ")
        assert "allow-same-origin" not in policy
        assert "allow-scripts" not in policy
        assert "default-src 'none'" in policy
        assert "set-cookie" not in page.headers
        assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert lost.status_code == 404


async def test_a_form_may_send_people_on_to_its_own_target_only(alpha, owner):
    """S-042: the address is the author's, checked when it is published."""
    await publish(owner, ASKED[:1], redirect="https://example.com/thanks?a=1")
    async with visiting(alpha) as visitor:
        first = await visitor.http.get("/form/contact?redirect=https://evil.test")
        last = await visitor.send(first, {"name": "Ada", "redirect": "https://evil.test"})

    assert (last.status_code, last.headers["location"]) == (303, "https://example.com/thanks?a=1")
    assert "form-action 'self' https://example.com;" in first.headers["content-security-policy"]


async def test_a_form_behind_a_password_opens_with_it_only(alpha, owner):
    data = {"user": "ada", "password": "lovelace"}
    create = sync_to_async(credentials.create)
    credential = await create(owner, name="Form", kind="http_basic", data=data)
    await publish(owner, ASKED[:1], access="basic", credential=str(credential.id))
    async with visiting(alpha) as visitor:
        refused = await visitor.http.get("/form/contact")
        first = await visitor.http.get("/form/contact", auth=("ada", "lovelace"))
        without = await visitor.send(first, {"name": "Ada"})
        last = await visitor.send(first, {"name": "Ada"}, auth=("ada", "lovelace"))

    assert (refused.status_code, without.status_code) == (401, 401)
    assert refused.headers["www-authenticate"].startswith("Basic ")
    assert "frame-ancestors 'none'" in first.headers["content-security-policy"]
    assert ("Thank you" in last.text, len(begun())) == (True, 1)


async def test_one_client_cannot_flood_a_form(alpha, owner, monkeypatch):
    monkeypatch.setattr(pace, "BURST", 2)
    monkeypatch.setattr(pace, "PER_S", 0.001)
    await publish(owner, ASKED[:1])
    async with visiting(alpha) as visitor:
        answers = [await visitor.http.post("/form/contact") for _ in range(3)]
        page = await visitor.http.get("/form/contact")

    assert [one.status_code for one in answers] == [403, 403, 429]
    assert int(answers[2].headers["retry-after"]) > 0
    assert page.status_code == 200


async def test_the_draft_answers_under_the_test_address(alpha, owner):
    form = node("form", "triggers.form", {"path": "contact", "rows": ASKED[:1]})
    flow = document([form, node("end", "flow.no_op")], "form -> end")
    draft = await sync_to_async(workflows.create)(owner, document=flow)
    addresses, _ = await sync_to_async(listen)(owner, draft.row.id)
    async with visiting(alpha) as visitor:
        live = await visitor.http.get("/form/contact")
        last = await visitor.send(await visitor.http.get(addresses[0]), {"name": "Ada"})

    assert addresses == ["/form-test/contact"]
    assert live.status_code == 404
    assert ("Thank you" in last.text, len(begun())) == (True, 1)


@pytest.mark.parametrize("method", ["form", "FORM", "chat"])
async def test_a_form_is_not_a_webhook(alpha, owner, method):
    await publish(owner, ASKED[:1])
    async with visiting(alpha) as visitor:
        answer = await visitor.http.request(method, "/webhook/contact")

    assert (answer.status_code, begun()) == (404, [])
