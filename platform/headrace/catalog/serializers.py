"""The shapes of the catalogue in OpenAPI."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from headrace.accounts.http import Input


class OptionsInput(Input):
    """What is filled in so far."""

    params = serializers.DictField(required=False, default=dict)
    credentials = serializers.DictField(
        child=serializers.CharField(max_length=100), required=False, default=dict
    )


class OptionShape(serializers.Serializer[Any]):
    """One choice."""

    value = serializers.JSONField()
    label = serializers.CharField()


class OptionsShape(serializers.Serializer[Any]):
    """The choices of a parameter."""

    options = OptionShape(many=True)
