"""Headers that users write: checked, so that none can smuggle in another (CWE-93)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from headrace_sdk.errors import UserError
from headrace_sdk.forms import NameValue

_NAME: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}")  # a token of RFC 9110, 5.6.2
_VALUE: Final = re.compile(r"[^\x00-\x08\x0a-\x1f\x7f]{0,8000}")


def checked_headers(rows: Iterable[NameValue], *, field: str = "headers") -> dict[str, str]:
    """Names and values of the rows; rows without a name are left out.

    Raises:
        UserError: a name or value that HTTP does not allow; `invalid_header`.
    """
    headers: dict[str, str] = {}
    for row in rows:
        if not row.name:
            continue
        if not _NAME.fullmatch(row.name) or not _VALUE.fullmatch(row.value):
            message = (
                f"The header {row.name[:60]!r} cannot be sent: names are letters, digits and "
                "dashes, values are one line."
            )
            raise UserError(message, field=field, code="invalid_header")
        headers[row.name] = row.value
    return headers
