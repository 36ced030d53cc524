"""Rows of shared state. `owner` is the execution, workflow or tenant that shares the key.

Whoever changes a key locks its row first, so that two workers take turns. Times come from the
database's clock.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import ClassVar, Final

from django.db import models
from django.db.models.functions import Now

from headrace.tenants.models import TenantModel
from headrace_sdk.state import MAX_KEY

LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Keyed(TenantModel):
    """A row that is found by its key among those of one owner."""

    owner = models.UUIDField()
    key = models.CharField(max_length=MAX_KEY)

    class Meta(TenantModel.Meta):
        """One row a key."""

        abstract = True
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "key"], name="%(app_label)s_%(class)s_by_key")
        ]


class Entry(Keyed):
    """A value, JSON with sorted keys. Past `expires_at`, as a new row is, it counts as absent."""

    value = models.BinaryField(default=b"null")
    expires_at = models.DateTimeField(null=True, default=LONG_AGO)
    updated_at = models.DateTimeField(db_default=Now())

    class Meta(Keyed.Meta):
        """The purge reads by expiry."""

        indexes: ClassVar = [models.Index(fields=["expires_at"])]


class Answer(TenantModel):
    """What an operation answered; `id` names the operation, so it is carried out once."""

    execution_id = models.UUIDField()
    answer = models.BinaryField(null=True)
    given_at = models.DateTimeField(db_default=Now())

    class Meta(TenantModel.Meta):
        """The purge reads by age."""

        indexes: ClassVar = [models.Index(fields=["given_at"])]


class Bucket(Keyed):
    """A token bucket, as the time at which it will be full again (GCRA)."""

    full_at = models.DateTimeField(null=True)


class Lock(Keyed):
    """A lock. `tickets` numbers the line, `fence` the grants."""

    tickets = models.BigIntegerField(default=0)
    fence = models.BigIntegerField(default=0)
    slots = models.PositiveIntegerField(default=1)


class Place(TenantModel):
    """A run that holds a slot (it has a `fence`) or stands in line for one."""

    lock = models.ForeignKey(Lock, on_delete=models.CASCADE, related_name="places")
    execution_id = models.UUIDField(db_index=True)
    node = models.CharField(max_length=100)
    run = models.CharField(max_length=100)
    ticket = models.BigIntegerField()
    lease_s = models.FloatField()
    fence = models.BigIntegerField(null=True)
    expires_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        """A run stands in a line once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["lock", "execution_id", "node", "run"], name="one_place_a_run"
            )
        ]


class Breaker(Keyed):
    """A circuit breaker: open since `opened_at`; one run has tried it since `tried_at`."""

    failures = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)


class Burst(Keyed):
    """The key of bursts; `current` is the burst that is still open."""

    current = models.UUIDField(null=True)


class Gathering(TenantModel):
    """One burst. Its leader goes on with the items of all when it is due.

    Nobody joins after `closed_at`; the leader was given the items at `taken_at`.
    """

    burst = models.ForeignKey(Burst, on_delete=models.CASCADE, related_name="gatherings")
    leader = models.UUIDField()
    due_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)


class Member(TenantModel):
    """A run that joined a burst, with its items."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="members")
    execution_id = models.UUIDField()
    node = models.CharField(max_length=100)
    run = models.CharField(max_length=100)
    items = models.BinaryField()
    count = models.PositiveIntegerField()
    joined_at = models.DateTimeField(db_default=Now())

    class Meta(TenantModel.Meta):
        """A run joins once; members are read in their order."""

        indexes: ClassVar = [models.Index(fields=["execution_id", "node", "run"])]
