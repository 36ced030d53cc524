"""The image that interpreters of pyeryx begin from: CPython with everything loaded that jobs need.

`python -I -m headrace.sandbox.guest.pyeryx.image FOLDER` makes it: half a minute of processor and
550 MB of memory, once for each computer and release. Whoever wants it meanwhile goes without.
With `--behind` it uses what nobody else wants of the processor: on a busy computer that is hours.
"""

from __future__ import annotations

import ctypes
import fcntl
import hashlib
import os
import platform
import signal
import sys
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Final

PR_SET_PDEATHSIG: Final = 1
"""linux/prctl.h"""

BEHIND: Final = "--behind"

PARTS: Final = {
    "headrace.sandbox.guest.inside": Path(__file__).parents[1] / "inside.py",
    "headrace.sandbox.guest.pyeryx.around": Path(__file__).with_name("around.py"),
}
LOADER: Final = """
import sys, types
for name, text in {parts!r}.items():
    module = sys.modules[name] = types.ModuleType(name)
    exec(compile(text, name, "exec"), module.__dict__)
"""


def root_of(folder: Path) -> Path:
    """Where the image is; pyeryx unpacks its standard library beside it."""
    return folder / f"pyeryx-{version('pyeryx')}"


def file_of(folder: Path) -> Path:
    """Its file: another one for every other content."""
    facts = [platform.machine(), platform.node(), *(path.read_text() for path in PARTS.values())]
    return root_of(folder) / f"{hashlib.sha256(repr(facts).encode()).hexdigest()[:32]}.image"


def make(folder: Path) -> None:
    """Make it, unless it is there; whoever comes second waits for the first."""
    root, file = root_of(folder), file_of(folder)
    _end_with_parent()
    os.umask(0o022)
    root.mkdir(exist_ok=True)
    os.environ["TMPDIR"] = str(root)  # noqa: TID251 - there pyeryx unpacks what it brings
    with (root / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if file.exists():
            return
        import eryx  # noqa: PLC0415 - not before it knows where to unpack

        texts = {name: path.read_text() for name, path in PARTS.items()}
        part = file.with_suffix(f".{os.getpid()}")
        eryx.SandboxFactory(setup_code=LOADER.format(parts=texts)).save(part)
        part.replace(file)


def _end_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


if __name__ == "__main__" and find_spec("eryx") is not None:
    if BEHIND in sys.argv:
        os.nice(19)
    make(Path(sys.argv[1]))
