"""What people and sessions need from other apps, bound once in `headrace.conf.wiring`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


class OperatorCheck(Protocol):
    """Knows who runs this installation."""

    def __call__(self, person_id: UUID) -> bool:
        """May this person open the operators' pages?"""


def _nobody(person_id: UUID) -> bool:
    """Stands in until it is wired."""
    del person_id
    return False


@dataclass(slots=True)
class Ports:
    """The bound implementations."""

    is_operator: OperatorCheck = _nobody


ports = Ports()
