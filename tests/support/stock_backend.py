"""Settings with django-tenants' own backend in place of ours. One test runs them, and must fail."""

# ruff: noqa: F403, F405 - settings build upon settings
from __future__ import annotations

from headrace.conf.settings import *

DATABASES = {"default": {**DATABASES["default"], "ENGINE": "django_tenants.postgresql_backend"}}
