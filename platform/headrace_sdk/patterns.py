"""Regular expressions that users write, matched in linear time.

Python's `re` backtracks: a short pattern can hold a worker for hours. pydantic carries Rust's
`regex` engine, which cannot; it knows no look-around and no back-references.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from pydantic_core import SchemaError, SchemaValidator, core_schema

from headrace_sdk.errors import UserError

MAX_LENGTH: Final = 2_000


def matches(pattern: str, text: str, *, ignore_case: bool = False) -> bool:
    """Does the pattern occur in the text?

    Raises:
        UserError: it is not a pattern of this engine; `invalid_pattern`.
    """
    return _compiled(f"(?i){pattern}" if ignore_case else pattern).isinstance_python(text)


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> SchemaValidator:
    if len(pattern) > MAX_LENGTH:
        message = f"The pattern is longer than {MAX_LENGTH} characters."
        raise UserError(message, code="invalid_pattern")
    schema = core_schema.str_schema(pattern=pattern, regex_engine="rust-regex", strict=True)
    try:
        return SchemaValidator(schema)
    except SchemaError as error:
        reason = str(error).strip().rpartition("error: ")[2].splitlines()[0]
        message = f"The pattern {pattern[:80]!r} cannot be used: {reason}."
        raise UserError(message, code="invalid_pattern") from None
