"""Starts runs at planned times."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cronsim import CronSim, CronSimError
from pydantic import field_validator, model_validator

from headrace_sdk import (
    Arrival,
    Example,
    Item,
    JsonObject,
    Params,
    Registration,
    ScheduleRegistration,
    Trigger,
    fields,
)
from headrace_sdk.fields import show_if
from headrace_sdk.moments import as_moment
from headrace_sdk.summaries import shown

Unit = Literal["seconds", "minutes", "hours", "days", "weeks", "months", "cron"]
UNITS: Final = ("seconds", "minutes", "hours", "days", "weeks", "months")
SECONDS: Final = {"seconds": 1, "minutes": 60, "hours": 3_600}
LIMITS: Final = {"days": 31, "weeks": 52, "months": 12}
TIME: Final = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")

Weekday = Literal["1", "2", "3", "4", "5", "6", "0"]
WEEKDAYS: Final = {
    "1": "Monday",
    "2": "Tuesday",
    "3": "Wednesday",
    "4": "Thursday",
    "5": "Friday",
    "6": "Saturday",
    "0": "Sunday",
}


class Rule(Params):
    """One way to say when."""

    unit: Unit = fields.select(
        "Every",
        "days",
        labels={**fields.choices(UNITS), "cron": "Cron expression"},
        expression=False,
        half=True,
    )
    every: int = fields.number(
        "How many",
        1,
        minimum=1,
        maximum=10_000,
        help="Days are counted from the first of a month, months from January, weeks from "
        "Monday, 5 January 1970.",
        show_if=show_if("unit", "seconds", "minutes", "hours", "days", "weeks", "months"),
        expression=False,
        half=True,
    )
    time: str = fields.text(
        "At",
        "09:00",
        placeholder="09:00",
        show_if=show_if("unit", "days", "weeks", "months"),
        expression=False,
        half=True,
    )
    weekdays: list[Weekday] = fields.multiselect(
        "On",
        lambda: ["1"],
        labels=WEEKDAYS,
        show_if=show_if("unit", "weeks"),
        expression=False,
    )
    day: str = fields.text(
        "Day of the month",
        "1",
        help="1 to 31, or last. A month without that day is passed over.",
        show_if=show_if("unit", "months"),
        expression=False,
        half=True,
    )
    cron: str = fields.cron("Cron", "0 9 * * *", show_if=show_if("unit", "cron"))

    @field_validator("time")
    @classmethod
    def _is_a_time(cls, text: str) -> str:
        if not TIME.fullmatch(text):
            message = "Write the time as hour:minute, such as 09:00"
            raise ValueError(message)
        return text

    @model_validator(mode="after")
    def _is_possible(self) -> Self:
        if self.every > LIMITS.get(self.unit, self.every):
            message = f"At most {LIMITS[self.unit]} {self.unit}"
            raise ValueError(message)
        if self.unit == "weeks" and not self.weekdays:
            message = "Choose at least one weekday"
            raise ValueError(message)
        if self.expression and not _is_cron(self.expression):
            wrong = self.cron if self.unit == "cron" else self.day
            message = f"{wrong!r} cannot be planned"
            raise ValueError(message)
        return self

    @property
    def expression(self) -> str | None:
        """The rule in cron's words; `None` for an interval that the clock's face does not hold."""
        if self.unit == "cron":
            return self.cron
        if self.unit in SECONDS:
            return self._on_the_clock()
        hour, minute = self.time.split(":")
        at = f"{int(minute)} {int(hour)}"
        if self.unit == "days":
            return f"{at} {_step(self.every)} * *"
        if self.unit == "weeks":
            return f"{at} * * {','.join(self.weekdays)}"
        day = "L" if self.day.strip().lower() == "last" else self.day.strip()
        return f"{at} {day} {_step(self.every)} *"

    @property
    def weeks(self) -> int:
        """Of so many weeks one is meant."""
        return self.every if self.unit == "weeks" else 1

    def _on_the_clock(self) -> str | None:
        if self.unit == "minutes" and 60 % self.every == 0 and self.every < 60:
            return f"{_step(self.every)} * * * *"
        if self.unit == "hours" and 24 % self.every == 0 and self.every < 24:
            return f"0 {_step(self.every)} * * *"
        return None


class Form(Params):
    """When, and what if a time was missed."""

    rules: list[Rule] = fields.rows(
        "When", lambda: [Rule()], add="Add rule", at_least=1, at_most=20, expression=False
    )
    timezone: str = fields.timezone("Time zone", help="Empty: that of the workflow.")
    misfire: Literal["skip", "once", "all"] = fields.select(
        "Times that were missed",
        "once",
        labels={"skip": "Skip them", "once": "Run once for all", "all": "Run for each"},
        advanced=True,
        expression=False,
    )
    overlap: Literal["allow", "skip", "queue", "cancel"] = fields.select(
        "While a run still goes",
        "allow",
        labels={
            "allow": "Start another",
            "skip": "Skip the new one",
            "queue": "Start when it has ended",
            "cancel": "Cancel it and start",
        },
        advanced=True,
        expression=False,
    )
    jitter_s: float = fields.duration(
        "Spread over",
        0,
        maximum=3_600,
        help="Each time is put off by up to this much, so that not everything starts at once.",
        advanced=True,
        expression=False,
    )

    @field_validator("timezone")
    @classmethod
    def _is_a_zone(cls, name: str) -> str:
        if name and not _zone(name):
            message = "No such time zone; use a name such as Europe/Berlin"
            raise ValueError(message)
        return name


class Schedule(Trigger[Form]):
    """Starts runs at planned times: every so often, or by cron expressions.

    Several rules may stand side by side; each that is due starts a run. Times follow the time
    zone through daylight saving: a time that does not exist is moved, one that exists twice runs
    once. Minutes and hours that divide the clock evenly keep to it (every 15 minutes: at 0, 15,
    30 and 45).

    One item comes out: `planned_at` and `fired_at`, the `timezone`, and the planned time in its
    parts: `date`, `time`, `year`, `month`, `day`, `hour`, `minute`, `weekday` (1 = Monday) and
    `week`.
    """

    type = "triggers.schedule"
    title = "Schedule"
    category = "trigger"
    icon = "calendar-clock"
    synonyms = ("cron", "timer", "interval", "every", "daily", "clock", "time")
    output_schema = {
        "type": "object",
        "properties": {
            "planned_at": {"type": "string", "format": "date-time"},
            "fired_at": {"type": "string", "format": "date-time"},
            "timezone": {"type": "string"},
            "date": {"type": "string", "format": "date"},
            "time": {"type": "string"},
            "year": {"type": "integer"},
            "month": {"type": "integer"},
            "day": {"type": "integer"},
            "hour": {"type": "integer"},
            "minute": {"type": "integer"},
            "weekday": {"type": "integer"},
            "week": {"type": "integer"},
        },
    }
    Params = Form
    examples = (
        Example(
            "Every weekday at nine",
            {"rules": [{"unit": "weeks", "weekdays": ["1", "2", "3", "4", "5"], "time": "9:00"}]},
            [
                {
                    "planned_at": "2026-07-01T07:00:00+00:00",
                    "fired_at": "2026-07-01T07:00:00.2+00:00",
                    "timezone": "Europe/Berlin",
                }
            ],
            {
                "main": [
                    {
                        "planned_at": "2026-07-01T07:00:00+00:00",
                        "fired_at": "2026-07-01T07:00:00.2+00:00",
                        "timezone": "Europe/Berlin",
                        "date": "2026-07-01",
                        "time": "09:00:00",
                        "year": 2026,
                        "month": 7,
                        "day": 1,
                        "hour": 9,
                        "minute": 0,
                        "weekday": 3,
                        "week": 27,
                    }
                ]
            },
        ),
        Example("Every 90 seconds", {"rules": [{"unit": "seconds", "every": 90}]}),
        Example("By cron", {"rules": [{"unit": "cron", "cron": "0 6 1 * *"}]}),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The first rule."""
        rules = params.get("rules")
        first = rules[0] if isinstance(rules, list) and rules else {}
        if not isinstance(first, dict):
            return ""
        if first.get("unit") == "cron":
            return shown(first.get("cron", "0 9 * * *"))
        return f"Every {shown(first.get('every', 1))} {shown(first.get('unit', 'days'))}"

    @classmethod
    def register(cls, params: Form, node_id: str) -> Sequence[Registration]:
        """One registration for all cron rules of one rhythm of weeks, one for each interval."""
        expressions: dict[int, list[str]] = {}
        for rule in params.rules:
            if rule.expression:
                expressions.setdefault(rule.weeks, []).append(rule.expression)
        found = [
            _registration(params, cron=tuple(cron), every_weeks=weeks)
            for weeks, cron in expressions.items()
        ]
        found += [
            _registration(params, interval_s=float(rule.every * SECONDS[rule.unit]))
            for rule in params.rules
            if not rule.expression
        ]
        return found

    @classmethod
    def accept(cls, params: Form, arrival: Arrival) -> Sequence[Item]:
        """One item with the planned time and its parts."""
        if arrival.items is not None:
            return arrival.items
        return [Item(arrival.data | _parts(arrival.data))]


def _registration(
    params: Form,
    *,
    cron: tuple[str, ...] = (),
    every_weeks: int = 1,
    interval_s: float | None = None,
) -> ScheduleRegistration:
    return ScheduleRegistration(
        cron=cron,
        every_weeks=every_weeks,
        interval_s=interval_s,
        timezone=params.timezone,
        misfire=params.misfire,
        overlap=params.overlap,
        jitter_s=params.jitter_s,
    )


def _parts(data: JsonObject) -> JsonObject:
    planned = as_moment(data.get("planned_at"))
    if planned is None:
        return {}
    local = planned.astimezone(_zone(str(data.get("timezone"))) or UTC)
    return {
        "date": local.date().isoformat(),
        "time": local.time().isoformat(timespec="seconds"),
        "year": local.year,
        "month": local.month,
        "day": local.day,
        "hour": local.hour,
        "minute": local.minute,
        "weekday": local.isoweekday(),
        "week": local.isocalendar().week,
    }


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _is_cron(expression: str) -> bool:
    try:
        next(CronSim(expression, datetime(2026, 1, 1, tzinfo=UTC)))
    except (CronSimError, StopIteration):
        return False
    return len(expression.split()) == 5


def _step(every: int) -> str:
    return "*" if every == 1 else f"*/{every}"
