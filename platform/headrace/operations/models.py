"""Rows of the operations app."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class Operator(models.Model):
    """Somebody who runs this installation. No role in any tenant makes one (T-020)."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    since = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return str(self.person)
