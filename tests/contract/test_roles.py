"""S-053: every endpoint, method and role answers as the table of rights says."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from typing import Any

import pytest
from django.db import transaction

from headrace.accounts.permissions import ANYONE, ROLE_VERBS, VERBS
from headrace.accounts.types import Role
from headrace.tenants.context import TenantRef, public
from headrace.tenants.ids import new_id
from tests.support.clients import Api
from tests.support.endpoints import Endpoint, endpoints, one_of_each

Clients = Callable[..., Api]

WRITES_WITH_EFFECT_ON_THE_CALLER = {"/api/v1/auth/sign-out/"}


ALL = list(endpoints())
GUARDED = [
    endpoint
    for endpoint in ALL
    if endpoint.verb != ANYONE and endpoint.route.pattern not in WRITES_WITH_EFFECT_ON_THE_CALLER
]


def test_the_sweep_finds_the_endpoints() -> None:
    """A sweep that finds nothing proves nothing."""
    assert len(ALL) > 40


def test_every_method_declares_a_right_that_exists() -> None:
    """S-052: default deny, and no right that no role has."""
    assert [str(endpoint) for endpoint in ALL if endpoint.verb not in VERBS | {ANYONE}] == []


@pytest.mark.parametrize("role", list(Role))
def test_a_role_may_do_what_the_table_says_and_no_more(api: Clients, role: Role) -> None:
    """S-053: each role at each endpoint, on objects that do not exist."""
    caller = api(role.value)
    wrong = {}
    for endpoint in GUARDED:
        status = answer_to(caller, endpoint)[0]
        is_refused = status == 403
        is_allowed = endpoint.verb in ROLE_VERBS[role]
        if is_refused is is_allowed or status == 401 or status >= 500:
            wrong[str(endpoint)] = status

    assert wrong == {}


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_a_key_with_one_scope_may_do_that_alone(api: Clients, verb: str) -> None:
    """S-063: scope ∩ role. A key with all other scopes is refused: so is one with any of them."""
    limited = api("owner", scopes=[verb])
    others = api("owner", scopes=sorted(VERBS - {verb}))
    wrong = {}
    for endpoint in GUARDED:
        if endpoint.verb == verb:
            statuses = (answer_to(limited, endpoint)[0], answer_to(others, endpoint)[0])
            if statuses[0] == 401 or statuses[1] != 403:
                wrong[str(endpoint)] = statuses

    assert wrong == {}


@pytest.fixture
def foreign(beta: TenantRef) -> dict[str, Any]:
    """One object of the other tenant for every kind of id in an address."""
    return one_of_each(beta)


def test_every_kind_of_id_is_covered(foreign: dict[str, Any]) -> None:
    """A new kind of object fails here until the fixture above makes a foreign one."""
    parts = [endpoint.route.parts for endpoint in ALL]
    kinds = {name for part in parts for name, kind in part.items() if kind == "uuid"}

    assert kinds <= set(foreign)


def test_foreign_and_nonexistent_objects_answer_alike(
    api: Clients, alpha: TenantRef, foreign: dict[str, Any]
) -> None:
    """S-053: an owner of one tenant cannot even tell that the other's object exists."""
    caller = api()
    different = {}
    for endpoint in ALL:
        if not set(endpoint.route.parts) & set(foreign):
            continue
        theirs = answer_to(caller, endpoint, foreign)
        nobodys = answer_to(caller, endpoint, {name: new_id() for name in foreign})
        if theirs != nobodys or theirs[0] < 400:
            different[str(endpoint)] = (theirs, nobodys)

    assert different == {}


def answer_to(
    api: Api, endpoint: Endpoint, values: dict[str, Any] | None = None
) -> tuple[int, bytes]:
    """Status and body, without the effect on the database or on the caller's cookies."""
    cookies = copy(api.django.cookies)
    with public(), transaction.atomic():
        answer = api.request(
            endpoint.method,
            endpoint.route.address(values),
            data=b"{}",
            content_type="application/json",
            headers={"If-Match": '"1"'},
        )
        transaction.set_rollback(True)
    api.django.cookies = cookies
    return answer.status_code, answer.content
