"""The tree keeps the shape that ARCHITECTURE.md draws."""

from __future__ import annotations

import ast
import json
import re
import statistics
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import grimp
import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("platform", "nodes", "plugins", "tests")
OUTSIDE = {"migrations", "node_modules", "dist", ".venv", "__pycache__"}
VAGUE = {"utils", "util", "helpers", "helper", "manager", "service", "services", "common", "misc"}
PRIVATE = {"admin", "apps", "models", "serializers", "tasks", "urls", "views"}
# What every row of a tenant extends.
BASE_OF_ROWS = "headrace.tenants.models"
MANIFEST = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _files(pattern: str, *folders: str) -> Iterator[Path]:
    for folder in folders:
        for file in (ROOT / folder).rglob(pattern):
            if not OUTSIDE & set(file.relative_to(ROOT).parts):
                yield file


def _lines(file: Path) -> int:
    return len(file.read_text(encoding="utf-8").splitlines())


def _named(files: list[Path]) -> list[str]:
    return sorted(str(file.relative_to(ROOT)) for file in files)


def test_platform_is_a_folder_and_never_a_package():
    assert not (ROOT / "platform" / "__init__.py").exists()


def test_no_python_file_is_longer_than_500_lines():
    assert _named([file for file in _files("*.py", *SOURCES) if _lines(file) > 500]) == []


def test_half_of_the_python_files_are_shorter_than_100_lines():
    assert statistics.median(_lines(file) for file in _files("*.py", *SOURCES)) <= 100


def test_no_component_is_longer_than_350_lines():
    assert _named([file for file in _files("*.tsx", "frontend/src") if _lines(file) > 350]) == []


def test_every_module_says_what_it_is_for():
    modules = [*_files("*.py", *SOURCES), ROOT / "manage.py"]

    silent = [file for file in modules if not ast.get_docstring(ast.parse(file.read_text("utf-8")))]

    assert _named(silent) == []


def test_no_module_has_a_name_that_could_hold_anything():
    assert _named([file for file in _files("*.py", *SOURCES) if file.stem in VAGUE]) == []


def test_every_import_keeps_to_the_layers():
    linted = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert linted.returncode == 0, linted.stdout + linted.stderr


def test_an_app_keeps_its_rows_and_its_edges_to_itself():
    graph = grimp.build_graph("headrace")

    leaks = [
        f"{importer} -> {imported}"
        for imported in graph.modules
        for importer in graph.find_modules_that_directly_import(imported)
        if _is_private(imported) and _app(importer) not in {_app(imported), "conf"}
        if not (imported == BASE_OF_ROWS and importer.endswith(".models"))
    ]

    assert sorted(leaks) == []


def _app(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def _is_private(module: str) -> bool:
    return bool(PRIVATE & set(module.split(".")[2:3]))


def test_the_layers_are_exhaustive_and_nothing_is_excepted():
    contracts = MANIFEST["tool"]["importlinter"]["contracts"]

    loopholes = {"ignore_imports", "allow_indirect_imports", "exhaustive_ignores"}
    assert [contract["id"] for contract in contracts if loopholes & contract.keys()] == []
    assert next(c for c in contracts if c["id"] == "layers")["exhaustive"] is True


@pytest.mark.parametrize(
    ("lock", "pins"),
    [
        ("runtime", MANIFEST["project"]["dependencies"]),
        *((name, pins) for name, pins in MANIFEST["dependency-groups"].items()),
    ],
)
def test_a_lock_holds_every_pin_of_the_manifest(lock: str, pins: list[str]):
    locked = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")

    loose = [pin for pin in pins if not _locked(pin, locked)]

    assert loose == [], "run `make lock`"


def _locked(pin: str, locked: str) -> bool:
    # The lock says the same of a Python or a platform in words of its own.
    name, _, version = pin.partition(";")[0].partition("==")
    bare = re.escape(name.partition("[")[0])
    return bool(re.search(rf"(?m)^{bare}(\[[\w,-]+\])?=={re.escape(version)}[ ;\\]", locked))


@pytest.mark.parametrize(
    "lock", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda p: p.name
)
def test_a_lock_pins_by_hash_and_names_no_index(lock: Path):
    text = lock.read_text(encoding="utf-8")

    pinned = re.findall(r"(?m)^[a-z0-9]\S*==", text)
    assert len(pinned) == text.count("--hash=") - len(re.findall(r"(?m)^    --hash=.*\\$", text))
    assert "://" not in text
    assert "index-url" not in text


def test_the_front_end_lock_names_no_registry():
    addressed = [name for name, facts in _npm_lock().items() if "://" in facts.get("resolved", "")]

    assert addressed == []


def test_the_front_end_lock_is_complete_for_every_platform():
    lock = _npm_lock()

    # `npm ci` refuses a lock without them, on every platform; npm drops what its registry lacks.
    locked = {name.rpartition("node_modules/")[2] for name in lock}
    optional = {name for facts in lock.values() for name in facts.get("optionalDependencies", {})}
    assert sorted(optional - locked) == []


def _npm_lock() -> dict[str, dict[str, Any]]:
    text = (ROOT / "frontend" / "package-lock.json").read_text(encoding="utf-8")
    packages: dict[str, dict[str, Any]] = json.loads(text)["packages"]
    return packages
