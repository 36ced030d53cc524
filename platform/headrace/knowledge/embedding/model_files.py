"""The files of all-MiniLM-L6-v2, and what is known of them."""

from __future__ import annotations

import hashlib
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from headrace.knowledge.errors import LocalModelBroken

NAME: Final = "all-MiniLM-L6-v2-int8"
DIM: Final = 384
MODEL_SHA256: Final = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
TOKENIZER_SHA256: Final = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
MAX_TOKENS: Final = 256
"""What the model was trained for; the rest of a longer text is not read."""


def tokenizer() -> Any:
    """The one that belongs to the model, as it was trained."""
    content = checked(Path(__file__).parent / "data" / "tokenizer.json", TOKENIZER_SHA256)
    return import_module("tokenizers").Tokenizer.from_str(content.decode())


def checked(file: Path, sha256: str) -> bytes:
    """The content of a file of the model.

    Raises:
        LocalModelBroken: it is another one.
    """
    content = file.read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise LocalModelBroken(file.name)
    return content
