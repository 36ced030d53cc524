"""Shapes of invitations, roles, passwords and open sessions over HTTP."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from headrace.accounts.http import Input
from headrace.accounts.serializers import ROLES


class InvitationInput(Input):
    """Whom to ask in, and as what."""

    email = serializers.EmailField(max_length=254)
    role = serializers.ChoiceField(ROLES)


class OfferInput(Input):
    """The token of an invitation."""

    token = serializers.CharField(max_length=200)


class AcceptInput(Input):
    """The token, with the password that somebody new chooses or somebody known has."""

    token = serializers.CharField(max_length=200)
    password = serializers.CharField(max_length=1000, trim_whitespace=False)
    name = serializers.CharField(max_length=200, required=False, allow_blank=True)


class ForgottenInput(Input):
    """Whose password is forgotten."""

    email = serializers.EmailField(max_length=254)


class NewPasswordInput(Input):
    """The token of a link, and the password to set."""

    token = serializers.CharField(max_length=200)
    password = serializers.CharField(max_length=1000, trim_whitespace=False)


class ChangePasswordInput(Input):
    """The present password and the one to set."""

    current = serializers.CharField(max_length=1000, trim_whitespace=False)
    password = serializers.CharField(max_length=1000, trim_whitespace=False)


class PersonInput(Input):
    """What a person is called."""

    name = serializers.CharField(max_length=200, allow_blank=True)


class InvitationShape(serializers.Serializer[Any]):
    """An invitation that nobody has accepted yet."""

    id = serializers.UUIDField()
    email = serializers.EmailField()
    role = serializers.ChoiceField(ROLES)
    invited_by = serializers.CharField()
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    is_expired = serializers.BooleanField()


class SentInvitationShape(InvitationShape):
    """An invitation with its link, which is in this answer and nowhere else."""

    link = serializers.URLField()
    mailed = serializers.BooleanField()


class OfferShape(serializers.Serializer[Any]):
    """What an invitation offers; `is_known`: the address has a password already."""

    email = serializers.EmailField()
    role = serializers.ChoiceField(ROLES)
    invited_by = serializers.CharField()
    tenant = serializers.CharField()
    is_known = serializers.BooleanField()


class RoleShape(serializers.Serializer[Any]):
    """A role and every right that it has."""

    role = serializers.ChoiceField(ROLES)
    permissions = serializers.ListField(child=serializers.CharField())


class RolesShape(serializers.Serializer[Any]):
    """The roles, the strongest first."""

    results = RoleShape(many=True)


class BrowserSessionShape(serializers.Serializer[Any]):
    """A browser in which one is signed in."""

    id = serializers.UUIDField()
    address = serializers.CharField()
    agent = serializers.CharField()
    started_at = serializers.DateTimeField()
    seen_at = serializers.DateTimeField()
    is_this = serializers.BooleanField()
