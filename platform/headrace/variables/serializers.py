"""The shapes of the variables API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from headrace.accounts.http import Input
from headrace.variables.types import MOST_TEXT, NAME


class VariableInput(Input):
    """`POST variables/`."""

    name = serializers.CharField(max_length=64)
    value = serializers.CharField(max_length=MOST_TEXT, allow_blank=True, trim_whitespace=False)
    description = serializers.CharField(max_length=200, allow_blank=True, required=False)

    def validate_name(self, name: str) -> str:
        """Only what can stand behind a dot."""
        if NAME.fullmatch(name) is None:
            message = "Use letters, digits and _; begin with a letter, as in SHOP_URL."
            raise serializers.ValidationError(message)
        return name


class VariableChange(Input):
    """`PATCH variables/{id}/`."""

    value = serializers.CharField(
        max_length=MOST_TEXT, allow_blank=True, trim_whitespace=False, required=False
    )
    description = serializers.CharField(max_length=200, allow_blank=True, required=False)


class ReaderShape(serializers.Serializer[Any]):
    """A workflow that names it."""

    id = serializers.UUIDField()
    name = serializers.CharField()


class VariableShape(serializers.Serializer[Any]):
    """A variable; expressions read it as `$vars.<name>`."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    value = serializers.CharField(allow_blank=True)
    description = serializers.CharField(allow_blank=True)
    updated_at = serializers.DateTimeField()
    updated_by = serializers.CharField(allow_blank=True)
    used_by = ReaderShape(many=True)


class VariablesShape(serializers.Serializer[Any]):
    """All of them on one page."""

    results = VariableShape(many=True)
    next = serializers.CharField(allow_null=True)
