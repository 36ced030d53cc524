"""The catalogue over HTTP."""

from __future__ import annotations

import asyncio

import pytest

from headrace.catalog import options, queries
from headrace.catalog.types import Catalog, Package, Plugin
from headrace_sdk import Choice, Inputs, Node, Params, UpstreamError, UserError, fields


def test_the_palette_is_sent_once_and_then_confirmed_by_its_tag(api):
    client = api("viewer")

    first = client.get("nodes/")
    again = client.django.get(client.address("nodes/"), HTTP_IF_NONE_MATCH=first.headers["ETag"])

    assert first.json() == queries.catalog_json()
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert (again.status_code, again.content) == (304, b"")


def test_one_node_is_found_by_its_type(api):
    assert api("viewer").get("nodes/flow.if/").json() == queries.spec("flow.if")


@pytest.mark.parametrize("kind", ["acme.unknown", "..%2F..%2Fx", "os", "flow.%C4%B1f", "a%00b"])
def test_an_unknown_type_is_404_with_its_name(api, kind):
    """S-024."""
    answer = api("viewer").get(f"nodes/{kind}/")

    assert answer.status_code == 404


def test_an_unknown_type_says_so(api):
    body = api("viewer").get("nodes/acme.unknown/").json()

    assert (body["code"], body["facts"]) == ("unknown_node_type", {"type": "acme.unknown"})


def test_credential_types_come_with_their_form_and_mark_what_is_secret(api):
    found = {kind["id"]: kind for kind in api("viewer").get("credential-types/").json()}

    password = found["http_basic"]["fields"]["properties"]["password"]
    assert {"http_basic", "http_header", "http_hmac", "http_bearer"} <= found.keys()
    assert password["x-ui"]["secret"] is True


class Form(Params):
    account: str = fields.text("Account", "")
    channel: str = fields.select("Channel", "", labels={}, options_from="channels")
    remote: str = fields.select("Remote", "", labels={}, options_from="over_http")


class Chat(Node[Form]):
    """Posts into a channel that is chosen from a list."""

    type = "chat.post"
    title = "Post"
    category = "Chat"
    Params = Form

    @classmethod
    async def channels(cls, lookup):
        account = lookup.params.get("account")
        if not account:
            raise UserError("Choose an account first.", field="account")
        return [Choice(f"{account}-{n}", f"Channel {n}") for n in range(2_000)]

    @classmethod
    async def over_http(cls, lookup):
        await lookup.http.request("GET", "http://127.0.0.1:9/")

    async def run(self, ctx, params, inputs: Inputs):
        return {}


@pytest.fixture
def chat(monkeypatch):
    plugin = Plugin(Package("chat", "chat", "1"), (Chat,), ())
    known = Catalog((plugin,), (), {"chat.post": {}})
    monkeypatch.setattr(options, "catalog", lambda: known)
    return known


def test_a_node_lists_the_options_of_its_parameter(api, chat):
    answer = api("member").post("nodes/chat.post/options/channel/", {"params": {"account": "a"}})

    found = answer.json()["options"]
    assert found[0] == {"value": "a-0", "label": "Channel 0"}
    assert len(found) == 1_000


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("chat.post/options/channel/", 400, "invalid_parameter"),
        ("chat.post/options/remote/", 400, "address_not_allowed"),
        ("chat.post/options/account/", 404, "no_options"),
        ("chat.post/options/run/", 404, "no_options"),
        ("chat.gone/options/channel/", 404, "unknown_node_type"),
    ],
)
def test_options_that_cannot_be_listed_say_why(api, chat, path, status, code):
    answer = api("member").post(f"nodes/{path}", {})

    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize(
    "body", [{"params": []}, {"credentials": {"a": []}}, {"extra": 1}, [], "x"]
)
def test_a_malformed_question_is_refused(api, chat, body):
    assert api("member").post("nodes/chat.post/options/channel/", body).status_code == 400


def test_options_are_not_for_viewers(api, chat):
    assert api("viewer").post("nodes/chat.post/options/channel/", {}).status_code == 403


async def for_ever(_lookup):
    await asyncio.sleep(60)


async def unreachable(_lookup):
    raise UpstreamError("No answer from chat.example.", status=503)


@pytest.mark.parametrize("channels", [for_ever, unreachable])
def test_a_remote_side_that_fails_is_no_error_of_ours(api, chat, monkeypatch, channels):
    monkeypatch.setattr(Chat, "channels", channels)
    monkeypatch.setattr(options, "TIME_LIMIT_S", 0.05)

    answer = api("member").post("nodes/chat.post/options/channel/", {})

    assert (answer.status_code, answer.json()["code"]) == (502, "options_failed")


def test_the_vault_asks_what_a_node_accepts():
    types = queries.InstalledCredentialTypes()

    accepted = set(types.accepted_by("web.http_request"))
    assert {"http_basic", "http_bearer", "http_header"} <= accepted
    assert set(types.accepted_by("acme.unknown")) == set()
    assert types.find("http_basic") is not None
    assert types.find("nope") is None
