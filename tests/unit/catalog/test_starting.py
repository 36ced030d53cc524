"""A new plugin: written, installed in a fresh environment, found, and its own test passes."""

from __future__ import annotations

import os
import re
import subprocess
import sysconfig
import venv

import pytest

from headrace.catalog.errors import CannotStart
from headrace.catalog.starting import start_plugin
from headrace_bootstrap.project import ROOT

FOUND = """
from headrace.catalog.loading import load_catalog
loaded = load_catalog()
assert not loaded.broken, loaded.broken
print(*[node.type for node in loaded.nodes if node.type.startswith("acme.")])
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


def run(*command, cwd, **environment):
    environment = {"PATH": os.environ["PATH"], "HOME": str(cwd), **environment}
    done = subprocess.run(
        [*map(str, command)], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_the_lines_of_the_guide_lead_from_nothing_to_an_installed_wheel(tmp_path, python):
    guide = (ROOT / "docs/plugins.md").read_text(encoding="utf-8")
    activate, *lines = re.findall(r"```sh\n(.*?)```", guide, re.DOTALL)[0].splitlines()
    (python.parent / "pip").write_text(f'#!/bin/sh\nexec {python} -m pip "$@"\n')
    (python.parent / "pip").chmod(0o755)
    # pip reads its options' names: the second says that there is to be no isolation.
    offline = {"PIP_NO_INDEX": "1", "PIP_NO_BUILD_ISOLATION": "0", "PIP_NO_DEPS": "1"}
    path = f"{python.parent}:{os.environ['PATH']}"

    told = run("sh", "-ec", "\n".join([f"cd {ROOT}", *lines]), cwd=tmp_path, PATH=path, **offline)

    assert activate == ". .venv/bin/activate"
    assert "2 passed" in told
    assert run(python, "-c", FOUND, cwd=tmp_path).split() == ["acme.greet"]
    listed = run(python, "-m", "pip", "show", "--files", "headrace-plugin-acme", cwd=tmp_path)
    assert "headrace_plugin_acme/greet.py" in listed
    assert "Editable project location" not in listed


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
