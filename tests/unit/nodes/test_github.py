"""GitHub, against a server that speaks its shapes, through the real client."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from headrace.egress.policy import EgressPolicy
from headrace_sdk import Item, SecretError, UpstreamError, UserError
from headrace_sdk.testing import MemoryContext, MemoryFiles, make_credential, run_node_async
from nodes.credentials.http_bearer import HttpBearer
from nodes.web.github import GitHub
from tests.support.canary import Ways
from tests.support.github import github

TOKEN = "canary-ghp-19"


@pytest.fixture
def hub():
    with github(TOKEN) as hub:
        yield hub


async def act(hub, operation, items=({},), *, files=None, token=TOKEN, **params):
    policy = EgressPolicy(frozenset({f"127.0.0.1:{hub.port}"}))
    ways = Ways(policy, HttpBearer.apply)
    account = make_credential(HttpBearer, token=token)
    context = MemoryContext(
        http=ways, files=files or MemoryFiles(), credentials={"account": account}
    )
    given = {"operation": operation, "repository": "acme/shop", "api_url": hub.url, **params}
    try:
        return await run_node_async(GitHub, given, items, context=context)
    finally:
        await ways.close()


async def test_issues_are_created_changed_and_commented_on(hub):
    created = await act(hub, "create_issue", title="Broken", body="It is.", labels=["bug"])
    changed = await act(hub, "update_issue", number=1, new_state="closed")
    kept = await act(hub, "update_issue", number=1, title="Was broken")
    comment = await act(hub, "comment", number=1, body="Mended.")

    assert created.json() == [
        {"number": 1, "state": "open", "title": "Broken", "body": "It is.", "labels": ["bug"]}
    ]
    assert (changed.json()[0]["state"], changed.json()[0]["title"]) == ("closed", "Broken")
    assert (kept.json()[0]["state"], kept.json()[0]["title"]) == ("closed", "Was broken")
    assert comment.json() == [{"body": "Mended."}]


async def test_a_list_follows_its_pages_and_leaves_out_pull_requests(hub):
    hub.issues = [{"number": number, "state": "open"} for number in range(5)]
    hub.issues[3]["pull_request"] = {}

    everything = await act(hub, "list_issues")
    some = await act(hub, "list_issues", limit=3)

    assert [one["number"] for one in everything.json()] == [0, 1, 2, 4]
    assert [one["number"] for one in some.json()] == [0, 1, 2]


async def test_a_file_is_committed_once_replaced_and_fetched(hub):
    files = MemoryFiles()
    first, second = (files.add(text, name="x", mime="text/plain") for text in (b"one", b"two"))

    told = [
        (
            await act(hub, "put_file", [Item({}, {"data": file})], files=files, path="docs/a b.md")
        ).json()[0]["committed"]
        for file in (first, first, second)
    ]
    fetched = await act(hub, "get_file", files=files, path="docs/a b.md")

    assert told == [True, False, True]
    assert fetched.outputs["main"][0].binary["data"].sha256 == second.sha256


async def test_checks_of_the_newest_commit_are_listed(hub):
    assert (await act(hub, "list_checks")).json() == [{"name": "build", "conclusion": "success"}]


async def test_checks_of_a_branch_follow_their_pages_up_to_the_limit(hub):
    found = (await act(hub, "list_checks", ref="release/1", limit=2)).json()

    assert [one["name"] for one in found] == ["job 1", "job 2"]
    assert unquote(found[0]["of"]) == "/repos/acme/shop/commits/release/1/check-runs"


async def test_pull_requests_are_opened_and_listed_by_state(hub):
    created = await act(hub, "create_pull", title="Mend", body="It.", branch="mend", base="main")
    hub.pulls.append({"number": 2, "state": "closed", "head": "old"})

    assert created.json()[0]["number"] == 1
    assert (hub.pulls[0]["head"], hub.pulls[0]["base"]) == ("mend", "main")
    listed = await act(hub, "list_pulls", state="open")
    assert [one["number"] for one in listed.json()] == [1]


async def test_a_pull_request_that_there_is_already_is_said_in_githubs_words(hub):
    pull = {"title": "Mend", "branch": "mend"}
    await act(hub, "create_pull", **pull)

    with pytest.raises(UpstreamError, match="already exists"):
        await act(hub, "create_pull", **pull)

    assert len(hub.pulls) == 1


async def test_a_used_up_limit_says_when_it_begins_anew(hub):
    reset = 1_800_000_000
    hub.instead = (403, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(reset)})

    with pytest.raises(UpstreamError) as caught:
        await act(hub, "create_issue", title="x")

    error = caught.value
    assert (error.code, error.is_retryable, error.sent) == ("rate_limited", True, "no")
    assert error.retry_after_s == reset - MemoryContext().now.timestamp()


async def test_a_refused_token_is_said_and_not_shown(hub):
    with pytest.raises(SecretError) as caught:
        await act(hub, "list_issues", token="canary-wrong")

    assert caught.value.code == "credential_refused"
    assert "canary" not in caught.value.message


@pytest.mark.parametrize(
    ("operation", "params", "code"),
    [
        ("list_issues", {"repository": "acme/.."}, "invalid_repository"),
        ("list_issues", {"repository": "acme/shop/../../user"}, "invalid_repository"),
        ("get_file", {"path": "../../issues"}, "invalid_path"),
        ("get_file", {"path": "missing.md"}, "no_file"),
        ("put_file", {"path": "x"}, "no_file"),
        ("create_issue", {}, "invalid_parameter"),
    ],
)
async def test_what_names_nothing_in_a_repository_is_refused(hub, operation, params, code):
    with pytest.raises(UserError) as caught:
        await act(hub, operation, **params)

    assert caught.value.code == code
