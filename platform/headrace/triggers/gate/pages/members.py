"""Pages for members: whoever comes without a pass is sent to the app, which gives one.

The pass stands in the address, so no page ever has a cookie. It lets somebody in for a minute;
what a page then sends is known by the same pass for as long as the page may be used, and its
seal proves that the page itself was seen.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qs, urlencode

from headrace.accounts.visits import Visitor, visitor
from headrace.tenants.addresses import origin_of, pages_origin_of
from headrace.tenants.context import TenantRef
from headrace.tenants.threads import in_thread
from headrace.triggers.gate.http import Answer, Request, problem

PASSED_BY: Final = "pass"
ENTERS_S: Final = 60
STAYS_S: Final = 12 * 3600
"""As long as a form may be filled in (`journey.LASTS_S`)."""


async def visitor_of(request: Request) -> Visitor | None:
    """The member who asks for a page, or sends it."""
    given = parse_qs(request.query).get(PASSED_BY, [""])[0]
    within_s = ENTERS_S if request.method in {"GET", "HEAD"} else STAYS_S
    return await in_thread(visitor, given, request.path, within_s=within_s) if given else None


def to_the_app(request: Request, owner: TenantRef) -> Answer:
    """Where a pass is to be had; for what was sent without one there is no way back."""
    if request.method not in {"GET", "HEAD"}:
        return problem(401, "not_authenticated", "Open this page again. Nothing was sent.")
    query = parse_qs(request.query)
    query.pop(PASSED_BY, None)
    rest = urlencode(query, doseq=True)
    at = f"{request.path}?{rest}" if rest else request.path
    app = origin_of(owner) if pages_origin_of(owner) else ""
    return Answer(303, headers={"Location": f"{app}/app/visit?{urlencode({'at': at})}"})
