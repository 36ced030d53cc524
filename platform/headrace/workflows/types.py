"""What the workflows app tells others: frozen values, no rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from headrace.engine import Problem
from headrace_sdk.items import JsonObject


@dataclass(frozen=True, slots=True)
class Author:
    """Who changed something; the name as it was then."""

    id: UUID | None
    name: str


@dataclass(frozen=True, slots=True)
class WorkflowRow:
    """A workflow without its document."""

    id: UUID
    name: str
    revision: int
    node_count: int
    trigger_types: tuple[str, ...]
    published_version: int | None
    has_unpublished_changes: bool
    created_at: datetime
    updated_at: datetime
    updated_by: Author | None
    folder_id: UUID | None
    tags: tuple[str, ...]
    owner_id: UUID | None
    is_paused: bool = False

    @property
    def active(self) -> bool:
        """Are its triggers registered?"""
        return self.published_version is not None


@dataclass(frozen=True, slots=True)
class Draft:
    """A workflow with its document and what is wrong with it."""

    row: WorkflowRow
    document: JsonObject
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class VersionRef:
    """Names a version; `number` is `None` for a frozen draft."""

    id: UUID
    workflow_id: UUID
    kind: str
    number: int | None


@dataclass(frozen=True, slots=True)
class VersionRecord:
    """A version and its document."""

    ref: VersionRef
    workflow_name: str
    document: JsonObject
    created_at: datetime
    created_by: Author
    note: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """A version, or a revision of the draft that was kept; `ref` is `v3` or `r41`."""

    ref: str
    kind: str
    number: int | None
    at: datetime
    author: Author
    name: str
    note: str
