"""Digests of items: the same for the same content, whoever made it and however it is stored."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import orjson

from headrace.executions import log
from headrace_sdk.items import Item

EMPTY: Final = ""


def digest_of(block: bytes) -> str:
    """SHA-256 over the items of an encoded block: their JSON and their files, not their lineage."""
    content: dict[str, Any] = orjson.loads(block)
    return _digest(content["j"], content.get("b") or {})


def digest_of_items(items: Sequence[Item]) -> str:
    """The same for items in hand; those without any have an empty digest."""
    return digest_of(log.encode_block(items)) if items else EMPTY


def combined(parts: Iterable[object]) -> str:
    """One digest of several facts, in order."""
    return hashlib.sha256(orjson.dumps(list(parts))).hexdigest()


def _digest(items: Sequence[Any], files: Mapping[str, Mapping[str, Any]]) -> str:
    named = {
        index: {name: [ref.get("name"), ref.get("sha256")] for name, ref in refs.items()}
        for index, refs in files.items()
    }
    body = orjson.dumps([items, named], option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(body).hexdigest()
