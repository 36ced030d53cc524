"""Rows of the vault. Nothing in them can be read without the master key."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from headrace.tenants.models import TenantModel


class TenantKey(TenantModel):
    """The tenant's key, wrapped by the master key that `master_key_id` names."""

    master_key_id = models.CharField(max_length=16)
    wrapped = models.BinaryField()
    is_current = models.BooleanField(default=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        """New credentials are sealed under one key."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["is_current"],
                condition=models.Q(is_current=True),
                name="one_current_tenant_key",
            )
        ]


class Credential(TenantModel):
    """A secret by name. Each version of `sealed` has a data key of its own, wrapped in `data_key`.

    `hosts` are the only hosts it may be sent to; empty means any. `everybody` is what every member
    may do with it, besides its owner and those in `shares`. `source` says where the secret values
    are; where they are not here, references to them are sealed in their place. `expires_on` is the
    day on which somebody wrote down that it ends, `warned_for` the one of which people were told.
    """

    name = models.CharField(max_length=100)
    type = models.CharField(max_length=100)
    hosts = models.JSONField(default=list)
    owner_id = models.UUIDField(null=True)
    everybody = models.CharField(max_length=4, default="use", blank=True)
    source = models.CharField(max_length=20, default="database")
    expires_on = models.DateField(null=True)
    warned_for = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)
    tenant_key = models.ForeignKey(TenantKey, on_delete=models.PROTECT, related_name="+")
    data_key = models.BinaryField()
    sealed = models.BinaryField()
    created_at = models.DateTimeField(db_default=Now())
    updated_at = models.DateTimeField(db_default=Now())


class Share(TenantModel):
    """What one person may do with a credential: `use` it, or also `edit` it."""

    credential = models.ForeignKey(Credential, on_delete=models.CASCADE, related_name="shares")
    person_id = models.UUIDField()
    level = models.CharField(max_length=4)

    class Meta:
        """One row a person."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["credential", "person_id"], name="one_share_of_a_person"
            )
        ]


class Grant(TenantModel):
    """The tokens that an OAuth 2 provider gave for a credential, sealed as its fields are.

    `failure` is the provider's word when it refused to renew them: a person must connect again.
    """

    credential = models.OneToOneField(Credential, on_delete=models.CASCADE, related_name="grant")
    version = models.PositiveIntegerField(default=0)
    tenant_key = models.ForeignKey(TenantKey, on_delete=models.PROTECT, related_name="+")
    data_key = models.BinaryField()
    sealed = models.BinaryField()
    expires_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=60, blank=True)
    updated_at = models.DateTimeField(db_default=Now())

    @property
    def type(self) -> str:
        """Bound into the ciphertext: tokens belong to one credential."""
        return f"grant of {self.credential_id}"
