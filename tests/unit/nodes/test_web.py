"""HTTP Request and Respond."""

from __future__ import annotations

import asyncio

import pytest

from headrace_sdk import FileRef, Item, Reply, UpstreamError, UserError
from headrace_sdk.items import Pair
from headrace_sdk.testing import (
    MemoryContext,
    MemoryFiles,
    answer,
    make_credential,
    run_node,
    run_node_async,
)
from nodes.credentials.http_bearer import HttpBearer
from nodes.web.http_request import HttpRequest
from nodes.web.respond import Respond

URL = "https://api.example.com/orders"


def ask(response, **params):
    return run_node(HttpRequest, {"url": URL, **params}, http=lambda _: response)


def sent(items=({},), files=None, **params):
    result = run_node(
        HttpRequest, {"url": URL, "method": "POST", **params}, items, http=lambda _: {}, files=files
    )
    return result.requests[0]


def test_address_query_headers_and_limits_go_out_as_they_stand():
    request = sent(
        query=[
            {"name": "q", "value": "a b"},
            {"name": "q", "value": "2"},
            {"name": "", "value": "x"},
        ],
        headers=[{"name": "X-A", "value": "1"}],
        timeout_s=5,
        follow_redirects=False,
    )

    assert (request.method, request.url) == ("POST", URL)
    assert request.query == (("q", "a b"), ("q", "2"))
    assert request.headers == {"X-A": "1"}
    assert (request.timeout_s, request.follow_redirects, request.body) == (5, False, None)


def test_the_credential_is_handed_on_unopened():
    credential = make_credential(HttpBearer, token="t")

    result = run_node(
        HttpRequest, {"url": URL}, credentials={"auth": credential}, http={URL: {"ok": True}}
    )

    assert result.requests[0].credential is credential
    assert "authorization" not in {name.lower() for name in result.requests[0].headers}


@pytest.mark.parametrize(
    ("value", "body"),
    [
        ({"a": "ä"}, '{"a":"ä"}'),
        ([1, None], "[1,null]"),
        ('{"a": 1}', '{"a":1}'),
        ("text", '"text"'),
        (None, "null"),
    ],
)
def test_a_json_body(value, body):
    request = sent(body="json", body_json=value)

    assert request.body == body.encode()
    assert request.headers["Content-Type"] == "application/json"


def test_a_form_body():
    request = sent(body="form", body_fields=[{"name": "a b", "value": "ü&"}])

    assert request.body == b"a+b=%C3%BC%26"
    assert request.headers["Content-Type"] == "application/x-www-form-urlencoded"


def test_a_text_body_with_a_type_of_its_own():
    request = sent(body="raw", body_text="<a/>", content_type="application/xml")

    assert (request.body, request.headers["Content-Type"]) == (b"<a/>", "application/xml")


def test_a_header_that_was_typed_wins_over_the_bodys_type():
    headers = [{"name": "content-type", "value": "text/csv"}]

    assert sent(body="raw", body_text="a;b", headers=headers).headers == {
        "content-type": "text/csv"
    }


def test_a_file_of_the_item_as_the_body():
    files = MemoryFiles()
    file = files.add(b"\x00\x01", name="a.bin", mime="image/png")

    request = sent([Item({}, {"data": file})], files, body="file")

    assert (request.body, request.headers["Content-Type"]) == (b"\x00\x01", "image/png")


def test_a_multipart_body_has_fields_and_files_and_escapes_their_names():
    files = MemoryFiles()
    file = files.add(b"hello", name='a"\r\n.txt', mime="text/plain")

    request = sent(
        [Item({}, {"data": file})],
        files,
        body="multipart",
        body_fields=[{"name": "note", "value": "ü"}],
        body_files=["data"],
    )

    boundary = request.headers["Content-Type"].removeprefix("multipart/form-data; boundary=")
    assert request.body is not None
    assert request.body.decode() == (
        f'--{boundary}\r\nContent-Disposition: form-data; name="note"\r\n\r\nü\r\n'
        f'--{boundary}\r\nContent-Disposition: form-data; name="data"; filename="a%22%0D%0A.txt"\r\n'
        f"Content-Type: text/plain\r\n\r\nhello\r\n--{boundary}--\r\n"
    )


@pytest.mark.parametrize(
    "params", [{"body": "file"}, {"body": "multipart", "body_files": ["data"]}]
)
def test_a_file_that_the_item_does_not_have_is_an_error(params):
    with pytest.raises(UserError) as caught:
        sent(**params)

    assert (caught.value.code, caught.value.item) == ("no_file", 0)


@pytest.mark.parametrize("value", [float("nan"), "{broken", {"a": "\ud800"}])
def test_a_body_that_is_no_json_is_an_error(value):
    with pytest.raises(UserError) as caught:
        sent(body="json", body_json=value)

    assert (caught.value.field, caught.value.item) == ("body_json", 0)


@pytest.mark.parametrize(
    ("response", "params", "expected"),
    [
        (answer({"a": 1}), {}, [{"a": 1}]),
        (answer([{"a": 1}, 2]), {}, [{"a": 1}, {"body": 2}]),
        (answer([{"a": 1}]), {"split": False}, [{"body": [{"a": 1}]}]),
        (answer([]), {}, []),
        (answer(5), {}, [{"body": 5}]),
        (answer(b"hi", headers={"content-type": "text/plain"}), {}, [{"body": "hi"}]),
        (answer(b"{}", headers={"content-type": "text/plain"}), {"read_as": "json"}, [{}]),
        (answer({"a": 1}), {"read_as": "text"}, [{"body": '{"a": 1}'}]),
        (answer(b"", status=204), {}, [{"body": ""}]),
        (answer(b"", headers={"content-type": "application/json"}), {}, [{"body": None}]),
        (
            answer(
                b'{"p": 1}', headers={"content-type": "application/problem+json; charset=utf-8"}
            ),
            {},
            [{"p": 1}],
        ),
        (answer("gone", status=404), {"fail_on_status": False}, [{"body": "gone"}]),
        (
            answer([1], status=201, headers={"x-a": "b"}),
            {"full_response": True},
            [
                {
                    "status": 201,
                    "headers": {"content-type": "application/json", "x-a": "b"},
                    "body": [1],
                }
            ],
        ),
    ],
)
def test_what_comes_out(response, params, expected):
    assert ask(response, **params).json() == expected


@pytest.mark.parametrize(
    ("headers", "url", "name"),
    [
        ({"content-disposition": 'attachment; filename="report 1.pdf"'}, URL, "report 1.pdf"),
        ({"content-disposition": "attachment; filename*=UTF-8''caf%C3%A9.pdf"}, URL, "café.pdf"),
        ({"content-disposition": 'attachment; filename="../../x"'}, URL, ".._.._x"),
        ({}, "https://x.org/files/a.pdf?b=1", "a.pdf"),
        ({}, "https://x.org/", "file"),
    ],
)
def test_other_types_become_a_file(headers, url, name):
    response = answer(b"%PDF", headers={"content-type": "application/pdf", **headers}, url=url)

    result = ask(response, file_field="report")

    (item,) = result.outputs["main"]
    file = item.binary["report"]
    assert (item.json, file.name, file.mime) == ({}, name, "application/pdf")
    assert result.context.files.by_id[file.id] == b"%PDF"


def test_each_item_makes_a_request_and_answers_keep_the_order_of_the_items():
    async def run():
        order = []

        class Slow:
            async def request(self, method, url, *, item, **rest):
                await asyncio.sleep(0.02 if item == 0 else 0)
                order.append(item)
                return answer([{"from": item}, {"from": item}])

        context = MemoryContext(http=Slow())
        result = await run_node_async(HttpRequest, {"url": URL}, [{}, {}, {}], context=context)
        return order, result

    order, result = asyncio.run(run())

    assert order[-1] == 0
    assert [item.json["from"] for item in result.outputs["main"]] == [0, 0, 1, 1, 2, 2]
    assert result.outputs["main"][3].paired == (Pair(0, 1),)


def test_no_more_requests_at_a_time_than_wanted():
    running = most = 0

    class Counting:
        async def request(self, method, url, **rest):
            nonlocal running, most
            running += 1
            most = max(most, running)
            await asyncio.sleep(0.001)
            running -= 1
            return answer({})

    run_node(
        HttpRequest, {"url": URL, "parallel": 2}, [{}] * 9, context=MemoryContext(http=Counting())
    )

    assert most == 2


@pytest.mark.parametrize(
    ("status", "headers", "retryable", "sent_", "retry_after_s"),
    [
        (400, {}, False, "yes", None),
        (404, {}, False, "yes", None),
        (408, {}, True, "yes", None),
        (429, {}, True, "no", None),
        (429, {"retry-after": "7"}, True, "no", 7),
        (500, {}, True, "yes", None),
        (501, {}, False, "yes", None),
        (503, {}, True, "yes", None),
        (503, {"retry-after": "Thu, 01 Jan 2026 12:01:00 GMT"}, True, "no", 60),
        (503, {"retry-after": "Thu, 01 Jan 2025 12:01:00 GMT"}, True, "no", 0),
        (503, {"retry-after": "999999999"}, True, "no", 86_400),
        (503, {"retry-after": "soon"}, True, "yes", None),
        (599, {}, False, "yes", None),
    ],
)
def test_a_failing_status_says_whether_to_try_again(
    status, headers, retryable, sent_, retry_after_s
):
    with pytest.raises(UpstreamError) as caught:
        ask(answer({"why": "because"}, status=status, headers=headers, url=f"{URL}?token=s3cret"))

    error = caught.value
    assert (error.status, error.code, error.item) == (status, "http_status", 0)
    assert (error.is_retryable, error.sent, error.retry_after_s) == (
        retryable,
        sent_,
        retry_after_s,
    )
    assert "because" in error.message
    assert "s3cret" not in error.message


def test_the_body_of_an_error_is_trimmed():
    with pytest.raises(UpstreamError) as caught:
        ask(answer("x" * 100_000, status=500))

    assert len(caught.value.message) < 700
    assert len(str(caught.value.facts["body"])) == 2_000


def test_of_several_failures_the_first_items_is_told():
    with pytest.raises(UpstreamError) as caught:
        run_node(HttpRequest, {"url": URL}, [{}] * 3, http=lambda _: answer({}, status=500))

    assert caught.value.item == 0


def test_an_error_of_the_platform_comes_through_as_it_is():
    class LeaseLost(Exception):
        pass

    def answers(request):
        return LeaseLost() if request.item == 0 else answer({}, status=500)

    with pytest.raises(LeaseLost):
        run_node(HttpRequest, {"url": URL}, [{}] * 3, http=answers)


@pytest.mark.parametrize("body", [b"<html>", b'{"a": NaN}', b'"\\u0000"'])
def test_an_answer_that_is_no_json_is_an_error(body):
    with pytest.raises(UpstreamError) as caught:
        ask(answer(body, headers={"content-type": "application/json"}))

    assert (caught.value.code, caught.value.is_retryable) == ("invalid_response", False)


@pytest.mark.parametrize(
    ("method", "effect"),
    [
        ("GET", "read"),
        ("HEAD", "read"),
        ("OPTIONS", "read"),
        ("POST", "write"),
        ("DELETE", "write"),
    ],
)
def test_the_effect_follows_the_method(method, effect):
    params = HttpRequest.Params.model_validate({"url": URL, "method": method})

    assert HttpRequest.effect_of(params) == effect


FILE = FileRef("f", "a.pdf", "application/pdf", 1, "0")
ITEMS = [Item({"n": 1}, {"data": FILE}), Item({"n": 2})]


@pytest.mark.parametrize(
    ("params", "reply"),
    [
        ({}, Reply(200, {}, {"n": 1})),
        ({"body": "all_items", "status": 201}, Reply(201, {}, [{"n": 1}, {"n": 2}])),
        (
            {"body": "json", "body_json": "a"},
            Reply(200, {"Content-Type": "application/json"}, b'"a"'),
        ),
        (
            {"body": "json", "body_json": None},
            Reply(200, {"Content-Type": "application/json"}, b"null"),
        ),
        (
            {"body": "text", "body_text": "ü"},
            Reply(200, {"Content-Type": "text/plain; charset=utf-8"}, "ü".encode()),
        ),
        ({"body": "file"}, Reply(200, {}, FILE)),
        (
            {"body": "file", "content_type": "image/png"},
            Reply(200, {"Content-Type": "image/png"}, FILE),
        ),
        (
            {"body": "empty", "status": 302, "headers": [{"name": "Location", "value": "/x"}]},
            Reply(302, {"Location": "/x"}, b""),
        ),
    ],
)
def test_respond_answers_and_passes_the_items_on(params, reply):
    result = run_node(Respond, params, ITEMS)

    assert result.reply == reply
    assert result.json() == [{"n": 1}, {"n": 2}]


def test_respond_answers_an_empty_object_without_items():
    assert run_node(Respond, {}, []).reply == Reply(200, {}, {})


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"body": "file", "body_file": "other"}, "no_file"),
        ({"body": "json", "body_json": {"a": float("inf")}}, "json_invalid_number"),
        ({"headers": [{"name": "A\nB", "value": ""}]}, "invalid_header"),
        ({"status": 99}, "invalid_parameter"),
    ],
)
def test_respond_says_what_is_wrong(params, code):
    with pytest.raises(UserError) as caught:
        run_node(Respond, params, ITEMS)

    assert caught.value.code == code
