"""Headrace refuses to start with a missing or dangerous setting, and never shows a value."""

from __future__ import annotations

import base64

import pytest

from headrace.conf import env
from headrace.conf.database import database
from headrace.conf.env import RefusedToStart

KEY = base64.b64encode(bytes(range(32))).decode()
GOOD = {
    "DATABASE_URL": "postgresql://user:pass@db:5432/headrace",
    "REDIS_URL": "redis://broker:6379/0",
    "HEADRACE_SECRET_KEY": "k7dQ2mVx9LpZr4TnB8wHc3YfJ6sGa1Ue5RoXi0Kt-NqWvPzMbE",
    "HEADRACE_VAULT_KEY": KEY,
}


def test_a_complete_environment_is_read() -> None:
    """Defaults stand in for everything that is not a secret."""
    values = env.read(GOOD)

    assert set(values) == {setting.name for setting in env.SETTINGS}
    assert values["MULTI_TENANT"] is False
    assert values["HEADRACE_VAULT_KEY"] == bytes(range(32))
    assert values["HEADRACE_MAX_BODY_BYTES"] == 16 * 1024 * 1024


@pytest.mark.parametrize("name", sorted(GOOD))
@pytest.mark.parametrize("value", [None, ""])
def test_a_missing_secret_or_server_stops_the_start(name: str, value: str | None) -> None:
    """S-046."""
    given = {key: text for key, text in GOOD.items() if key != name}
    if value is not None:
        given[name] = value

    with pytest.raises(RefusedToStart, match=f"{name} is missing"):
        env.read(given)


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("HEADRACE_SECRET_KEY", "short", "shorter than 50"),
        (
            "HEADRACE_SECRET_KEY",
            "django-insecure-" + "k7dQ2mVx9LpZr4TnB8wHc3YfJ6sGa1Ue5R",
            "example",
        ),
        ("HEADRACE_SECRET_KEY", "changeme" * 8, "example"),
        ("HEADRACE_SECRET_KEY", "a" * 60, "example"),
        ("HEADRACE_VAULT_KEY", "not base64!", "not base64"),
        ("HEADRACE_VAULT_KEY", base64.b64encode(b"short").decode(), "5 bytes"),
        ("HEADRACE_VAULT_KEY", base64.b64encode(b"\0" * 32).decode(), "example"),
        ("HEADRACE_VAULT_OLD_KEYS", f"{KEY},x", "not base64"),
        ("DATABASE_URL", "sqlite:///db", "postgresql://"),
        ("REDIS_URL", "memory://", "redis://"),
        ("MULTI_TENANT", "perhaps", "true or false"),
        ("HEADRACE_PORT", "http", "not a number"),
        ("HEADRACE_LEASE_S", "-1", "not a number"),
        ("HEADRACE_PUBLIC_URL", "flows.example.org", "scheme"),
        ("HEADRACE_BASE_HOST", "https://example.org", "host name"),
        ("HEADRACE_HTTP_PROXY", "https://proxy:3128", "http://"),
        ("HEADRACE_HTTP_PROXY", "http://proxy", "port"),
        ("HEADRACE_HTTP_PROXY", "http://proxy:3128/path", "host and port"),
    ],
)
def test_a_bad_value_stops_the_start_with_its_reason(name: str, value: str, reason: str) -> None:
    """S-046."""
    with pytest.raises(RefusedToStart, match=reason) as caught:
        env.read({**GOOD, name: value})

    assert name in str(caught.value)


def test_every_fault_is_named_at_once() -> None:
    """Not one a start."""
    with pytest.raises(RefusedToStart) as caught:
        env.read({"HEADRACE_PORT": "x"})

    assert all(name in str(caught.value) for name in [*GOOD, "HEADRACE_PORT"])


def test_a_refusal_never_shows_a_value() -> None:
    """S-060."""
    canary = "canary-password"
    bad = dict.fromkeys([*GOOD, "HEADRACE_PORT", "HEADRACE_LEASE_S"], canary)
    bad["HEADRACE_HTTP_PROXY"] = f"http://user:{canary}/@proxy:3128"

    with pytest.raises(RefusedToStart) as caught:
        env.read(bad)

    assert canary not in str(caught.value)


@pytest.mark.parametrize(("bind", "is_refused"), [("0.0.0.0", True), ("127.0.0.1", False)])
def test_debug_is_for_this_machine_only(bind: str, *, is_refused: bool) -> None:
    """S-046."""
    given = {**GOOD, "HEADRACE_DEBUG": "true", "HEADRACE_BIND": bind}

    if not is_refused:
        assert env.read(given)["HEADRACE_DEBUG"] is True
        return
    with pytest.raises(RefusedToStart, match="HEADRACE_DEBUG"):
        env.read(given)


def test_only_the_web_process_pools_connections() -> None:
    """Workers fork and commands are short."""
    url = "postgresql://us%40er:p%2Fw@db:5433/name?sslmode=require"

    web, worker = database(url, "web"), database(url, "worker")

    assert (web["USER"], web["PASSWORD"], web["HOST"], web["PORT"]) == (
        "us@er",
        "p/w",
        "db",
        "5433",
    )
    assert web["OPTIONS"]["sslmode"] == "require"
    assert web["OPTIONS"]["pool"]["max_size"] > 1
    assert web["CONN_MAX_AGE"] == 0
    assert "pool" not in worker["OPTIONS"]


@pytest.mark.parametrize(
    "pages", ["http://localhost:9000", "https://example.org", "https://flows.example.org"]
)
def test_pages_at_the_apps_own_host_name_stop_the_start(pages: str) -> None:
    """Cookies know no ports."""
    app = {"HEADRACE_PUBLIC_URL": "https://flows.example.org", "HEADRACE_BASE_HOST": "example.org"}
    given = GOOD | (app if "example" in pages else {}) | {"HEADRACE_PAGES_URL": pages}

    with pytest.raises(RefusedToStart, match="another host name"):
        env.read(given)


def test_pages_have_a_host_of_their_own() -> None:
    """Or none, which is as if nothing were set."""
    values = env.read(GOOD | {"HEADRACE_PAGES_URL": "https://pages.example.org/"})

    assert values["HEADRACE_PAGES_URL"] == "https://pages.example.org"
    assert env.read(GOOD)["HEADRACE_PAGES_URL"] == ""
