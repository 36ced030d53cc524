"""Which providers are failing now, by what the ledger says: a circuit breaker without a state.

An account is down when its last calls all failed by the provider's own fault, the newest of them a
moment ago. After that moment one call finds out anew; if it fails the moment begins again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import Final

from headrace.llm.models import Call
from headrace.llm.types import Provider, State
from headrace.tenants.clock import database_now

FAILURES: Final = 5
COOL_DOWN: Final = timedelta(seconds=30)
OWN_FAULTS: Final = frozenset(
    {
        "llm_overloaded",
        "llm_provider_failed",
        "llm_timeout",
        "llm_connection_lost",
        "connect_failed",
        "name_lookup_failed",
    }
)
"""Codes of failures that the next call would meet, too, whatever it asks."""


def down_among(accounts: Iterable[str]) -> Collection[str]:
    """Those of these accounts whose provider is not worth asking now."""
    offline = f"{Provider.OFFLINE}:"
    wanted = sorted(set(accounts) - {offline})
    if not wanted:
        return ()
    now = database_now()
    failing = (
        Call.objects.filter(account__in=wanted, state=State.FAILED, error_code__in=OWN_FAULTS)
        .filter(ended_at__gt=now - COOL_DOWN)
        .values_list("account", flat=True)
        .distinct()
    )
    return {account for account in failing if _is_down(account)}


def _is_down(account: str) -> bool:
    ended = Call.objects.filter(account=account, is_cached=False).exclude(state=State.OPEN)
    last = ended.order_by("-started_at").values_list("error_code", flat=True)[:FAILURES]
    return len(last) == FAILURES and all(code in OWN_FAULTS for code in last)
