"""What provisioning tells its caller."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prepared:
    """The state after `prepare`. `password` is known only to who made the owner."""

    created: bool
    email: str
    password: str | None
    sign_in_url: str
