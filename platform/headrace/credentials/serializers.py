"""Shapes of the credentials API: values go in, and never come out."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from headrace.accounts.http import Input
from headrace.credentials.types import DATABASE, Level

_LEVELS = [level.value for level in Level]
_END = "The last day on which the other side takes it, where that is known."


class CredentialInput(Input):
    """A new credential."""

    name = serializers.CharField(max_length=100)
    type = serializers.CharField(max_length=100)
    data = serializers.DictField(write_only=True)  # type: ignore[assignment] # a field
    hosts = serializers.ListField(
        child=serializers.CharField(max_length=253), required=False, max_length=50
    )
    source = serializers.CharField(  # type: ignore[assignment] # a field
        max_length=20,
        default=DATABASE,
        help_text="Where the secret values are; with another than database, `data` names them.",
    )
    expires_on = serializers.DateField(required=False, allow_null=True, help_text=_END)


class CredentialChange(Input):
    """What is to change. `data` replaces every field."""

    name = serializers.CharField(max_length=100, required=False)
    data = serializers.DictField(required=False, write_only=True)  # type: ignore[assignment] # a field
    hosts = serializers.ListField(
        child=serializers.CharField(max_length=253), required=False, max_length=50
    )
    expires_on = serializers.DateField(required=False, allow_null=True, help_text=_END)


class ShareInput(Input):
    """What one person may do."""

    person_id = serializers.UUIDField()
    level = serializers.ChoiceField(_LEVELS)


class SharingInput(Input):
    """Who may do what, besides its owner and admins. It replaces what was so."""

    everybody = serializers.ChoiceField(_LEVELS, allow_null=True)
    people = serializers.ListField(child=ShareInput(), max_length=500)


class AuthorizationInput(Input):
    """What an OAuth 2 provider sent a browser back with."""

    state = serializers.CharField(max_length=300)
    code = serializers.CharField(max_length=4_000, default="", allow_blank=True)
    error = serializers.CharField(max_length=200, default="", allow_blank=True)


class ConnectShape(serializers.Serializer[Any]):
    """Where a person gives consent, and what must be registered there."""

    url = serializers.CharField()
    callback = serializers.CharField()


class TestShape(serializers.Serializer[Any]):
    """What came of a test; `tried` is off where its type knows no way to."""

    ok = serializers.BooleanField(source="is_ok")
    tried = serializers.BooleanField(source="was_tried")
    message = serializers.CharField()
    code = serializers.CharField()


class ShareShape(serializers.Serializer[Any]):
    """What one person may do."""

    person_id = serializers.UUIDField()
    level = serializers.ChoiceField(_LEVELS)


class UseShape(serializers.Serializer[Any]):
    """A workflow that names the credential."""

    id = serializers.UUIDField()
    name = serializers.CharField()


class CredentialShape(serializers.Serializer[Any]):
    """A credential without its values."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    type = serializers.CharField()
    hosts = serializers.ListField(child=serializers.CharField())
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    has_value = serializers.BooleanField()
    used_by = UseShape(many=True)
    used_by_models = UseShape(many=True)
    source = serializers.CharField()  # type: ignore[assignment] # a field
    owner_id = serializers.UUIDField(allow_null=True)
    everybody = serializers.ChoiceField(_LEVELS, allow_null=True)
    shares = ShareShape(many=True)
    level = serializers.ChoiceField(_LEVELS, help_text="What you may do with it.")
    connection = serializers.ChoiceField(
        ["none", "connected", "expired"],
        allow_null=True,
        help_text="Of types that are connected to an account.",
    )
    expires_on = serializers.DateField(allow_null=True, help_text=_END)
