"""Hot reload while developing: a change in the sources of a plugin restarts what has loaded it."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from headrace_bootstrap.project import ROOT, VIRTUAL_ENVIRONMENT

LOOK_EVERY_S: Final = 0.5
_LEFT_OUT: Final = frozenset({"tests", "build", "dist", "node_modules", "__pycache__"})

Snapshot = Mapping[Path, int]
"""Files and when they were last changed, in nanoseconds."""


def is_wanted(given: Mapping[str, str]) -> bool:
    """Not where `HEADRACE_RELOAD=off` says so."""
    return given.get("HEADRACE_RELOAD", "on").lower() not in {"off", "false", "0", "no"}


def sources(site: Path | None = None) -> Snapshot:
    """The sources of packages that are installed in place, and what is installed at all."""
    sites = [site] if site else sorted(VIRTUAL_ENVIRONMENT.glob("lib/python*/site-packages"))
    found: dict[Path, int] = {}
    for record in (record for one in sites for record in one.glob("*.dist-info")):
        entries = record / "entry_points.txt"
        try:
            if "[headrace]" not in entries.read_text(encoding="utf-8").splitlines():
                continue
            found[entries] = entries.stat().st_mtime_ns
            for file in _modules(record):
                found[file] = file.stat().st_mtime_ns
        except (OSError, ValueError):
            continue  # It is being installed or written just now; the next look sees it whole.
    return found


def _modules(record: Path) -> Iterator[Path]:
    """PEP 610 tells where a package is that was installed in place."""
    file = record / "direct_url.json"
    origin = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    folder = Path(unquote(urlsplit(str(origin.get("url", ""))).path))
    if not origin.get("dir_info", {}).get("editable") or folder == ROOT:
        return
    for module in folder.rglob("*.py"):
        inner = module.relative_to(folder).parts
        if not _LEFT_OUT & set(inner) and not any(part.startswith(".") for part in inner):
            yield module


class Reloader:
    """Looks until it is left; tells of a change once the files have been quiet for a look."""

    def __init__(
        self,
        changed: Callable[[], None],
        look: Callable[[], Snapshot] = sources,
        every_s: float = LOOK_EVERY_S,
    ) -> None:
        self._changed = changed
        self._look = look
        self._every_s = every_s
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="reloader", daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *error: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        loaded = seen = self._look()
        while not self._stop.wait(self._every_s):
            before, seen = seen, self._look()
            if seen == before and seen != loaded:
                loaded = seen
                self._changed()
