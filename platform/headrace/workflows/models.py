"""Rows of the workflows app: the draft, its revisions, its immutable versions.

Documents are stored as JSON bytes, not `jsonb`: the order of keys is the user's, and any
character survives.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower, Now

from headrace.tenants.models import TenantModel


class Folder(TenantModel):
    """A place for workflows, in another folder or at the top."""

    name = models.CharField(max_length=100)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="inner")

    class Meta:
        """A name is given once in each place."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["parent", "name"], nulls_distinct=False, name="one_folder_a_name"
            )
        ]


class Tag(TenantModel):
    """A word by which workflows are found. Workflows hold the ids of theirs."""

    name = models.CharField(max_length=40)
    color = models.CharField(max_length=10)

    class Meta:
        """A name is given once, however it is written."""

        constraints: ClassVar = [
            models.UniqueConstraint(Lower("name"), name="one_tag_a_name"),
        ]


class Workflow(TenantModel):
    """One workflow and its draft. `revision` grows by one with every save."""

    name = models.CharField(max_length=200)
    document = models.BinaryField()
    digest = models.CharField(max_length=64)
    revision = models.PositiveIntegerField(default=1)
    node_count = models.PositiveIntegerField(default=0)
    trigger_types = models.JSONField(default=list)
    variables = models.JSONField(default=list)
    published = models.ForeignKey(
        "workflows.Version", null=True, on_delete=models.PROTECT, related_name="+"
    )
    folder = models.ForeignKey(Folder, null=True, on_delete=models.PROTECT, related_name="+")
    tags = models.JSONField(default=list)
    owner_id = models.UUIDField(null=True)
    created_at = models.DateTimeField(db_default=Now())
    updated_at = models.DateTimeField(db_default=Now())
    updated_by_id = models.UUIDField(null=True)
    updated_by_name = models.CharField(max_length=200, default="")
    deleted_at = models.DateTimeField(null=True)
    active_before_id = models.UUIDField(null=True)
    """The version that was active when it was deleted, to be so again if that is undone."""
    is_paused = models.BooleanField(default=False)
    """New executions of its versions wait; those that have begun go on."""

    class Meta:
        """Lists are read newest change first, or by name."""

        indexes: ClassVar = [
            models.Index(fields=["-updated_at", "-id"]),
            models.Index(fields=["name", "id"]),
        ]


class Revision(TenantModel):
    """A state of a draft: what a late save is compared with, and what people may go back to."""

    class Kept(models.TextChoices):
        """Why it stays when others of its age go; empty where it does not."""

        SESSION = "session"
        RESTORED = "restored"
        IMPORTED = "imported"
        CREATED = "created"

    workflow = models.ForeignKey(Workflow, on_delete=models.CASCADE, related_name="revisions")
    revision = models.PositiveIntegerField()
    document = models.BinaryField()
    kept = models.CharField(max_length=10, choices=Kept.choices, default="")
    name = models.CharField(max_length=200, default="")
    saved_at = models.DateTimeField(db_default=Now())
    saved_by_id = models.UUIDField(null=True)
    saved_by_name = models.CharField(max_length=200, default="")

    class Meta:
        """One row a revision."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workflow", "revision"], name="one_row_a_revision")
        ]


class Version(TenantModel):
    """An immutable document that executions run. Drafts are frozen once per content."""

    class Kind(models.TextChoices):
        """Why the version exists."""

        PUBLISHED = "published"
        DRAFT = "draft"

    workflow = models.ForeignKey(Workflow, on_delete=models.CASCADE, related_name="versions")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    number = models.PositiveIntegerField(null=True)
    digest = models.CharField(max_length=64)
    document = models.BinaryField()
    name = models.CharField(max_length=200, default="")
    note = models.CharField(max_length=500, default="")
    created_at = models.DateTimeField(db_default=Now())
    created_by_id = models.UUIDField(null=True)
    created_by_name = models.CharField(max_length=200, default="")

    class Meta:
        """Published versions are numbered, drafts are addressed by their content."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workflow", "number"], name="one_version_a_number"),
            models.UniqueConstraint(
                fields=["workflow", "digest"],
                condition=models.Q(kind="draft"),
                name="one_draft_version_a_content",
            ),
        ]
