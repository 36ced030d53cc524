"""pytest starts in any shell."""

from __future__ import annotations

import os
import subprocess

from headrace_bootstrap.project import PYTHON, ROOT


def test_a_shell_that_names_the_settings_and_no_servers_does_not_keep_pytest_from_starting():
    given = {"DATABASE_URL", "REDIS_URL", "HEADRACE_SECRET_KEY", "HEADRACE_VAULT_KEY"}
    environment = {name: value for name, value in os.environ.items() if name not in given}
    environment["DJANGO_SETTINGS_MODULE"] = "headrace.conf.settings"

    found = subprocess.run(
        [PYTHON, "-m", "pytest", "--collect-only", "-q", "tests/unit/sdk/test_ports.py"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert found.returncode == 0, found.stdout + found.stderr
