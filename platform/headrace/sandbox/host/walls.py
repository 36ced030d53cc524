"""What is proven of the walls around a sandbox process: by what it tried, not by what it says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from headrace.sandbox.guest.confinement import namespace

SEALED: Final = "sealed"
ATTEMPTS: Final = {
    "can_open_sockets": "it can open sockets",
    "can_start_processes": "it can start processes",
    "can_read_files": "it can read files",
    "can_write_files": "it can write files",
}


def holes(facts: Mapping[str, Any]) -> list[str]:
    """What does not hold, in words; nothing where the process is sealed.

    `facts` are those of its start with those of `guest.probe`.
    """
    found = [words for name, words in ATTEMPTS.items() if facts.get(name, True)]
    if facts.get("environment") != []:
        found.append("its environment is not empty")
    if not _is_apart(facts, "net"):
        found.append("it shares our network")
    return found


def level(engine: str, facts: Mapping[str, Any]) -> str:
    """The engine, then `sealed`, or `wasm (…)` with what stands open: WebAssembly is there always.

    `in bubblewrap` is what sees neither our processes nor our file systems.
    """
    found = holes(facts)
    words = [engine, f"wasm ({'; '.join(found)})" if found else SEALED]
    if _is_apart(facts, "pid") and _is_apart(facts, "mnt"):
        words.append("in bubblewrap")
    return ", ".join(words)


def _is_apart(facts: Mapping[str, Any], kind: str) -> bool:
    theirs = facts.get("namespaces", {}).get(kind)
    return bool(theirs) and theirs != namespace(kind)
