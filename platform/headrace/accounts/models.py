"""Rows of people: memberships, invitations, keys, sessions. All shared by the tenants."""

from __future__ import annotations

from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower, Now

from headrace.accounts.types import Role
from headrace.tenants.ids import new_id

ROLES = [(role.value, role.value) for role in Role]


class Person(AbstractBaseUser):
    """Somebody who signs in by e-mail address. Rights come from memberships."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200, default="", blank=True)
    is_active = models.BooleanField(default=True)
    preferences = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[BaseUserManager[Self]] = BaseUserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        """Addresses differ by more than case."""

        verbose_name_plural = "people"
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="one_person_an_email")
        ]

    def __str__(self) -> str:
        return self.email


class Membership(models.Model):
    """A person in a tenant."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    tenant = models.ForeignKey("tenants.Tenant", on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=10, choices=ROLES)
    joined_at = models.DateTimeField(db_default=Now())
    is_active = models.BooleanField(default=True)

    class Meta:
        """One role a person and tenant."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "person"], name="one_membership_a_person")
        ]


class Invitation(models.Model):
    """Somebody who was asked in and has not answered. Only the hash of the link is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey("tenants.Tenant", on_delete=models.CASCADE, related_name="+")
    email = models.EmailField()
    role = models.CharField(max_length=10, choices=ROLES)
    secret_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.CharField(max_length=200)
    created_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()

    class Meta:
        """One a tenant and address, which is stored in lower case."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "email"], name="one_invitation_an_email")
        ]


class BrowserSession(models.Model):
    """A browser in which a person is signed in at a tenant, beside Django's own session row."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    session_key = models.CharField(max_length=40, unique=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    tenant = models.ForeignKey("tenants.Tenant", on_delete=models.CASCADE, related_name="+")
    address = models.CharField(max_length=45)
    agent = models.CharField(max_length=300)
    started_at = models.DateTimeField(db_default=Now())
    seen_at = models.DateTimeField(db_default=Now())


class ApiKey(models.Model):
    """A key for programs. It never allows more than its owner's role allows at that moment."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey("tenants.Tenant", on_delete=models.CASCADE, related_name="+")
    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=16, unique=True)
    secret_hash = models.CharField(max_length=64)
    scopes = models.JSONField(null=True)
    role = models.CharField(max_length=10, choices=ROLES)
    created_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)


class SignInToken(models.Model):
    """A link that works once: to sign in, or to set a password. Only the hash is kept."""

    SIGN_IN: ClassVar = "sign_in"
    PASSWORD: ClassVar = "password"  # noqa: S105 - a purpose, not a password

    secret_hash = models.CharField(primary_key=True, max_length=64)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    tenant = models.ForeignKey("tenants.Tenant", on_delete=models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=10, default=SIGN_IN)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class SignInFailures(models.Model):
    """Failed sign-ins since `since`, counted for an address, a host, or both together."""

    key = models.CharField(primary_key=True, max_length=64)
    failures = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(db_default=Now())
