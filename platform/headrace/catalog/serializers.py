"""The shapes of the catalogue in OpenAPI."""

from __future__ import annotations

from drf_spectacular.utils import inline_serializer
from rest_framework import serializers

from headrace.accounts.http import Input


class OptionsInput(Input):
    """What is filled in so far."""

    params = serializers.DictField(required=False, default=dict)
    credentials = serializers.DictField(
        child=serializers.CharField(max_length=100), required=False, default=dict
    )


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
