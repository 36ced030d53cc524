"""HTTP Request over several pages, its rate and its limits."""

from __future__ import annotations

import asyncio

import pytest

from headrace_sdk import UpstreamError, UserError
from headrace_sdk.pacing import Pace
from headrace_sdk.testing import MemoryContext, MemoryHttp, answer, run_node
from nodes.web.http_request import HttpRequest

URL = "https://api.example.com/users"


def fetch(respond, **params):
    return run_node(HttpRequest, {"url": URL, **params}, http=respond)


def ids(result):
    return [item["id"] for item in result.json()]


@pytest.mark.parametrize(
    "link",
    [
        '<https://api.example.com/users?p=2>; rel="next"',
        '<https://api.example.com/x>; rel="last", </users?p=2>; title="a,b"; rel=next',
        '</users?p=2>; rel="last next"',
    ],
)
def test_the_link_header_leads_to_the_next_page(link):
    def respond(request):
        if request.url == URL:
            return answer([{"id": 1}], headers={"link": link}, url=URL)
        return answer([{"id": 2}], url=request.url)

    result = fetch(respond, paging="link", query=[{"name": "size", "value": "1"}])

    assert ids(result) == [1, 2]
    assert (result.requests[1].url, result.requests[1].query) == (f"{URL}?p=2", ())


def test_a_link_of_another_kind_is_no_next_page():
    link = f'<{URL}?p=9>; rel="prev nextish"'

    assert len(fetch(lambda _: answer([], headers={"link": link}), paging="link").requests) == 1


def test_an_address_in_the_answer_leads_to_the_next_page():
    pages = {
        URL: {"data": [{"id": 1}], "paging": {"next": "/users?page=b"}},
        f"{URL}?page=b": {"data": [{"id": 2}], "paging": {"next": None}},
    }

    result = fetch(
        lambda request: answer(pages[request.url], url=request.url),
        paging="next_url",
        next_path="paging.next",
        list_path="data",
    )

    assert ids(result) == [1, 2]


@pytest.mark.parametrize(
    "to", ["https://evil.example.com/users", "//evil.example.com/", "http:///"]
)
def test_pages_at_another_host_are_not_followed(to):
    with pytest.raises(UpstreamError) as caught:
        fetch(lambda _: answer({"next": to}, url=URL), paging="next_url")

    assert (caught.value.code, caught.value.item) == ("paging_left_host", 0)


def test_a_redirect_elsewhere_does_not_take_later_pages_along():
    elsewhere = "https://evil.example.com/users"

    with pytest.raises(UpstreamError) as caught:
        fetch(lambda _: answer({"next": "/users?page=2"}, url=elsewhere), paging="next_url")

    assert caught.value.code == "paging_left_host"


def test_a_cursor_goes_into_the_query():
    def respond(request):
        after = dict(request.query).get("after")
        following = {None: "b", "b": "c", "c": ""}[after]
        return {"users": [{"id": after}], "cursor": following}

    result = fetch(
        respond, paging="cursor", next_path="cursor", page_name="after", list_path="users"
    )

    assert ids(result) == [None, "b", "c"]


def test_a_cursor_goes_into_the_body():
    def respond(request):
        assert request.json()["query"] == "x"
        return {"id": request.json()["page"].get("after"), "next": {0: 1, 1: None}[len(sent)]}

    sent: list[object] = []

    def noting(request):
        found = respond(request)
        sent.append(request)
        return found

    result = fetch(
        noting,
        method="POST",
        body="json",
        body_json={"query": "x", "page": {"size": 1}},
        paging="cursor",
        page_name="page.after",
        page_in="body",
    )

    assert ids(result) == [None, 1]


@pytest.mark.parametrize(
    ("paging", "start", "asked"),
    [("page", 1, ["1", "2", "3"]), ("page", 0, ["0", "1", "2"]), ("offset", 0, ["0", "2", "3"])],
)
def test_numbers_count_until_an_empty_page(paging, start, asked):
    pages = [[{"id": 1}, {"id": 2}], [{"id": 3}], []]
    seen = []

    def respond(request):
        seen.append(dict(request.query)["p"])
        return {"rows": pages[len(seen) - 1]}

    result = fetch(respond, paging=paging, page_name="p", page_start=start, list_path="rows")

    assert (ids(result), seen) == ([1, 2, 3], asked)


def test_numbers_in_the_body_count_too():
    seen = []

    def respond(request):
        seen.append(request.json()["page"])
        return [{"id": 1}] if len(seen) < 3 else []

    fetch(respond, method="POST", body="json", body_json={}, paging="page", page_in="body")

    assert seen == [1, 2, 3]


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"paging": "page"}, "no_list"),
        ({"paging": "page", "page_in": "body"}, "no_json_body"),
        ({"paging": "next_url", "next_path": "rows"}, "no_address"),
    ],
)
def test_a_form_that_does_not_fit_the_answer_says_so(params, code):
    with pytest.raises(UserError) as caught:
        fetch(lambda _: {"rows": {"a": 1}} if "next_path" not in params else {"rows": 7}, **params)

    assert (caught.value.code, caught.value.item) == (code, 0)


def test_an_expression_gives_an_address_or_query_parameters_or_the_end():
    given = iter([f"{URL}?b=1", {"token": 7}, None])
    seen = []

    def evaluate(template, json):
        seen.append((template, json["status"], json["body"], json["page"]))
        return next(given)

    context = MemoryContext(http=MemoryHttp(lambda _: {"id": 1}), evaluations=evaluate)

    result = run_node(
        HttpRequest,
        {"url": URL, "paging": "expression", "next_expression": "{{ x }}"},
        context=context,
    )

    assert seen == [("{{ x }}", 200, {"id": 1}, page) for page in (1, 2, 3)]
    assert [(one.url, one.query) for one in result.requests] == [
        (URL, ()),
        (f"{URL}?b=1", ()),
        (f"{URL}?b=1", (("token", "7"),)),
    ]


def test_a_page_that_names_itself_is_an_error():
    with pytest.raises(UpstreamError) as caught:
        fetch(lambda _: {"next": "same"}, paging="cursor", page_name="after")

    assert caught.value.code == "paging_loop"


def test_no_more_pages_than_allowed():
    assert len(fetch(lambda _: [{"id": 1}], paging="page", max_pages=4).requests) == 4


def test_all_pages_together_have_a_limit():
    with pytest.raises(UpstreamError) as caught:
        fetch(lambda _: ["x" * 400], paging="page", max_mib=0.001)

    assert caught.value.code == "answer_too_large"


@pytest.mark.parametrize(("statuses", "retryable"), [([], False), (["404"], True), (["5"], False)])
def test_the_form_says_which_statuses_are_worth_another_try(statuses, retryable):
    with pytest.raises(UpstreamError) as caught:
        fetch(lambda _: answer({}, status=404), retry_statuses=statuses)

    assert caught.value.is_retryable is retryable


def test_a_missing_list_gives_no_items():
    assert fetch(lambda _: {"rows": None}, list_path="rows").json() == []


class Clock(asyncio.SelectorEventLoop):
    """A loop whose time passes only by sleeping."""

    passed_s = 0.0

    def time(self):
        return self.passed_s

    def call_at(self, when, callback, *args, context=None):
        self.passed_s = max(self.passed_s, when)
        return self.call_soon(callback, *args, context=context)


def test_a_rate_spreads_requests_evenly():
    async def places():
        pace, loop = Pace(2, 1.0), asyncio.get_running_loop()
        times = []
        for _ in range(4):
            await pace.wait()
            times.append(loop.time())
        return times

    with asyncio.Runner(loop_factory=Clock) as runner:
        assert runner.run(places()) == [0.0, 0.5, 1.0, 1.5]
