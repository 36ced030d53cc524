"""What the variables app tells others, and its limits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

MOST_VARIABLES: Final = 200
MOST_TEXT: Final = 4_000
"""Characters of a value: what an execution reads goes into the first event of its log."""

NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}", re.ASCII)
"""What can stand behind `$vars.`, in any language that will ever read it."""


@dataclass(frozen=True, slots=True)
class VariableRow:
    """A variable as it is now."""

    id: UUID
    name: str
    value: str
    description: str
    updated_at: datetime
    updated_by: str
