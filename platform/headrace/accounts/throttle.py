"""Counts failed sign-ins and the like in the database: without Redis and over all processes."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import connection
from django.db.models.functions import Now

from headrace.accounts.errors import TooManyAttempts
from headrace.accounts.models import SignInFailures
from headrace.accounts.secrets import hashed

WINDOW_S: Final = 15 * 60
PER_ADDRESS_AND_HOST: Final = 10
PER_ADDRESS: Final = 100
PER_HOST: Final = 100
PER_KIND: Final = {"invite": 50, "invitation": 50, "forgotten at": 3, "forgotten from": 20}
"""What else is counted, each for one tenant, host or address in the same window."""

_COUNT: Final = """
insert into accounts_signinfailures as f (key, failures, since)
values (%(key)s, 1, clock_timestamp())
on conflict (key) do update set
    failures = case when f.since < clock_timestamp() - make_interval(secs => %(window)s)
                    then 1 else f.failures + 1 end,
    since = case when f.since < clock_timestamp() - make_interval(secs => %(window)s)
                 then clock_timestamp() else f.since end
"""


def refuse_if_exhausted(email: str, host: str) -> None:
    """Call before a password is looked at.

    Raises:
        TooManyAttempts: this address, this host, or both together failed too often lately.
    """
    limits = _limits(email, host)
    rows = SignInFailures.objects.filter(
        key__in=limits, since__gt=Now() - timedelta(seconds=WINDOW_S)
    )
    for row in rows:
        if row.failures >= limits[row.key]:
            raise TooManyAttempts(WINDOW_S)


def count_failure(email: str, host: str) -> None:
    """Call after a wrong password."""
    with connection.cursor() as cursor:
        for key in _limits(email, host):
            cursor.execute(_COUNT, {"key": key, "window": WINDOW_S})


def forgive(email: str, host: str) -> None:
    """Call after a right password: this address may err again from this host."""
    SignInFailures.objects.filter(key=_both(email, host)).delete()


def spend(kind: str, whose: str, refusal: str) -> None:
    """Count one of a kind in `PER_KIND`.

    Raises:
        TooManyAttempts: there were too many lately; `refusal` says of what.
    """
    refuse_if_spent(kind, whose, refusal)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"key": hashed(f"{kind} {whose}"), "window": WINDOW_S})


def refuse_if_spent(kind: str, whose: str, refusal: str) -> None:
    """Look without counting.

    Raises:
        TooManyAttempts: as for `spend`.
    """
    rows = SignInFailures.objects.filter(
        key=hashed(f"{kind} {whose}"), since__gt=Now() - timedelta(seconds=WINDOW_S)
    )
    if rows.filter(failures__gte=PER_KIND[kind]).exists():
        raise TooManyAttempts(WINDOW_S, refusal)


def _limits(email: str, host: str) -> dict[str, int]:
    return {
        _both(email, host): PER_ADDRESS_AND_HOST,
        hashed(f"address {email.lower()}"): PER_ADDRESS,
        hashed(f"host {host}"): PER_HOST,
    }


def _both(email: str, host: str) -> str:
    return hashed(f"both {email.lower()} {host}")
