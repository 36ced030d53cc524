"""Reads, writes and computes with dates."""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from headrace_sdk import (
    Context,
    Example,
    Inputs,
    JsonObject,
    JsonValue,
    Node,
    Outputs,
    Params,
    ParamSet,
    UserError,
    fields,
)
from headrace_sdk.fields import choices, show_if
from headrace_sdk.mapping import map_items, with_field
from headrace_sdk.summaries import shown
from nodes.data.date_formats import DAYS, parsed, written
from nodes.data.date_math import UNITS, Unit, between, end_of, is_business_day, moved, start_of

Operation = Literal["format", "add", "difference", "start", "end", "parts", "now"]
OF_A_DATE = ("format", "add", "difference", "start", "end", "parts")
GIVING_A_DATE = ("format", "add", "start", "end", "now")
PARTS = ("year", "quarter", "month", "week", "day", "hour", "minute")


class Form(Params):
    """What to compute of which date."""

    operation: Operation = fields.select(
        "Operation",
        "format",
        labels={
            "format": "Read and write",
            "add": "Add or subtract",
            "difference": "Time between two dates",
            "start": "Beginning of a period",
            "end": "End of a period",
            "parts": "Take apart",
            "now": "Now",
        },
        expression=False,
    )
    value: str = fields.text(
        "Date",
        "",
        placeholder="2026-01-31T08:00:00Z",
        help="ISO 8601, or seconds or milliseconds since 1970.",
        show_if=show_if("operation", *OF_A_DATE),
    )
    pattern: str = fields.text(
        "Format of the date",
        "",
        placeholder="dd.MM.yyyy HH:mm",
        help="Only where the date is written otherwise.",
        show_if=show_if("operation", *OF_A_DATE),
        advanced=True,
    )
    amount: int = fields.number(
        "Add",
        1,
        minimum=-10_000_000_000,
        maximum=10_000_000_000,
        help="Negative: subtract.",
        show_if=show_if("operation", "add"),
        half=True,
    )
    other: str = fields.text(
        "Until",
        "",
        placeholder="2026-02-28",
        help="The later date; what comes out is negative where it is earlier.",
        show_if=show_if("operation", "difference"),
    )
    unit: Unit = fields.select(
        "In",
        "days",
        labels=choices(UNITS),
        show_if=show_if("operation", "add", "difference"),
        half=True,
    )
    part: Literal["year", "quarter", "month", "week", "day", "hour", "minute"] = fields.select(
        "Of the",
        "month",
        labels=choices(PARTS),
        show_if=show_if("operation", "start", "end"),
        half=True,
    )
    holidays: list[str] = fields.tags(
        "Holidays",
        placeholder="2026-12-25",
        help="Days besides Saturday and Sunday that are no business days.",
        show_if=show_if("operation", "add", "difference", "parts"),
        advanced=True,
    )
    output: str = fields.text(
        "Written as",
        "",
        placeholder="yyyy-MM-dd",
        help="Such as dd.MM.yyyy HH:mm, EEE d MMM, or X for seconds since 1970. Empty: ISO 8601.",
        show_if=show_if("operation", *GIVING_A_DATE),
    )
    timezone: str = fields.timezone(
        "Time zone", help="Dates without an offset are read in it, and all are written in it."
    )
    field: str = fields.text(
        "Into the field", "date", help="The result stands there.", advanced=True
    )


class DateTime(Node[Form]):
    """Reads and writes dates, adds to them, counts between them.

    Days, weeks, months and years keep the time on the wall when clocks change; hours, minutes and
    seconds are exact. A month later than 31 January is the last day of February. **Business
    days** are Monday to Friday without the holidays you list. **Take apart** gives year, month,
    day, hour, weekday, week, quarter and whether it is a business day.

    To go different ways by a date use **If**, which compares dates, too.
    """

    type = "data.date_time"
    title = "Date & Time"
    category = "data"
    icon = "calendar-clock"
    synonyms = ("date", "format", "timezone", "duration", "business days", "weekday", "luxon")
    Params = Form
    examples = (
        Example(
            "A date for people",
            {
                "value": "2026-03-01T07:30:00Z",
                "output": "EEE d MMM yyyy, HH:mm",
                "timezone": "Europe/Berlin",
            },
            [{"id": 1}],
            {"main": [{"id": 1, "date": "Sun 1 Mar 2026, 08:30"}]},
        ),
        Example(
            "Due in ten business days",
            {
                "operation": "add",
                "value": "2026-12-18",
                "amount": 10,
                "unit": "business_days",
                "holidays": ["2026-12-25", "2027-01-01"],
                "output": "yyyy-MM-dd",
                "field": "due",
            },
            [{}],
            {"main": [{"due": "2027-01-05"}]},
        ),
        Example(
            "Age in years",
            {
                "operation": "difference",
                "value": "24.12.1990",
                "pattern": "dd.MM.yyyy",
                "other": "2026-12-23",
                "unit": "years",
                "field": "age",
            },
            [{"name": "Ada"}],
            {"main": [{"name": "Ada", "age": 35}]},
        ),
        Example(
            "Last moment of the quarter",
            {"operation": "end", "value": "2026-02-10", "part": "quarter"},
            [{}],
            {"main": [{"date": "2026-03-31T23:59:59.999+00:00"}]},
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The operation and the date."""
        operation = str(params.get("operation") or "format")
        return f"{operation} {shown(params.get('value'))}".strip().replace("\n", " ")

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """Every item with the result."""
        own = ctx.execution.timezone
        return await map_items(
            ctx,
            inputs.main,
            lambda index, item: with_field(
                item.json, params[index].field or "date", _computed(params[index], ctx.now, own)
            ),
        )


def _computed(form: Form, now: datetime, own_zone: str) -> JsonValue:
    zone = _zone(form.timezone or own_zone)
    if form.operation == "now":
        return _shown(now.astimezone(zone), form.output)
    moment = parsed(form.value, form.pattern, zone).astimezone(zone)
    match form.operation:
        case "difference":
            other = parsed(form.other, "" if _is_iso(form.other) else form.pattern, zone)
            return between(moment, other, form.unit, _holidays(form))
        case "parts":
            return _parts(moment, form)
        case "add":
            moment = moved(moment, form.amount, form.unit, _holidays(form))
        case "start":
            moment = start_of(moment, form.part)
        case "end":
            moment = end_of(moment, form.part)
        case _:
            pass
    return _shown(moment, form.output)


def _is_iso(text: str) -> bool:
    return text[:4].isdigit() and text[4:5] == "-"


def _shown(moment: datetime, pattern: str) -> str:
    return written(moment, pattern) if pattern else moment.isoformat(timespec="milliseconds")


def _parts(moment: datetime, form: Form) -> JsonObject:
    return {
        "year": moment.year,
        "quarter": (moment.month - 1) // 3 + 1,
        "month": moment.month,
        "week": moment.isocalendar().week,
        "day": moment.day,
        "weekday": DAYS[moment.weekday()],
        "day_of_year": moment.timetuple().tm_yday,
        "hour": moment.hour,
        "minute": moment.minute,
        "second": moment.second,
        "offset": written(moment, "ZZ"),
        "timestamp_ms": int(moment.timestamp() * 1000),
        "is_business_day": is_business_day(moment.date(), _holidays(form)),
    }


def _holidays(form: Form) -> frozenset[date]:
    return frozenset(parsed(day, "", UTC).date() for day in form.holidays)


@lru_cache(maxsize=256)
def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        message = f"{name[:60]!r} is no time zone. Use a name such as Europe/Berlin or UTC."
        raise UserError(message, field="timezone", code="unknown_timezone") from None
