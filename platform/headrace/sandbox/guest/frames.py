"""How host and guest talk: a small JSON header, then bytes that neither side needs to look into.

Layout: header length (4 bytes), body length (8 bytes), header, body; numbers are big-endian.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from typing import Any, Final

SIZES: Final = struct.Struct(">IQ")
MAX_HEADER_BYTES: Final = 4 * 1024 * 1024

Header = dict[str, Any]
Wait = Callable[[], tuple[Header, bytes]]
"""Gives the next job, once there is one."""
Answer = Callable[[Header, bytes], None]
Read = Callable[[int], bytes]
"""Gives exactly so many bytes.

Raises:
    EOFError: the other side is gone.
"""


def pack(header: Header, body: bytes = b"") -> bytes:
    """One frame."""
    text = json.dumps(header).encode()
    return SIZES.pack(len(text), len(body)) + text + body


def unpack(read: Read, max_body_bytes: int) -> tuple[Header, bytes]:
    """The next frame.

    Raises:
        EOFError: the other side is gone.
        ValueError: it says something else than it should, or too much.
    """
    header_bytes, body_bytes = SIZES.unpack(read(SIZES.size))
    if header_bytes > MAX_HEADER_BYTES or body_bytes > max_body_bytes:
        message = "The frame is longer than it may be."
        raise ValueError(message)
    header = json.loads(read(header_bytes))
    if not isinstance(header, dict):
        message = "The header is no object."
        raise ValueError(message)  # noqa: TRY004 - one error for every wrong frame
    return header, read(body_bytes) if body_bytes else b""
