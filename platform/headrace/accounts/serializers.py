"""Shapes of the accounts API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from headrace.accounts.http import Input
from headrace.accounts.types import Role

ROLES = [role.value for role in Role]


class SignInInput(Input):
    """E-mail address and password."""

    email = serializers.EmailField(max_length=254)
    password = serializers.CharField(max_length=1000, trim_whitespace=False)


class OneTimeInput(Input):
    """The token of a sign-in link."""

    token = serializers.CharField(max_length=200)


WAYS = ("in_app", "email", "webhook")


class NotificationWishesInput(Input):
    """By which ways to hear of what, by urgency; `webhook` is an address of one's own.

    `failures` are the ways for workflows that fail by themselves: at the bell if it is not given,
    none if it is empty.
    """

    low = serializers.ListField(child=serializers.ChoiceField(WAYS), max_length=3)
    normal = serializers.ListField(child=serializers.ChoiceField(WAYS), max_length=3)
    high = serializers.ListField(child=serializers.ChoiceField(WAYS), max_length=3)
    failures = serializers.ListField(
        child=serializers.ChoiceField(["in_app", "email"]), max_length=2, required=False
    )
    webhook = serializers.URLField(max_length=500, allow_blank=True)


class PreferencesInput(Input):
    """What a person chose for the interface; only what is given changes."""

    theme = serializers.ChoiceField(["light", "dark", "system"], required=False)
    inspector_layout = serializers.DictField(
        child=serializers.FloatField(min_value=0, max_value=10_000), required=False
    )
    notifications = NotificationWishesInput(required=False)


class MemberInput(Input):
    """Another role, or whether the member may come in; only what is given changes."""

    role = serializers.ChoiceField(ROLES, required=False)
    is_active = serializers.BooleanField(required=False)


class ApiKeyInput(Input):
    """A new key. Without scopes it may do all that its role may."""

    name = serializers.CharField(max_length=100)
    scopes = serializers.ListField(
        child=serializers.CharField(max_length=50), allow_null=True, required=False, max_length=100
    )
    role = serializers.ChoiceField(ROLES, required=False)
    expires_at = serializers.DateTimeField(allow_null=True, required=False)


class HandOverInput(Input):
    """Where to."""

    tenant = serializers.SlugField(max_length=40)


class LinkShape(serializers.Serializer[Any]):
    """An address to go to."""

    url = serializers.URLField()


class PlaceShape(serializers.Serializer[Any]):
    """A tenant of the person, and the address that leads there."""

    slug = serializers.CharField()
    name = serializers.CharField()
    url = serializers.URLField()


class PlacesShape(serializers.Serializer[Any]):
    """The person's tenants."""

    results = PlaceShape(many=True)


class PersonShape(serializers.Serializer[Any]):
    """A person."""

    id = serializers.UUIDField()
    email = serializers.EmailField()
    name = serializers.CharField()


class TenantShape(serializers.Serializer[Any]):
    """A tenant."""

    id = serializers.UUIDField()
    slug = serializers.CharField()
    name = serializers.CharField()


class WhereShape(serializers.Serializer[Any]):
    """Whose sign-in page this is; the bare host's belongs to no tenant.

    `can_mail`: who forgot their password gets a letter.
    """

    tenant = TenantShape(allow_null=True)
    can_mail = serializers.BooleanField()


class SessionShape(serializers.Serializer[Any]):
    """Who is signed in, where, and what they may do."""

    person = PersonShape(allow_null=True)
    tenant = TenantShape()
    role = serializers.ChoiceField(ROLES)
    permissions = serializers.ListField(child=serializers.CharField())
    preferences = serializers.DictField()
    operators_url = serializers.URLField(allow_null=True)
    multi_tenant = serializers.BooleanField()
    csrf_token = serializers.CharField()
    version = serializers.CharField()


class MemberShape(serializers.Serializer[Any]):
    """A member of the tenant."""

    id = serializers.UUIDField()
    person_id = serializers.UUIDField()
    email = serializers.EmailField()
    name = serializers.CharField()
    role = serializers.ChoiceField(ROLES)
    joined_at = serializers.DateTimeField()
    is_active = serializers.BooleanField()


class ApiKeyShape(serializers.Serializer[Any]):
    """A key without its secret."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    prefix = serializers.CharField()
    scopes = serializers.ListField(child=serializers.CharField(), allow_null=True)
    role = serializers.ChoiceField(ROLES)
    owner_name = serializers.CharField()
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField(allow_null=True)
    last_used_at = serializers.DateTimeField(allow_null=True)


class NewApiKeyShape(ApiKeyShape):
    """A new key with its text, which is shown this once."""

    key = serializers.CharField()
