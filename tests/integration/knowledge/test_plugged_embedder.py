"""Vectors by an embedder that a package brings: through the gateway, held to trust and hosts."""

from __future__ import annotations

import json
from dataclasses import replace
from http.server import BaseHTTPRequestHandler

import pytest

from headrace.catalog.queries import catalog
from headrace.credentials import actions as credentials
from headrace.knowledge.models import Chunk, Document
from headrace.llm.models import Call
from headrace_sdk import Needs
from tests.support.stub import at_work

KIND = "lantern_vectors"


class Lantern(BaseHTTPRequestHandler):
    """Answers each text with a vector that says nothing."""

    asked: list[tuple[str, str | None, list[str]]]

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.asked.append((self.path, self.headers.get("authorization"), body["texts"]))
        self.send_response(200)
        self.end_headers()
        for _ in body["texts"]:
            self.wfile.write(json.dumps([1.0, *[0.0] * 383]).encode() + b"\n")

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def lantern(settings):
    handler = type("Handler", (Lantern,), {"asked": []})
    with at_work(handler) as port:
        settings.HEADRACE_EGRESS_ALLOW = (f"127.0.0.1:{port}",)
        yield f"http://127.0.0.1:{port}", handler.asked


@pytest.fixture
def trusted(monkeypatch):
    """The package, as an operator trusts it."""

    def make(trust):
        known = catalog()
        kind, plugin = known._embedders[KIND]
        needs = Needs(hosts=("*",), credentials=("lantern",))
        monkeypatch.setitem(
            known._embedders, KIND, (kind, replace(plugin, trust=trust, needs=needs))
        )

    return make


@pytest.fixture
def provided(lantern, owner, collection, committed, in_alpha):
    data = {"server": lantern[0], "token": "canary"}
    account = credentials.create(owner, name="lantern", kind="lantern", data=data).id
    return collection("Lit", embedder=KIND, model="wick-e", dim=384, credential=str(account))


def test_texts_are_given_vectors_that_are_in_the_ledger(provided, give, index, lantern, trusted):
    trusted("verified")
    give(provided, "a.txt", "It is red.")
    index()

    assert Chunk.objects.get().v384[:2] == [1.0, 0.0]
    assert lantern[1][0] == ("/v1/vectors", "Bearer canary", ["It is red."])
    rows = Call.objects.values_list("state", "provider", "provider_model")
    assert set(rows) == {("done", KIND, "wick-e")}


def test_one_of_a_package_that_nobody_verified_is_not_asked(
    provided, give, index, lantern, trusted
):
    trusted("community")
    give(provided, "a.txt", "It is red.")
    index()

    assert Document.objects.get().error_code == "llm_provider_unusable"
    assert lantern[1] == []


def test_it_is_offered_and_another_name_is_refused(api, in_alpha, trusted):
    trusted("verified")
    shown = api("member").get("llm/embedders/").json()["results"]
    body = {"name": "x", "embedder": "ghost", "model": "m", "dim": 384}

    refused = api().post("collections/", body)

    assert [one["id"] for one in shown] == ["openai", "openai_compatible", KIND]
    assert (refused.status_code, refused.json()["code"]) == (400, "unknown_embedder")
    assert refused.json()["errors"][0]["path"] == "/embedder"
