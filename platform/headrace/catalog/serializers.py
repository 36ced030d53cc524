"""The shapes of the catalogue in OpenAPI."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import inline_serializer
from rest_framework import serializers

from headrace.accounts.http import Input


class OptionsInput(Input):
    """What is filled in so far."""

    params = serializers.DictField(required=False, default=dict)
    credentials = serializers.DictField(
        child=serializers.CharField(max_length=100), required=False, default=dict
    )


class UpgradeInput(Input):
    """A node as it is stored."""

    version = serializers.IntegerField(min_value=1, max_value=1_000_000)
    params = serializers.DictField(required=False, default=dict)


class ParameterChangeShape(serializers.Serializer[Any]):
    """A parameter that comes, goes, or has another value."""

    name = serializers.CharField()
    change = serializers.ChoiceField(["added", "changed", "removed"])
    before = serializers.JSONField(allow_null=True)
    after = serializers.JSONField(allow_null=True)


class FaultShape(serializers.Serializer[Any]):
    """What is wrong where, as a JSON pointer into the parameters."""

    path = serializers.CharField(allow_blank=True)
    message = serializers.CharField()


class UpgradeShape(serializers.Serializer[Any]):
    """What the installed version makes of it; where it fails, `error` and no parameters."""

    type = serializers.CharField()
    from_version = serializers.IntegerField()
    to_version = serializers.IntegerField()
    params = serializers.DictField(allow_null=True)
    changes = ParameterChangeShape(many=True)
    faults = FaultShape(many=True)
    error = serializers.CharField(allow_null=True)


# Not a class: `label` is a name that serializers keep for themselves.
OptionsShape = inline_serializer(
    "Options",
    {
        "options": inline_serializer(
            "Option",
            {
                "value": serializers.JSONField(),
                "label": serializers.CharField(),
                "type": serializers.CharField(required=False),
                "required": serializers.BooleanField(required=False),
                "help": serializers.CharField(required=False, allow_blank=True),
            },
            many=True,
        )
    },
)
