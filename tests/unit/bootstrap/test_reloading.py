"""What hot reload sees, and when it acts."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path

import pytest

from headrace_bootstrap.reloading import Reloader, is_wanted, sources


def install(site: Path, folder: Path, *, group: str = "headrace", editable: bool = True) -> Path:
    """Record a package as pip does; its one module."""
    module = folder / "src" / "acme" / "greet.py"
    module.parent.mkdir(parents=True)
    module.write_text('"""A module."""')
    record = site / f"{folder.name}-1.dist-info"
    record.mkdir(parents=True)
    (record / "entry_points.txt").write_text(f"[{group}]\nacme = acme\n")
    origin = {"url": folder.as_uri(), "dir_info": {"editable": editable}}
    (record / "direct_url.json").write_text(json.dumps(origin))
    return module


def test_sources_of_plugins_that_are_installed_in_place_are_seen(tmp_path):
    site = tmp_path / "site"
    module = install(site, tmp_path / "my plugin")
    for name in ("tests", ".venv"):
        (tmp_path / "my plugin" / name).mkdir()
        (tmp_path / "my plugin" / name / "x.py").write_text("")

    assert [one for one in sources(site) if one.suffix == ".py"] == [module]


@pytest.mark.parametrize("more", [{"group": "console_scripts"}, {"editable": False}])
def test_sources_of_other_packages_are_not(tmp_path, more):
    install(tmp_path / "site", tmp_path / "other", **more)

    assert [one for one in sources(tmp_path / "site") if one.suffix == ".py"] == []


def test_a_change_is_told_once_when_the_files_are_quiet(tmp_path):
    module = install(tmp_path / "site", tmp_path / "acme")
    looks, told = threading.Semaphore(0), threading.Semaphore(0)

    def look():
        looks.release()
        return sources(tmp_path / "site")

    with Reloader(told.release, look, 0.01):
        for _ in range(3):
            assert looks.acquire(timeout=5)
        os.utime(module, ns=(1, 1))
        assert told.acquire(timeout=5)
        while looks.acquire(blocking=False):
            pass
        for _ in range(4):
            assert looks.acquire(timeout=5)

    assert not told.acquire(blocking=False)


def test_a_package_that_is_installed_meanwhile_is_a_change(tmp_path):
    looks, told = threading.Semaphore(0), threading.Semaphore(0)
    (tmp_path / "site").mkdir()

    def look():
        looks.release()
        return sources(tmp_path / "site")

    with Reloader(told.release, look, 0.01):
        for _ in range(2):
            assert looks.acquire(timeout=5)
        install(tmp_path / "site", tmp_path / "acme")
        assert told.acquire(timeout=5)


@pytest.mark.parametrize(("given", "wanted"), [({}, True), ({"HEADRACE_RELOAD": "off"}, False)])
def test_it_can_be_switched_off(given, wanted):
    assert is_wanted(given) is wanted
