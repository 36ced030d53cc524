"""Who else may use or edit a credential."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from headrace.accounts import queries as accounts
from headrace.accounts.permissions import require
from headrace.accounts.types import Actor
from headrace.audit import actions as audit
from headrace.credentials import queries, rows
from headrace.credentials.errors import NoSuchMember
from headrace.credentials.models import Share
from headrace.credentials.types import CredentialRow, Level, ShareRow


@transaction.atomic
def share(
    actor: Actor, credential_id: UUID, *, everybody: Level | None, people: Sequence[ShareRow]
) -> CredentialRow:
    """Replace what everybody, and people by name, may do with it. Its owner stays.

    Raises:
        Forbidden, CredentialNotFound: as they say.
        NoSuchMember: one of the people is not here.
    """
    require(actor, "credential.share")
    row = rows.reachable(actor, credential_id, Level.EDIT, lock=True)
    members = {member.person_id for member in accounts.members()}
    for index, one in enumerate(people):
        if one.person_id not in members:
            raise NoSuchMember(index)
    row.everybody = everybody or ""
    row.save(update_fields=["everybody"])
    Share.objects.filter(credential=row).delete()
    wanted = {one.person_id: one.level for one in people}
    for person_id, level in wanted.items():
        Share(credential=row, person_id=person_id, level=level).save(force_insert=True)
    facts = {
        "name": row.name,
        "everybody": row.everybody or None,
        "people": {str(person_id): str(level) for person_id, level in wanted.items()},
    }
    audit.record(actor.value, "credential.shared", "credential", row.id, facts)
    return queries.credential(actor, row.id)
