"""Makes the image of pyeryx, in a process of its own, where there is none yet."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from headrace.sandbox.guest.pyeryx.image import BEHIND
from headrace.sandbox.host.engines import PYERYX, Engine, image_file

MODULE: Final = "headrace.sandbox.guest.pyeryx.image"

logger = logging.getLogger(__name__)


def build(engines: Sequence[Engine], folder: Path | None) -> bool:
    """True when one of these engines is ready that was not; blocks until it is.

    Call it from a thread that lives as long: the process ends with it.
    """
    file = image_file(folder) if PYERYX in engines else None
    if folder is None or file is None or file.is_file():
        return False
    done = subprocess.run(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-I", "-m", MODULE, str(folder.resolve()), BEHIND],
        env={},
        cwd="/",
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    if not file.is_file():
        words = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        logger.warning("The image of pyeryx cannot be made: %s", words[:300])
    return file.is_file()
