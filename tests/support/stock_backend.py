"""Settings with django-tenants' own backend in place of ours, used as its documentation says.

Nothing but a test that must then fail runs with these.
"""

# ruff: noqa: F403, F405 - settings build upon settings
from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from headrace.conf.settings import *
from headrace.tenants import context

DATABASES = {"default": {**DATABASES["default"], "ENGINE": "django_tenants.postgresql_backend"}}

_our_tenant = context.tenant


@contextmanager
def _tenant(ref: context.TenantRef) -> Iterator[context.TenantRef]:
    from django_tenants.utils import schema_context  # noqa: PLC0415 - it reads the settings

    with _our_tenant(ref), schema_context(ref.schema):
        yield ref


context.tenant = _tenant
