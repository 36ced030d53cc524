"""Where the next page of an answer is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urljoin, urlsplit

from headrace_sdk import (
    Context,
    HttpResponse,
    JsonObject,
    JsonValue,
    UpstreamError,
    UserError,
)
from headrace_sdk.paths import MISSING, Edit, parse, read
from headrace_sdk.texts import as_text
from nodes.web.request_form import Form

_LINK: Final = re.compile(r"<([^>]{1,4000})>([^<]{0,1000})")
_RELATION: Final = re.compile(r""";\s*rel\s*=\s*"?([^",;]*)""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """What of the request changes from page to page; `number` counts from 1."""

    url: str
    query: tuple[tuple[str, str], ...]
    body_json: JsonValue
    number: int = 1


def first_page(params: Form) -> Page:
    """The request as the form says it, with the number that numbered pages begin with."""
    query = tuple((row.name, row.value) for row in params.query if row.name)
    page = Page(params.url.strip(), query, params.body_json)
    if params.paging in ("page", "offset"):
        return _with(params, page, params.page_start)
    return page


async def next_page(
    ctx: Context, params: Form, page: Page, response: HttpResponse, body: JsonValue
) -> Page | None:
    """The request for what comes after this answer; `None` after the last page.

    Raises:
        UserError: the form does not fit the answer.
        UpstreamError: the next page is this one again, or at another host.
    """
    if params.paging == "none" or page.number >= params.max_pages:
        return None
    following = await _following(ctx, params, page, response, body)
    if following is None:
        return None
    if following == page:
        message = "The answer names its own page as the next one, so that there is no end to it."
        raise UpstreamError(message, retryable=False, code="paging_loop")
    return replace(following, number=page.number + 1)


async def _following(
    ctx: Context, params: Form, page: Page, response: HttpResponse, body: JsonValue
) -> Page | None:
    found: object
    match params.paging:
        case "page" | "offset":
            return _numbered(params, page, listed(params, body))
        case "link":
            found = _linked(response)
        case "expression":
            answer: JsonObject = {"status": response.status, "headers": dict(response.headers)}
            answer |= {"body": body, "url": response.url, "page": page.number}
            found = await ctx.evaluate(params.next_expression, answer)
        case _:
            found = read(body, parse(params.next_path))
    if found is MISSING or found in (None, "", False):
        return None
    if params.paging == "cursor":
        return _with(params, page, found)  # type: ignore[arg-type]
    if isinstance(found, dict):
        return _with_query(page, [(key, as_text(one)) for key, one in found.items()])
    return _at(page, response, found)


def listed(params: Form, body: JsonValue) -> JsonValue:
    """What the form says the list is; nothing where the answer has no such field."""
    if not params.list_path:
        return body
    value = read(body, parse(params.list_path))
    return None if value is MISSING else value  # type: ignore[return-value]


def _numbered(params: Form, page: Page, entries: JsonValue) -> Page | None:
    if entries is None or entries == []:
        return None
    if not isinstance(entries, list):
        message = (
            "The answer is no list, so that its end cannot be seen. Name the field that holds the "
            "list (Field with the list)."
        )
        raise UserError(message, field="list_path", code="no_list")
    step = 1 if params.paging == "page" else len(entries)
    return _with(params, page, _number(params, page) + step)


def _number(params: Form, page: Page) -> int:
    if params.page_in == "body":
        value = read(page.body_json, parse(params.page_name))
        return value if isinstance(value, int) else params.page_start
    return int(next(value for name, value in page.query if name == params.page_name))


def _with(params: Form, page: Page, value: JsonValue) -> Page:
    """The page with the number or cursor put where the form says."""
    if params.page_in == "query":
        return _with_query(page, [(params.page_name, as_text(value))])
    if params.body != "json" or not isinstance(page.body_json, dict):
        message = "To send the page in the body, the body must be a JSON object."
        raise UserError(message, field="page_in", code="no_json_body")
    edit = Edit(page.body_json)
    edit.set(parse(params.page_name), value)
    return replace(page, body_json=edit.root)


def _with_query(page: Page, pairs: Sequence[tuple[str, str]]) -> Page:
    names = {name for name, _ in pairs}
    kept = [(name, value) for name, value in page.query if name not in names]
    return replace(page, query=(*kept, *pairs))


def _at(page: Page, response: HttpResponse, found: object) -> Page:
    """The page at an address, which brings its whole query with it."""
    if not isinstance(found, str):
        message = "What should be the address of the next page is no text. Check where it stands."
        raise UserError(message, field="next_path", code="no_address")
    url = urljoin(response.url or page.url, found)
    # Neither an answer nor a redirect may send the credential, or typed headers, elsewhere.
    if _host(url) != _host(page.url):
        message = (
            f"The next page is at another host ({urlsplit(url).netloc[:100]}). Only pages of the "
            "same one are followed."
        )
        raise UpstreamError(message, retryable=False, code="paging_left_host")
    return replace(page, url=url, query=())


def _host(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme.lower(), parts.netloc.lower()


def _linked(response: HttpResponse) -> str | None:
    """The target of `rel=next` in the Link header (RFC 8288)."""
    links = _LINK.findall(response.headers.get("link", ""))
    for url, rest in links:
        relation = _RELATION.search(rest)
        if relation and "next" in relation[1].lower().split():
            return str(url)
    return None
