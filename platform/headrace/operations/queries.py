"""Reads of the operations app."""

from __future__ import annotations

from uuid import UUID

from headrace.operations.models import Operator


def is_operator(person_id: UUID) -> bool:
    """Does the person stand in the operators' table?"""
    return Operator.objects.filter(person_id=person_id).exists()
