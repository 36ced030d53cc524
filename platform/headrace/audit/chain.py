"""How the record is chained: each entry's HMAC covers the entry before it."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC
from typing import TYPE_CHECKING, Any

from django.conf import settings

from headrace.tenants.context import current

if TYPE_CHECKING:
    from headrace.audit.models import Entry


def canonical(facts: Mapping[str, Any]) -> str:
    """JSON with sorted keys. Characters that PostgreSQL cannot hold become U+FFFD."""
    text = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    text = text.replace("\\u0000", "\ufffd")
    return text.encode("utf-8", errors="replace").decode()


def link(previous: str, entry: Entry) -> str:
    """HMAC-SHA256 of an entry and the hash before it, in hex.

    The key comes from the installation's secret, which is not in the database: who can write
    rows cannot forge them.
    """
    body = [
        previous,
        entry.seq,
        entry.at.astimezone(UTC).isoformat(),
        entry.actor_kind,
        str(entry.actor_id),
        entry.actor_label,
        entry.action,
        entry.object_type,
        entry.object_id,
        entry.facts,
        entry.outcome,
        entry.address,
        entry.request_id,
    ]
    message = json.dumps(body, ensure_ascii=True, separators=(",", ":")).encode()
    return hmac.new(_key(), message, hashlib.sha256).hexdigest()


def _key() -> bytes:
    context = f"headrace audit {current().id}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), context, hashlib.sha256).digest()
