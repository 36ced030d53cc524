"""Writes the package of a new plugin: one node, its test, and what makes it installable."""

from __future__ import annotations

import keyword
import re
from pathlib import Path
from string import Template
from typing import Final

from headrace.catalog.errors import CannotStart

PREFIX: Final = "headrace-plugin-"
STARTER: Final = Path(__file__).with_name("starter")

_NAME: Final = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")
_FILES: Final = {
    "pyproject.toml": "pyproject.toml.tmpl",
    "README.md": "README.md.tmpl",
    "src/$module/__init__.py": "package.py.tmpl",
    "src/$module/greet.py": "greet.py.tmpl",
    "tests/test_greet.py": "test_greet.py.tmpl",
}


def start_plugin(name: str, folder: Path | None = None) -> Path:
    """Write the package and return its folder, by default `headrace-plugin-NAME` here.

    Raises:
        CannotStart: the name cannot be a package's, or the folder holds something already.
    """
    short = name.strip().lower().removeprefix(PREFIX)
    pack = short.replace("-", "_")
    if not _NAME.fullmatch(short) or keyword.iskeyword(pack):
        message = f"{name!r} cannot name a plugin: write small letters, digits and hyphens."
        raise CannotStart(message)
    distribution = PREFIX + short.replace("_", "-")
    target = folder or Path(distribution)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        message = f"{target} exists already and is not an empty folder. Name another one."
        raise CannotStart(message)
    names = {
        "pack": pack,
        "distribution": distribution,
        "module": distribution.replace("-", "_"),
        "title": short.replace("-", " ").replace("_", " ").title(),
    }
    for place, source in _FILES.items():
        file = target / Template(place).substitute(names)
        file.parent.mkdir(parents=True, exist_ok=True)
        text = (STARTER / source).read_text(encoding="utf-8")
        file.write_text(Template(text).substitute(names), encoding="utf-8")
    return target
