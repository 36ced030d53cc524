"""`make test`: every test there is, from nothing, on servers of its own."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Mapping, Sequence
from typing import Final

from headrace_bootstrap import chromium, front_end
from headrace_bootstrap.errors import BootstrapError
from headrace_bootstrap.home import DEFAULT_HOME, Home
from headrace_bootstrap.parts import Part, command
from headrace_bootstrap.processes import run, succeeds
from headrace_bootstrap.project import FRONT_END, PYTHON, ROOT, plugin_folders
from headrace_bootstrap.side_by_side import run_side_by_side
from headrace_bootstrap.stack import Stack
from headrace_bootstrap.up import install

_PYTEST: Final = (PYTHON, "-m", "pytest")
_TESTS: Final = ROOT / "tests"
# Acceptance tests and browsers drive stacks of their own.
_FOLDERS: Final = tuple(_TESTS / name for name in ("unit", "contract", "integration"))
_CHAOS_S: Final = 60
_CORES: Final = (os.cpu_count() or 1) + 1
"""One more than there are: most suites wait now and then, and tests do not depend on the pace."""
_SEVERAL: Final = "@several-tenants"
"""The mark of browser tests that need more than one tenant."""
_PICTURES: Final = "@pictures"
"""The mark of those that compare pages with pictures: they need a tenant that is as new."""
_JOURNEYS: Final = r"\bJ\d+"
"""How tests of journeys begin: they compare what they show on the way."""


def test_all() -> int:
    """Python, TypeScript, build, whole stack, browser; the exit code.

    With MULTI_TENANT=true whole stacks serve each tenant at its own name (T-032); what speaks to
    the database directly always does.
    """
    install()
    _compile_sandbox()
    # One database and one broker for all tests that speak to them directly.
    with Stack.temporary(applications=False) as servers:
        return run_side_by_side(_parts(servers.environment), _CORES)


def _compile_sandbox() -> None:
    """Before anything else runs: workers compile it too, and give way to every test meanwhile."""
    folder = Home(DEFAULT_HOME).compiled
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Where it fails, the tests that need it say so.
    succeeds((PYTHON, "-I", "-m", "headrace.sandbox.guest.pyeryx.image", folder))


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
            cores=2,
        ),
        command(
            "Python: acceptance",
            # Mostly they wait, so two stacks fit beside other tests.
            [*_PYTEST, "-n", "2", "--dist", "loadfile", acceptance],
            cwd=ROOT,
            environment=os.environ,
            needs=[acceptance],
        ),
        _npm("TypeScript: vitest", "test"),
        # `install` has built it, if it had to.
        _npm("Front-end budgets", "budget"),
        Part(
            "Browser: several tenants",
            lambda: _browser({"MULTI_TENANT": "true"}, [f"--grep={_SEVERAL}"]),
        ),
        command(
            "Chaos",
            [PYTHON, "-m", "tests.chaos", "--seconds", str(_CHAOS_S)],
            cwd=ROOT,
            environment=os.environ,
            needs=[_TESTS / "chaos"],
            cores=_CORES,
        ),
        Part(
            "Browser: Playwright",
            # Pictures come first, while nothing but their own is in the lists.
            lambda: _browser(
                mode, [f"--grep={_PICTURES}"], [f"--grep-invert={_SEVERAL}|{_PICTURES}"]
            ),
            _CORES,
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


def renew_pictures() -> int:
    """`manage.py pictures`: take the reference pictures again (frontend/e2e/looks.ts)."""
    install()
    pages = (f"--grep={_PICTURES}", "--update-snapshots=changed")
    journeys = (f"--grep={_JOURNEYS}", f"--grep-invert={_SEVERAL}", "--update-snapshots=changed")
    went_well = _browser({"MULTI_TENANT": "false"}, pages, journeys)
    return 0 if _npm("", "pictures").run() and went_well else 1


def _browser(settings: Mapping[str, str], *runs: Sequence[str]) -> bool:
    """Playwright once for each of these words, one after the other on one stack."""
    browser = chromium.find_or_install()
    # Takes connections and never answers: what was sent there may or may not have happened.
    with socket.create_server(("127.0.0.1", 0)) as silent:
        service = f"127.0.0.1:{silent.getsockname()[1]}"
        told = {"HEADRACE_E2E_CHROMIUM": browser, "HEADRACE_E2E_SILENT": f"http://{service}/"}
        return _on_stack({**settings, "HEADRACE_EGRESS_ALLOW": service}, told, runs)


def _on_stack(
    settings: Mapping[str, str], told: Mapping[str, str], runs: Sequence[Sequence[str]]
) -> bool:
    with Stack.temporary(settings) as stack:
        if stack.owner is None or stack.owner.password is None:
            raise BootstrapError("owner_missing", "A new stack named no owner to sign in as.")
        if settings["MULTI_TENANT"] == "true":
            _second_tenant(stack, stack.owner.email)
        signed_in = {
            "HEADRACE_E2E_URL": stack.url,
            "HEADRACE_E2E_EMAIL": stack.owner.email,
            "HEADRACE_E2E_PASSWORD": stack.owner.password,
            "HEADRACE_E2E_WEB": _another_web(stack),
        }
        environment = {**told, **signed_in}
        went_well = [_npm("", "e2e", environment, *words).run() for words in runs]
        return all(went_well)


def _another_web(stack: Stack) -> str:
    """How a test starts a web process that it may kill (frontend/e2e/own-server.ts)."""
    daphne = [str(PYTHON), "-m", "daphne", "-v", "0", "-b", "127.0.0.1"]
    command = [*daphne, "headrace.conf.asgi:application"]
    told = {"command": command, "folder": str(ROOT), "environment": stack.environment}
    return json.dumps(told)


def _second_tenant(stack: Stack, owner: str) -> None:
    words = (PYTHON, ROOT / "manage.py", "create_tenant", "second", "--owner", owner)
    run(words, doing="A second tenant", environment=stack.environment)
