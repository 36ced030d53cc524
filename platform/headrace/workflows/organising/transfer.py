"""Workflows as files: out with the names of their credentials, in with those of this tenant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, cast
from uuid import UUID

from django.db import transaction

from headrace.accounts.permissions import require
from headrace.accounts.types import Actor
from headrace.credentials.queries import as_row, rows
from headrace.workflows import document as documents
from headrace.workflows.models import Workflow
from headrace.workflows.organising.errors import ImportRefused
from headrace.workflows.organising.folders import create_in
from headrace_sdk.items import JsonObject, JsonValue

BUNDLE: Final = "headrace/workflows/1"
"""The format of a file with several workflows: `{"format", "workflows": [document]}`."""

MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Imported:
    """What was made, and the slots for which no credential of that name and type is here."""

    workflows: list[JsonObject] = field(default_factory=list)
    missing: list[JsonObject] = field(default_factory=list)


def exported(actor: Actor, ids: Sequence[UUID]) -> JsonObject:
    """The drafts as one document, or as a bundle where there are several.

    Slots hold `{"name", "type"}` of a credential instead of its id, which means nothing elsewhere.

    Raises:
        Forbidden: the actor may not see workflows.
        ImportRefused: none of them is there.
    """
    require(actor, "workflow.view")
    known = {str(row.id): row for row in (as_row(actor, one) for one in rows(actor))}
    drafts = Workflow.objects.filter(pk__in=ids, deleted_at=None).order_by("name")
    found: list[JsonValue] = []
    for draft in drafts:
        content = documents.load(draft.document)
        for _, slots in _slots(content):
            for slot, chosen in slots.items():
                row = known.get(str(chosen))
                name, kind = (row.name, row.type) if row else ("", "")
                slots[slot] = {"name": name, "type": kind}
        found.append(content)
    if not found:
        message = "None of these workflows is there any more."
        raise ImportRefused(message)
    if len(ids) == 1:
        return cast("JsonObject", found[0])
    return {"format": BUNDLE, "workflows": found}


@transaction.atomic
def imported(actor: Actor, given: JsonObject, folder: UUID | None) -> Imported:
    """Make the workflows of a file, all or none.

    Raises:
        Forbidden, FolderNotFound, InvalidDocument: as they say.
        ImportRefused: it holds none, or too many.
    """
    require(actor, "workflow.edit")
    by_name = {(row.name, row.type): str(row.pk) for row in rows(actor)}
    answer = Imported()
    for content in _documents(given):
        missing = _chosen_here(content, by_name)
        row = create_in(actor, folder, document=content).row
        answer.workflows.append({"id": str(row.id), "name": row.name})
        answer.missing.extend({"workflow": str(row.id), **one} for one in missing)
    return answer


def _documents(given: JsonObject) -> list[JsonObject]:
    if given.get("format") == documents.FORMAT:
        return [given]
    found = given.get("workflows")
    is_bundle = given.get("format") == BUNDLE and isinstance(found, list)
    whole = [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
    if not is_bundle or not whole:
        message = f'Send a document of format "{documents.FORMAT}", or several as "{BUNDLE}".'
        raise ImportRefused(message)
    if len(whole) > MOST:
        message = f"A file brings at most {MOST} workflows."
        raise ImportRefused(message)
    return whole


def _chosen_here(content: JsonObject, by_name: Mapping[tuple[str, str], str]) -> list[JsonObject]:
    """Put ids for names into a document; the slots for which there is none are emptied."""
    missing: list[JsonObject] = []
    known = set(by_name.values())
    for node, slots in _slots(content):
        for slot, chosen in [*slots.items()]:
            named = chosen if isinstance(chosen, dict) else {}
            name, kind = str(named.get("name") or ""), str(named.get("type") or "")
            here = by_name.get((name, kind)) or (chosen if str(chosen) in known else None)
            if here:
                slots[slot] = here
                continue
            del slots[slot]
            missing.append({"node": node, "slot": slot, "name": name, "type": kind})
    return missing


def _slots(content: JsonObject) -> Iterator[tuple[str, JsonObject]]:
    """The name and the credentials of each node that has any."""
    nodes = content.get("nodes")
    for node in nodes if isinstance(nodes, list) else ():
        slots = node.get("credentials") if isinstance(node, dict) else None
        if isinstance(node, dict) and isinstance(slots, dict):
            yield str(node.get("name") or ""), slots
