"""Files as rows, in the process that is made for it."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import Any, Final

from headrace_sdk.documents import NotThatKind, pages_of_pdf, paragraphs_of_docx, rows_of_xlsx
from headrace_sdk.errors import UserError
from headrace_sdk.items import JsonObject, JsonValue
from headrace_sdk.strict_json import InvalidJson, check, loads

MAX_ROWS: Final = 200_000
MAX_FIELD: Final = 1_000_000
SEPARATORS: Final = ",;\t|"


def read(given: Any, content: bytes) -> tuple[JsonValue, bytes]:
    """The rows of one file as objects; `given` is the form's values and the kind."""
    rows: list[JsonValue] = []
    limit = min(given["limit"] or MAX_ROWS, MAX_ROWS)
    try:
        for row in _READERS[given["kind"]](given, content):
            if len(rows) == limit:
                if given["limit"]:
                    break
                message = f"The file has more than {MAX_ROWS} rows. Read it in parts."
                raise UserError(message, field="limit", code="too_many_rows")
            check(row)
            rows.append(row)
    except UserError:
        raise
    except (InvalidJson, NotThatKind, csv.Error, zipfile.BadZipFile, ValueError, KeyError) as error:
        raise _broken(given["kind"], error) from None
    except RecursionError:
        raise _broken(given["kind"], "it is nested too deep") from None
    return rows, b""


def _broken(kind: str, error: object) -> UserError:
    reason = " ".join(str(error).split())[:300].rstrip(".")
    message = f"The file cannot be read as {kind.upper()}: {reason}. Check Format."
    return UserError(message, field="kind", code="unreadable_file")


def _text(given: Any, content: bytes) -> str:
    wanted = given["charset"]
    if wanted:
        try:
            return content.decode(wanted)
        except (LookupError, UnicodeDecodeError):
            message = f"the text is not {wanted[:40]}"
            raise NotThatKind(message) from None
    for charset in (
        "utf-8-sig",
        "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8",
    ):
        try:
            return content.decode(charset)
        except UnicodeDecodeError:
            continue
    return content.decode("cp1252", errors="replace")


def _csv(given: Any, content: bytes) -> Iterator[JsonObject]:
    text = _text(given, content).replace("\0", "")
    csv.field_size_limit(MAX_FIELD)
    first = text[:20_000].partition("\n")[0]
    separator = given["separator"] or max(SEPARATORS, key=first.count)
    return _with_names(given, iter(csv.reader(io.StringIO(text, newline=""), delimiter=separator)))


def _with_names(given: Any, rows: Iterator[Any]) -> Iterator[JsonObject]:
    names: list[str] | None = None
    for cells in rows:
        values = [_plain(cell) for cell in cells]
        if not any(value not in (None, "") for value in values):
            continue
        if names is None and given["header"]:
            names = _unique([str(value or "").strip() for value in values])
            continue
        known = names or []
        row = dict.fromkeys(known, None) | dict(zip(known, values, strict=False))
        for place in range(len(known), len(values)):
            row[f"column_{place + 1}"] = values[place]
        yield row


def _unique(names: list[str]) -> list[str]:
    found: list[str] = []
    for place, name in enumerate(names):
        free = name or f"column_{place + 1}"
        count = 2
        while free in found:
            free, count = f"{name}_{count}", count + 1
        found.append(free)
    return found


def _plain(value: Any) -> JsonValue:
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def _json(given: Any, content: bytes) -> Iterator[JsonObject]:
    value = loads(_text(given, content).encode())
    for element in value if isinstance(value, list) else [value]:
        yield _object(element)


def _json_lines(given: Any, content: bytes) -> Iterator[JsonObject]:
    for line in _text(given, content).split("\n"):
        if line.strip():
            yield _object(loads(line.encode()))


def _object(value: JsonValue) -> JsonObject:
    return value if isinstance(value, dict) else {"value": value}


def _whole_text(given: Any, content: bytes) -> Iterator[JsonObject]:
    yield {"text": _text(given, content).replace("\0", "\ufffd")}


def _xlsx(given: Any, content: bytes) -> Iterator[JsonObject]:
    return _with_names(given, rows_of_xlsx(content, given["sheet"]))


def _pdf(given: Any, content: bytes) -> Iterator[JsonObject]:
    for number, text in enumerate(pages_of_pdf(content), 1):
        yield {"page": number, "text": text}


def _docx(given: Any, content: bytes) -> Iterator[JsonObject]:
    yield {"text": "\n".join(paragraphs_of_docx(content))}


_READERS: Final[dict[str, Callable[[Any, bytes], Iterator[JsonObject]]]] = {
    "csv": _csv,
    "json": _json,
    "jsonl": _json_lines,
    "text": _whole_text,
    "xlsx": _xlsx,
    "pdf": _pdf,
    "docx": _docx,
}
