"""Generated secrets: strong, private, stable, and never shown."""

from __future__ import annotations

import base64
import stat
from pathlib import Path

import pytest

from headrace_bootstrap.home import Home
from headrace_bootstrap.secret_values import load_or_generate


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    home.create()
    return home


def test_generated_secrets_satisfy_what_the_application_demands(home: Home):
    values = load_or_generate(home)

    assert len(values.secret_key) >= 50
    assert len(base64.b64decode(values.vault_key)) == 32
    assert len(values.database_password) >= 32
    assert values.database_password != values.broker_password


def test_secrets_are_readable_by_their_owner_alone(home: Home):
    load_or_generate(home)

    assert stat.S_IMODE(home.secrets.stat().st_mode) == 0o600


def test_a_home_keeps_its_secrets_and_another_has_others(home: Home, tmp_path: Path):
    other = Home(tmp_path / "other")
    other.create()

    assert load_or_generate(home) == load_or_generate(home)
    assert load_or_generate(home) != load_or_generate(other)


def test_secrets_do_not_show_in_a_traceback(home: Home):
    values = load_or_generate(home)

    assert values.secret_key not in repr(values)
    assert values.vault_key not in repr(values)
