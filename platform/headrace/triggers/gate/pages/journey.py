"""Where somebody stands in a form of several pages: carried by the page itself, signed.

Nothing is stored before the last page, except uploads. The signature keeps answers and files from
being forged, and is what another site cannot have: it comes only with a page that one may see.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from django.core import signing

from headrace.tenants.context import current
from headrace.triggers.gate.lookup import Hook
from headrace_sdk.items import FileRef, JsonValue
from headrace_sdk.pages import FormStep
from headrace_sdk.texts import as_text

LASTS_S: Final = 12 * 3600
"""Filling in a form may take half a day; loose files stay for a whole one."""


class Expired(Exception):
    """What came back is too old, of another form or version, or was not made by us."""


@dataclass(slots=True)
class Journey:
    """`key` names one filling in: sent twice, it starts one run. `who` had signed in."""

    who: str
    version: str
    key: str = field(default_factory=lambda: secrets.token_urlsafe(18))
    begun_at: int = field(default_factory=lambda: int(time.time()))
    step: int = 0
    answers: dict[str, JsonValue] = field(default_factory=dict)
    files: dict[str, dict[str, Any]] = field(default_factory=dict)

    def file_refs(self) -> dict[str, FileRef]:
        """The uploads by field."""
        return {name: FileRef(**facts) for name, facts in self.files.items()}

    def sealed(self, hook: Hook) -> str:
        """For the hidden field of the page."""
        return signing.dumps(asdict(self), salt=_salt(hook), compress=True)

    def sealed_file(self, hook: Hook, name: str, facts: dict[str, Any]) -> str:
        """A file that was sent ahead, for this field of this filling in alone."""
        return signing.dumps([self.key, name, facts], salt=f"{_salt(hook)}:file")

    def unsealed_file(self, hook: Hook, name: str, text: JsonValue) -> dict[str, Any] | None:
        """Reads `sealed_file`'s form; `None` for anything else."""
        try:
            key, field_name, facts = signing.loads(str(text), salt=f"{_salt(hook)}:file")
        except signing.BadSignature:
            return None
        return dict(facts) if (key, field_name) == (self.key, name) else None


def opened(text: JsonValue, hook: Hook, who: str) -> Journey:
    """Reads `Journey.sealed`'s form.

    Raises:
        Expired: it may not be used here, now, or by this person.
    """
    try:
        facts = signing.loads(str(text), salt=_salt(hook))
    except signing.BadSignature as error:
        raise Expired from error
    journey = Journey(**facts)
    is_same = journey.who == who and journey.version == str(hook.version_id)
    if not is_same or time.time() - journey.begun_at > LASTS_S:
        raise Expired
    return journey


def _salt(hook: Hook) -> str:
    return f"form:{current().id}:{hook.workflow_id}:{hook.node}:{hook.listener is not None}"


def is_shown(step: FormStep, answers: Mapping[str, JsonValue]) -> bool:
    """Does the condition of this page hold?"""
    if step.only_if is None:
        return True
    name, wanted = step.only_if
    answer = answers.get(name)
    rows = answer if isinstance(answer, list) else [answer]
    return wanted in [as_text(row) for row in rows]


def next_step(
    steps: Sequence[FormStep], after: int, answers: Mapping[str, JsonValue]
) -> int | None:
    """The page that follows, `None` after the last."""
    later = (n for n in range(after + 1, len(steps)) if is_shown(steps[n], answers))
    return next(later, None)


def step_before(
    steps: Sequence[FormStep], step: int, answers: Mapping[str, JsonValue]
) -> int | None:
    """The page that one came from, `None` on the first."""
    earlier = (n for n in range(step - 1, -1, -1) if is_shown(steps[n], answers))
    return next(earlier, None)


def forget_hidden(steps: Sequence[FormStep], journey: Journey) -> None:
    """Drop the answers of pages that are not shown (any more), in order."""
    for step in steps:
        if not is_shown(step, journey.answers):
            for question in step.questions:
                journey.answers.pop(question.name, None)
                journey.files.pop(question.name, None)
