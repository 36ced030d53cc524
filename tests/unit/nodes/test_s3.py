"""S3 Storage, against a server of its protocol, through the real client."""

from __future__ import annotations

from datetime import UTC
from urllib.parse import urlsplit

import httpx
import pytest
from botocore.auth import S3SigV4Auth, S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from headrace.egress.client import EgressClient
from headrace.egress.policy import EgressPolicy
from headrace_sdk import HttpResponse, Item, SecretError, UpstreamError, UserError
from headrace_sdk.testing import MemoryContext, MemoryFiles, make_credential, run_node_async
from nodes.credentials.aws import Aws
from nodes.files.s3 import S3
from tests.support.object_store import object_store

ODD_KEY = "in voices/März & co+1/a~b?c=d%20e/(f).txt"


class Through:
    """`ctx.http` over the real client, which reaches only what the operator has opened."""

    def __init__(self, *opened: str) -> None:
        self.opened = frozenset(opened)

    async def request(self, method, url, *, item=0, **given) -> HttpResponse:
        client = EgressClient(EgressPolicy(self.opened), Aws.apply)
        try:
            return await client.request(method, url, **given)
        finally:
            await client.close()


@pytest.fixture(scope="module")
def store():
    with object_store("shop") as url:
        yield url


@pytest.fixture
def context(store):
    keys = make_credential(Aws, access_key="AKIA1", secret_key="canary-7f10", endpoint=store)
    http = Through(urlsplit(store).netloc)
    return MemoryContext(http=http, files=MemoryFiles(), credentials={"keys": keys})


async def act(context, operation, items=({},), **params):
    given = {"operation": operation, "bucket": "shop", **params}
    return await run_node_async(S3, given, items, context=context)


async def put(context, key, content=b"hello", **params):
    file = context.files.add(content, name="x.txt", mime="text/plain")
    context.outcomes.done_before.clear()
    return await act(context, "put", [Item({}, {"data": file})], key=key, **params)


@pytest.mark.parametrize("key", ["a.txt", ODD_KEY, "/lead//double/", "日本語"])
async def test_a_file_comes_back_as_it_was_stored_whatever_its_key(context, key):
    stored = (await put(context, key, b"\x00hello")).json()[0]
    context.outcomes.done_before.clear()
    fetched = await act(context, "get", key=key)

    assert fetched.json() == [{**stored, "type": "text/plain"}]
    assert await context.files.read(fetched.outputs["main"][0].binary["data"]) == b"\x00hello"


async def test_a_list_goes_over_its_pages_and_ends_where_it_should(context, monkeypatch):
    monkeypatch.setattr("nodes.files.s3_bucket.PAGE", 2)
    for number in range(5):
        await put(context, f"list &/{number}")

    context.outcomes.done_before.clear()
    everything = (await act(context, "list", prefix="list &/")).json()
    context.outcomes.done_before.clear()
    some = (await act(context, "list", prefix="list &/", limit=3)).json()

    assert [one["key"] for one in everything] == [f"list &/{number}" for number in range(5)]
    assert {one["size"] for one in everything} == {5}
    assert some == everything[:3]


LARGE = bytes(range(256)) * 70_000


@pytest.fixture
def heard(context, monkeypatch):
    """Methods and queries of what is sent; `broken` numbers the requests that fail."""
    heard, broken, send = [], set(), context.http.request

    async def listening(method, url, **given):
        heard.append(f"{method} {urlsplit(url).query.partition('&')[0].partition('=')[0]}")
        if len(heard) in broken:
            raise UpstreamError("The connection broke.", sent="maybe")
        return await send(method, url, **given)

    monkeypatch.setattr(context.http, "request", listening)
    return heard, broken


async def test_a_large_file_is_stored_in_parts_and_comes_back_whole(context, heard):
    stored = await put(context, "large.bin", LARGE)

    assert heard[0] == ["POST uploads", *["PUT partNumber"] * 3, "POST uploadId"]
    assert stored.json()[0]["etag"].endswith("-3")
    context.outcomes.done_before.clear()
    fetched = await act(context, "get", key="large.bin", max_mib=32)
    assert await context.files.read(fetched.outputs["main"][0].binary["data"]) == LARGE


async def test_a_part_whose_connection_breaks_is_sent_again_alone(context, heard):
    requests, broken = heard
    broken.add(3)

    await put(context, "again.bin", LARGE)

    assert requests.count("PUT partNumber") == 4


async def test_parts_that_cannot_be_ended_are_taken_away(context, heard):
    requests, broken = heard
    broken |= {3, 4, 5}

    with pytest.raises(UpstreamError, match="broke"):
        await put(context, "never.bin", LARGE)

    assert requests[-1] == "DELETE uploadId"
    context.outcomes.errors.clear()
    assert (await act(context, "list", prefix="never")).json() == []


async def test_what_is_deleted_is_gone_and_deleting_again_is_no_error(context):
    await put(context, "gone")
    for _ in range(2):
        context.outcomes.done_before.clear()
        assert (await act(context, "delete", key="gone")).json()[0]["deleted"]
    context.outcomes.done_before.clear()

    with pytest.raises(UpstreamError) as caught:
        await act(context, "get", key="gone")

    assert (caught.value.code, caught.value.is_retryable, caught.value.item) == (
        "s3_no_such_key",
        False,
        0,
    )


async def test_an_address_works_without_the_keys(context):
    await put(context, ODD_KEY, b"shared")
    context.outcomes.done_before.clear()
    url = (await act(context, "address", key=ODD_KEY, lives_s=60)).json()[0]["url"]

    assert httpx.get(url).content == b"shared"


async def test_a_store_inside_is_out_of_reach_unless_it_was_opened(context):
    context.http = Through()

    with pytest.raises(UserError) as caught:
        await act(context, "list")

    assert caught.value.code == "address_not_allowed"


@pytest.mark.parametrize("bucket", ["evil.example/", "a", "A_B", "x@127.0.0.1", "a/../b"])
async def test_a_bucket_cannot_change_the_host(context, bucket):
    with pytest.raises(UserError) as caught:
        await act(context, "list", bucket=bucket)

    assert caught.value.code == "invalid_bucket"


class Told:
    """`ctx.http` with one answer after the other."""

    def __init__(self, *answers) -> None:
        self.answers = list(answers)
        self.headers = []

    async def request(self, method, url, **given):
        self.headers.append(given["headers"])
        return self.answers.pop(0)


def error(code, status=403, **headers):
    return HttpResponse(status, headers, f"<Error><Code>{code}</Code></Error>".encode(), "")


async def test_a_clock_that_differs_is_taken_from_the_server(context):
    context.http = Told(
        error("RequestTimeTooSkewed", date="Sat, 21 Nov 2026 15:00:00 GMT"),
        HttpResponse(200, {}, b"<ListBucketResult/>", ""),
    )

    assert (await act(context, "list")).json() == []
    assert context.http.headers[1]["x-amz-date"] == "20261121T150000Z"


async def test_refused_keys_are_said_and_not_shown(context):
    context.http = Told(error("SignatureDoesNotMatch"))

    with pytest.raises(SecretError, match="SignatureDoesNotMatch") as caught:
        await act(context, "list")

    assert "canary" not in caught.value.message


async def test_a_busy_server_is_worth_a_retry(context):
    context.http = Told(error("SlowDown", 503))

    with pytest.raises(UpstreamError) as caught:
        await act(context, "delete", key="x")

    assert (caught.value.code, caught.value.sent, caught.value.is_retryable) == (
        "s3_slow_down",
        "no",
        True,
    )


async def test_a_listing_opens_no_entity(context, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("canary")
    page = f'<!DOCTYPE a [<!ENTITY e SYSTEM "file://{secret}">]><a><Contents><Key>&e;</Key></Contents></a>'
    context.http = Told(HttpResponse(200, {}, page.encode(), ""))

    assert "canary" not in str((await act(context, "list")).json())


@pytest.mark.parametrize("key", ["a.txt", ODD_KEY])
async def test_requests_are_signed_as_amazons_own_library_signs_them(context, key):
    sent = []

    class Keeps:
        async def request(self, method, url, **given):
            sent.append((method, url, given))
            return HttpResponse(204, {}, b"", url)

    context.http = Keeps()
    await act(context, "delete", key=key)
    method, url, given = sent[0]

    request = AWSRequest(
        method=method,
        url=url,
        data=b"",
        headers={"X-Amz-Content-SHA256": given["headers"]["x-amz-content-sha256"]},
    )
    signer = S3SigV4Auth(Credentials("AKIA1", "canary-7f10"), "s3", "us-east-1")
    request.context["timestamp"] = given["headers"]["x-amz-date"]
    request.headers["X-Amz-Date"] = given["headers"]["x-amz-date"]
    canonical = signer.canonical_request(request)
    signature = signer.signature(signer.string_to_sign(request, canonical), request)

    assert given["headers"]["authorization"].endswith(f"Signature={signature}")


async def test_an_address_is_signed_as_amazons_own_library_signs_it(context, store):
    url = (await act(context, "address", key="a b", lives_s=60)).json()[0]["url"]
    base, _, signature = url.partition("&X-Amz-Signature=")

    signer = S3SigV4QueryAuth(Credentials("AKIA1", "canary-7f10"), "s3", "us-east-1", expires=60)
    request = AWSRequest(method="GET", url=base)
    request.context["timestamp"] = context.now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    canonical = signer.canonical_request(request)

    assert signature == signer.signature(signer.string_to_sign(request, canonical), request)
    assert base.startswith(f"{store}/shop/a%20b?")
