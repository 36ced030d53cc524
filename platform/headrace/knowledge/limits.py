"""How much one tenant may keep, and how large its parts may be."""

from __future__ import annotations

from typing import Final

MAX_NAME: Final = 100
MAX_COLLECTIONS: Final = 200
MAX_DOCUMENTS: Final = 20_000
"""In one collection."""
MAX_CHUNKS: Final = 200_000
"""Of one tenant, over all collections."""
MAX_DOCUMENT_CHUNKS: Final = 20_000
MAX_SOURCE_BYTES: Final = 32 * 1024 * 1024
MAX_TEXT: Final = 5_000_000
"""Characters of a document once it is read."""
MAX_METADATA_BYTES: Final = 4_096
MAX_FIELD: Final = 64
MAX_CONDITIONS: Final = 20
MAX_QUERY: Final = 4_000
MAX_TOP: Final = 100
MAX_REMEMBERED_TEXT: Final = 20_000
MAX_SPACE: Final = 200
"""Characters of the name under which memories, examples and seen texts are kept."""
MAX_IN_SPACE: Final = 50_000
MAX_LABEL: Final = 200
MIN_CHUNK_TOKENS: Final = 32
MAX_CHUNK_TOKENS: Final = 1_000
