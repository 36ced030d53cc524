"""`manage.py migrate` is `migrate_schemas`: no schema is migrated by accident."""

from __future__ import annotations

from django.db.migrations.autodetector import MigrationAutodetector

from headrace.tenants.management.commands import migrate_schemas


class Command(migrate_schemas.Command):
    """The same command under Django's name."""

    autodetector = MigrationAutodetector
