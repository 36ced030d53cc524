"""A new plugin: written, installed in a fresh environment, found, and its own test passes."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv

import pytest

from headrace.catalog.errors import CannotStart
from headrace.catalog.starting import start_plugin

FOUND = """
from headrace.catalog.loading import load_catalog
loaded = load_catalog()
assert not loaded.broken, loaded.broken
print(*[node.type for node in loaded.nodes if node.type.startswith("weather_map.")])
"""


@pytest.fixture
def python(tmp_path):
    """The Python of a fresh environment that sees our packages, and what is installed into it."""
    folder = tmp_path / "venv"
    venv.create(folder, symlinks=True)
    own = next(folder.glob("lib/python*/site-packages"))
    (own / "ours.pth").write_text(
        f"import site; site.addsitedir({sysconfig.get_path('purelib')!r})\n"
    )
    return folder / "bin/python"


def run(*command, cwd):
    environment = {"PATH": os.environ["PATH"], "HOME": str(cwd)}
    done = subprocess.run(
        [*map(str, command)], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_new_plugin_is_installed_found_and_passes_its_own_test(tmp_path, python):
    made = start_plugin("weather-map", tmp_path / "mine")

    offline = ("--offline", "--no-deps", "--no-build-isolation")
    uv = (sys.executable, "-m", "uv", "pip", "install", "--python", python)
    run(*uv, *offline, "-e", made, cwd=tmp_path)

    assert run(python, "-c", FOUND, cwd=tmp_path).split() == ["weather_map.greet"]
    assert "2 passed" in run(python, "-m", "pytest", "-p", "no:valkey", cwd=made)


@pytest.mark.parametrize("name", ["", "9to5", "Über", "a b", "../x", "a--b", "class", "a.b"])
def test_a_name_that_python_could_not_import_is_refused(tmp_path, name):
    with pytest.raises(CannotStart, match="small letters"):
        start_plugin(name, tmp_path / "new")

    assert not (tmp_path / "new").exists()


def test_a_folder_that_holds_something_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("kept")

    with pytest.raises(CannotStart, match="exists already"):
        start_plugin("acme", tmp_path)

    assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]


def test_the_prefix_of_the_package_is_not_doubled(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    made = start_plugin("headrace-plugin-acme")

    assert made.name == "headrace-plugin-acme"
    assert (made / "src/headrace_plugin_acme/greet.py").is_file()
