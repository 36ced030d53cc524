"""`manage.py lock`: compile `requirements/*.txt` from the pins in `pyproject.toml`."""

from __future__ import annotations

from typing import Final

from headrace_bootstrap import virtual_environment
from headrace_bootstrap.processes import run
from headrace_bootstrap.project import PYTHON, ROOT

# Every Python and platform in one file, hashes for all, and no address of any package index.
_COMPILE: Final = (
    *("-m", "uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes"),
    *("--python-version", "3.11", "--no-emit-index-url", "--no-emit-find-links", "--no-header"),
)
_RUNTIME: Final = "requirements/runtime.txt"
# A group's packages must agree with those that it is installed beside.
_GROUPS: Final = {
    "installer": (_RUNTIME,),
    "embedded": (_RUNTIME,),
    "embedded-fallback": (_RUNTIME,),
    "development": (_RUNTIME, "requirements/installer.txt", "requirements/embedded.txt"),
}


def lock() -> int:
    """Write the locks; versions that still satisfy the pins stay."""
    virtual_environment.install()
    _compile("pyproject.toml", output=_RUNTIME)
    for group, beside in _GROUPS.items():
        constraints = [part for path in beside for part in ("-c", path)]
        _compile("--group", group, *constraints, output=f"requirements/{group}.txt")
    return 0


def _compile(*source: str, output: str) -> None:
    run([PYTHON, *_COMPILE, *source, "-o", output], doing=f"Locking {output}", cwd=ROOT)
