"""Shapes of the credentials API: values go in, and never come out."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from headrace.accounts.http import Input


class CredentialInput(Input):
    """A new credential."""

    name = serializers.CharField(max_length=100)
    type = serializers.CharField(max_length=100)
    data = serializers.DictField(write_only=True)  # type: ignore[assignment] # a field
    hosts = serializers.ListField(
        child=serializers.CharField(max_length=253), required=False, max_length=50
    )


class CredentialChange(Input):
    """What is to change. `data` replaces every field."""

    name = serializers.CharField(max_length=100, required=False)
    data = serializers.DictField(required=False, write_only=True)  # type: ignore[assignment] # a field
    hosts = serializers.ListField(
        child=serializers.CharField(max_length=253), required=False, max_length=50
    )


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
