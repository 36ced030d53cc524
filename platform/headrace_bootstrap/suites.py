"""`make test`: every test there is, from nothing, on servers of its own."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from typing import Final

from headrace_bootstrap import chromium, front_end
from headrace_bootstrap.errors import BootstrapError
from headrace_bootstrap.parts import Part, command, run_all
from headrace_bootstrap.processes import run
from headrace_bootstrap.project import FRONT_END, PYTHON, ROOT, plugin_folders
from headrace_bootstrap.stack import Stack
from headrace_bootstrap.up import install

_PYTEST: Final = (PYTHON, "-m", "pytest")
_TESTS: Final = ROOT / "tests"
# Acceptance tests and browsers drive stacks of their own.
_FOLDERS: Final = tuple(_TESTS / name for name in ("unit", "contract", "integration"))
_CHAOS_S: Final = 60
_SEVERAL: Final = "@several-tenants"
"""The mark of browser tests that need more than one tenant."""


def test_all() -> int:
    """Python, TypeScript, build, whole stack, browser; the exit code.

    With MULTI_TENANT=true whole stacks serve each tenant at its own name (T-032); what speaks to
    the database directly always does.
    """
    install()
    # One database and one broker for all tests that speak to them directly.
    with Stack.temporary(applications=False) as servers:
        return run_all(_parts(servers.environment))


def _parts(environment: Mapping[str, str]) -> list[Part]:
    plugin_tests = [folder / "tests" for folder in plugin_folders()]
    acceptance = _TESTS / "acceptance"
    mode = {"MULTI_TENANT": os.environ.get("MULTI_TENANT", "false")}
    return [
        command(
            "Python: unit, contract, integration, plugins",
            [*_PYTEST, "-n", "2", *_FOLDERS, *plugin_tests],
            cwd=ROOT,
            environment=environment,
            needs=[*_FOLDERS, *plugin_tests],
        ),
        _npm("TypeScript: vitest", "test"),
        _npm("Front-end build", "build"),
        command(
            "Python: acceptance",
            # Mostly they wait, so two stacks fit on one machine.
            [*_PYTEST, "-n", "2", "--dist", "loadfile", acceptance],
            cwd=ROOT,
            environment=os.environ,
            needs=[acceptance],
        ),
        command(
            "Chaos",
            [PYTHON, "-m", "tests.chaos", "--seconds", str(_CHAOS_S)],
            cwd=ROOT,
            environment=os.environ,
            needs=[_TESTS / "chaos"],
        ),
        Part("Browser: Playwright", lambda: _browser(f"--grep-invert={_SEVERAL}", mode)),
        Part(
            "Browser: several tenants",
            lambda: _browser(f"--grep={_SEVERAL}", {"MULTI_TENANT": "true"}),
        ),
    ]


def _npm(
    name: str, script: str, settings: Mapping[str, str] | None = None, *arguments: str
) -> Part:
    return command(
        name,
        front_end.npm("run", script, "--", *arguments),
        cwd=FRONT_END,
        environment={**front_end.environment(), **(settings or {})},
        needs=[FRONT_END / "package.json"],
    )


def _browser(grep: str, settings: Mapping[str, str]) -> bool:
    browser = chromium.find_or_install()
    # Takes connections and never answers: what was sent there may or may not have happened.
    with socket.create_server(("127.0.0.1", 0)) as silent:
        service = f"127.0.0.1:{silent.getsockname()[1]}"
        told = {"HEADRACE_E2E_CHROMIUM": browser, "HEADRACE_E2E_SILENT": f"http://{service}/"}
        return _on_stack({**settings, "HEADRACE_EGRESS_ALLOW": service}, told, grep)


def _on_stack(settings: Mapping[str, str], told: Mapping[str, str], grep: str) -> bool:
    with Stack.temporary(settings) as stack:
        if stack.owner is None or stack.owner.password is None:
            raise BootstrapError("owner_missing", "A new stack named no owner to sign in as.")
        if settings["MULTI_TENANT"] == "true":
            _second_tenant(stack, stack.owner.email)
        signed_in = {
            "HEADRACE_E2E_URL": stack.url,
            "HEADRACE_E2E_EMAIL": stack.owner.email,
            "HEADRACE_E2E_PASSWORD": stack.owner.password,
        }
        return _npm("", "e2e", {**told, **signed_in}, grep).run()


def _second_tenant(stack: Stack, owner: str) -> None:
    words = (PYTHON, ROOT / "manage.py", "create_tenant", "second", "--owner", owner)
    run(words, doing="A second tenant", environment=stack.environment)
