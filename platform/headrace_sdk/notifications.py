"""Telling people: what a node hands over, and by which ways each of them wants to hear of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, Protocol

Urgency = Literal["low", "normal", "high"]
Way = Literal["in_app", "email", "webhook"]
URGENCIES: Final[tuple[Urgency, ...]] = ("low", "normal", "high")
WAYS: Final[tuple[Way, ...]] = ("in_app", "email", "webhook")
MAX_TITLE: Final = 200
MAX_TEXT: Final = 4_000
MAX_PEOPLE: Final = 200


@dataclass(frozen=True, slots=True)
class Note:
    """What people are told."""

    title: str
    text: str = ""
    urgency: Urgency = "normal"


@dataclass(frozen=True, slots=True)
class Recipient:
    """A member who is told, and by which ways; `webhook` is an address of that person's own.

    What is told in the app is kept already; the rest is left to the node.
    """

    email: str
    name: str
    ways: tuple[Way, ...]
    webhook: str = ""


class Notifications(Protocol):
    """The people of the tenant."""

    async def tell(self, to: Sequence[str], note: Note, *, item: int = 0) -> Sequence[Recipient]:
        """Keep a note for members, once for each item of the run; who they are.

        `to` holds e-mail addresses of members, roles (`role:admin`: those who have it or a
        stronger one), or `everyone`.

        Raises:
            UserError: `unknown_recipient`, no member is meant; or the note is too long.
        """
        ...
