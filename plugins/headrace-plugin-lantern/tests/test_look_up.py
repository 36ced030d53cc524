"""Look Up Term, as a workflow and as an agent would use it."""

from __future__ import annotations

import pytest
from headrace_plugin_lantern.account import LanternAccount
from headrace_plugin_lantern.look_up import LookUp

from headrace_sdk import SecretError
from headrace_sdk.conformance import check_node
from headrace_sdk.testing import live_http, run_node


def look_up(lantern, term, token="good"):
    return run_node(
        LookUp,
        {"term": term},
        credentials={"account": lantern.account(token)},
        http=live_http(LanternAccount),
    )


def test_a_term_has_its_meaning(lantern):
    assert look_up(lantern, "SLA").json() == [
        {"term": "SLA", "meaning": "An answer within four hours."}
    ]


def test_a_term_that_nobody_knows_is_no_error(lantern):
    assert look_up(lantern, "XYZ").json() == [{"term": "XYZ", "meaning": ""}]


def test_a_refused_token_is_the_credentials_fault(lantern):
    with pytest.raises(SecretError):
        look_up(lantern, "SLA", token="bad")


def test_the_node_keeps_the_conventions():
    assert check_node(LookUp) == []
