"""The environment that children get: completed for ours, bare for the servers."""

from __future__ import annotations

from pathlib import Path

import pytest

from headrace_bootstrap import borrowing
from headrace_bootstrap.home import Home
from headrace_bootstrap.secret_values import SecretValues
from headrace_bootstrap.variables import for_children, for_servers

VALUES = SecretValues()


def _for_children(given: dict[str, str]) -> dict[str, str]:
    urls = {"database_url": "postgresql://x/y", "redis_url": "redis://x"}
    return for_children(given, Home(Path("/h")), VALUES, port=8123, **urls)


def test_every_setting_that_the_application_must_have_is_given():
    environment = _for_children({})

    assert environment["DATABASE_URL"] == "postgresql://x/y"
    assert environment["HEADRACE_SECRET_KEY"] == VALUES.secret_key
    assert environment["HEADRACE_VAULT_KEY"] == VALUES.vault_key
    assert environment["HEADRACE_PUBLIC_URL"] == "http://localhost:8123"
    assert environment["HEADRACE_HOME"] == "/h"


def test_what_the_caller_set_stays():
    given = {"HEADRACE_SECRET_KEY": "k" * 60, "MULTI_TENANT": "true", "PATH": "/bin"}

    environment = _for_children(given)

    assert environment.items() >= given.items()


def test_a_server_does_not_inherit_the_applications_secrets():
    given = {"PATH": "/bin", "HEADRACE_SECRET_KEY": "k" * 60, "AWS_SECRET": "s"}

    words = for_servers(given, {"MARK": "here"})

    assert words == ["env", "-i", "PATH=/bin", "LC_ALL=C", "MARK=here"]


def test_a_container_with_every_setting_given_touches_no_home(tmp_path: Path):
    home = tmp_path / "home"
    given = {
        "DATABASE_URL": "postgresql://x/y",
        "REDIS_URL": "redis://x",
        "HEADRACE_SECRET_KEY": "k" * 60,
        "HEADRACE_VAULT_KEY": "v",
        "HEADRACE_HOME": str(home),
    }

    settings = borrowing.settings(given)

    assert settings == given
    assert not home.exists()


@pytest.mark.parametrize("missing", ["DATABASE_URL", "HEADRACE_VAULT_KEY"])
def test_a_command_gets_what_is_missing_from_the_home(tmp_path: Path, missing: str):
    given = {"DATABASE_URL": "postgresql://x/y", "HEADRACE_VAULT_KEY": "v"}
    given = {name: value for name, value in given.items() if name != missing}

    settings = borrowing.settings({**given, "HEADRACE_HOME": str(tmp_path / "home")})

    assert settings.items() >= given.items()
    assert settings[missing]
