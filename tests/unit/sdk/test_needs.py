"""What a package declares to reach."""

from __future__ import annotations

import pytest

from headrace_sdk import ContractError, Needs


@pytest.mark.parametrize(
    ("declared", "url", "is_allowed"),
    [
        ("api.example.com", "https://api.example.com/x", True),
        ("api.example.com", "https://API.Example.com:8443/", True),
        ("API.example.com", "https://api.example.com./", True),
        ("api.example.com", "https://api.example.com.evil.org/", False),
        ("api.example.com", "https://evil.org/?api.example.com", False),
        ("api.example.com", "https://api.example.com@evil.org/", False),
        ("*.example.com", "https://a.b.example.com/", True),
        ("*.example.com", "https://example.com/", False),
        ("*.example.com", "https://badexample.com/", False),
        ("*", "https://anything.org/", True),
        ("api.example.com", "http://[bad", False),
        ("api.example.com", "", False),
    ],
)
def test_a_host_is_allowed_only_if_it_was_declared(declared, url, is_allowed):
    assert Needs(hosts=(declared,)).allows(url) is is_allowed


def test_whoever_declares_nothing_reaches_nothing():
    assert not Needs().allows("https://example.com/")


@pytest.mark.parametrize(
    "given",
    [
        {"hosts": "api.example.com"},
        {"hosts": ("https://api.example.com",)},
        {"hosts": ("api.example.com:443",)},
        {"hosts": ("a.*.com",)},
        {"hosts": ("",)},
        {"credentials": (7,)},
        {"processes": "git"},
    ],
)
def test_a_declaration_that_could_be_read_in_two_ways_is_refused(given):
    with pytest.raises(ContractError):
        Needs(**given)
