"""Rows as files, in a process of its own: large tables take their time."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from headrace_sdk.items import JsonObject, JsonValue
from headrace_sdk.lazy import lazy_module
from headrace_sdk.texts import as_text

if TYPE_CHECKING:
    import openpyxl
    import openpyxl.cell
else:
    openpyxl = lazy_module("openpyxl")

_NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
MAX_CELL: Final = 32_767
"""Characters that Excel allows in a cell."""


def write(given: Any, content: bytes) -> tuple[JsonValue, bytes]:
    """The bytes of a file with `rows`, in the format `kind`."""
    return None, _WRITERS[given["kind"]](given)


def _names(rows: list[JsonObject]) -> list[str]:
    """Every field, in the order in which they first come."""
    return list(dict.fromkeys(name for row in rows for name in row))


def _csv(given: Any) -> bytes:
    out = io.StringIO(newline="")
    names = _names(given["rows"])
    writer = csv.writer(out, delimiter=given["separator"])
    if given["header"]:
        writer.writerow([_harmless(name) for name in names])
    for row in given["rows"]:
        writer.writerow([_harmless(row.get(name)) for name in names])
    return (("\ufeff" if given["bom"] else "") + out.getvalue()).encode(errors="replace")


def _harmless(value: JsonValue) -> str:
    """Texts that a spreadsheet would run as a formula get a quote in front (CWE-1236)."""
    text = as_text(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text


def _xlsx(given: Any) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\\/*?:\[\]]", " ", given["sheet"])[:31] or "Sheet")
    names = _names(given["rows"])

    def cell(value: JsonValue) -> Any:
        if value is None or isinstance(value, bool | int | float):
            return value
        made = openpyxl.cell.WriteOnlyCell(sheet, value="")
        made.value = _NOT_IN_XML.sub("\ufffd", as_text(value))[:MAX_CELL]
        made.data_type = "s"
        return made

    if given["header"]:
        sheet.append([cell(name) for name in names])
    for row in given["rows"]:
        sheet.append([cell(row.get(name)) for name in names])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _json(given: Any) -> bytes:
    text = json.dumps(given["rows"], ensure_ascii=False, indent=2 if given["pretty"] else None)
    return text.encode(errors="replace")


def _json_lines(given: Any) -> bytes:
    lines = [json.dumps(row, ensure_ascii=False) for row in given["rows"]]
    return "".join(f"{line}\n" for line in lines).encode(errors="replace")


_WRITERS: Final[dict[str, Callable[[Any], bytes]]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "json": _json,
    "jsonl": _json_lines,
}
