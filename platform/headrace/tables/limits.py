"""How much a tenant may keep in tables."""

from __future__ import annotations

from typing import Final

MAX_TABLES: Final = 200
MAX_COLUMNS: Final = 100
MAX_ROWS: Final = 100_000
"""Of one table: a tool for workflows, not a warehouse."""
MAX_ROW_BYTES: Final = 64 * 1024
MAX_NAME: Final = 100
MAX_IMPORT_BYTES: Final = 10 * 1024 * 1024
MAX_CONDITIONS: Final = 20
MAX_ANSWER_BYTES: Final = 16 * 1024 * 1024
"""Of all rows that one write of a run gives: they are kept for its next attempt."""
