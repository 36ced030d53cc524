"""Form fields: one function per control that the editor has. This list is closed.

Each returns a pydantic field whose JSON Schema carries an `x-ui` object; the editor renders that
and knows no node by name. A new control is a function here and a component in the inspector.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from pydantic import Field
from pydantic.fields import FieldInfo

Widget = Literal[
    "text",
    "textarea",
    "code",
    "number",
    "toggle",
    "select",
    "multiselect",
    "tags",
    "key_value",
    "conditions",
    "assignments",
    "list",
    "json",
    "cron",
    "duration",
    "date",
    "color",
    "file",
    "workflow",
    "timezone",
    "credential",
    "model",
]
WIDGETS: Final[tuple[str, ...]] = Widget.__args__  # type: ignore[attr-defined]

_REQUIRED: Final = ...


@dataclass(frozen=True, slots=True)
class ShowIf:
    """Show a field only while a sibling field has one of these literal values."""

    field: str
    one_of: tuple[str | bool | int, ...]

    def to_json(self) -> dict[str, object]:
        """The form in which the editor reads it."""
        return {"field": self.field, "in": list(self.one_of)}


def show_if(field: str, *values: str | bool | int) -> ShowIf:
    """`show_if("mode", "cron")`: only while `mode` is `cron`."""
    return ShowIf(field, values)


@dataclass(frozen=True, slots=True)
class Hints:
    """What every control may carry besides its own options.

    `expression`: may the value be an expression. `half`: may share a row with its neighbour.
    `options_from`: name of the node's method that lists the options for a credential.
    """

    help: str = ""
    placeholder: str = ""
    show_if: ShowIf | None = None
    advanced: bool = False
    expression: bool = True
    half: bool = False
    options_from: str | None = None
    secret: bool = False


def _field(
    widget: Widget,
    default: object,
    label: str,
    hints: Mapping[str, Any],
    *,
    options: Mapping[str, object] | None = None,
    limits: Mapping[str, Any] | None = None,
) -> Any:
    known = Hints(**hints)
    ui: dict[str, object] = {"widget": widget, **(options or {})}
    if known.placeholder:
        ui["placeholder"] = known.placeholder
    if known.show_if:
        ui["show_if"] = known.show_if.to_json()
    if known.options_from:
        ui["options_from"] = known.options_from
    for flag in ("advanced", "half", "secret"):
        if getattr(known, flag):
            ui[flag] = True
    ui["expression"] = known.expression
    facts: dict[str, Any] = {
        "default_factory" if callable(default) else "default": default,
        "title": label,
        "description": known.help or None,
        "json_schema_extra": {"x-ui": ui},
    }
    return Field(**facts, **(limits or {}))


def ui_of(field_info: FieldInfo) -> Mapping[str, Any]:
    """The `x-ui` object of a field; empty for one that no function here made."""
    extra = field_info.json_schema_extra
    return extra.get("x-ui", {}) if isinstance(extra, dict) else {}  # type: ignore[return-value]


def text(
    label: str, default: object = _REQUIRED, *, max_length: int | None = 8_000, **hints: Any
) -> Any:
    """One line of text."""
    limits = {"max_length": max_length} if max_length else {}
    return _field("text", default, label, hints, limits=limits)


def textarea(label: str, default: object = _REQUIRED, *, rows: int = 4, **hints: Any) -> Any:
    """Several lines of text."""
    return _field("textarea", default, label, hints, options={"rows": rows})


def code(label: str, default: object = _REQUIRED, *, language: str = "json", **hints: Any) -> Any:
    """Source text with colours; `language` is `json`, `python`, `javascript`, `html` or `sql`."""
    return _field("code", default, label, hints, options={"language": language})


def number(
    label: str,
    default: object = _REQUIRED,
    *,
    minimum: float | None = None,
    maximum: float | None = None,
    unit: str = "",
    **hints: Any,
) -> Any:
    """A number, with its unit behind it."""
    limits = {"ge": minimum, "le": maximum}
    options = {"unit": unit} if unit else {}
    given = {name: value for name, value in limits.items() if value is not None}
    return _field("number", default, label, hints, options=options, limits=given)


def toggle(label: str, default: object = False, **hints: Any) -> Any:
    """On or off."""
    return _field("toggle", default, label, hints)


def select(
    label: str, default: object = _REQUIRED, *, labels: Mapping[str, str], **hints: Any
) -> Any:
    """One of a few; annotate with `Literal[...]`. `labels` names each value for people."""
    return _field("select", default, label, hints, options={"labels": dict(labels)})


def multiselect(
    label: str, default: object = list, *, labels: Mapping[str, str], **hints: Any
) -> Any:
    """Any of a few; annotate with `list[Literal[...]]`."""
    return _field("multiselect", default, label, hints, options={"labels": dict(labels)})


def tags(
    label: str, default: object = list, *, at_least: int = 0, at_most: int = 1_000, **hints: Any
) -> Any:
    """A list of short texts, such as field names."""
    limits = {"min_length": at_least, "max_length": at_most}
    return _field("tags", default, label, hints, limits=limits)


def key_value(label: str, default: object = list, **hints: Any) -> Any:
    """Rows of name and value; annotate with `list[NameValue]`."""
    return _field("key_value", default, label, hints)


def conditions(label: str, default: object = _REQUIRED, **hints: Any) -> Any:
    """The condition builder; annotate with `Conditions`."""
    return _field("conditions", default, label, hints)


def assignments(label: str, default: object = list, **hints: Any) -> Any:
    """Rows that set a field to a value of a type; annotate with `list[Assignment]`.

    With `options_from` the rows that its choices name are offered, typed and required as they say.
    """
    return _field("assignments", default, label, hints)


def rows(
    label: str,
    default: object = list,
    *,
    add: str = "Add",
    at_least: int = 0,
    at_most: int = 100,
    **hints: Any,
) -> Any:
    """A list of small forms; annotate with `list[SomeParams]`. `add` labels the button."""
    limits = {"min_length": at_least, "max_length": at_most}
    return _field("list", default, label, hints, options={"add": add}, limits=limits)


def json(label: str, default: object = _REQUIRED, **hints: Any) -> Any:
    """Any JSON value, checked while typing."""
    return _field("json", default, label, hints)


def cron(label: str, default: object = _REQUIRED, **hints: Any) -> Any:
    """A cron expression with its next times in plain words."""
    return _field("cron", default, label, {"expression": False, **hints})


def duration(
    label: str,
    default: object = _REQUIRED,
    *,
    minimum: float = 0,
    maximum: float | None = None,
    **hints: Any,
) -> Any:
    """A length of time in seconds, typed as number and unit."""
    limits = {"ge": minimum} if maximum is None else {"ge": minimum, "le": maximum}
    return _field("duration", default, label, hints, limits=limits)


def date(label: str, default: object = _REQUIRED, **hints: Any) -> Any:
    """A date with time, ISO 8601."""
    return _field("date", default, label, hints)


def color(label: str, default: object = _REQUIRED, **hints: Any) -> Any:
    """A colour, `#rrggbb`."""
    return _field("color", default, label, hints)


def file(label: str, default: object = "data", **hints: Any) -> Any:
    """The name of a file on the item."""
    return _field("file", default, label, hints)


def timezone(label: str, default: object = "", **hints: Any) -> Any:
    """An IANA time zone; empty means the workflow's own."""
    return _field("timezone", default, label, {"expression": False, **hints})


def workflow(label: str, default: object = _REQUIRED, **hints: Any) -> Any:
    """Another workflow, by id."""
    return _field("workflow", default, label, hints)


def choices(names: Sequence[str], label: Callable[[str], str] = str.capitalize) -> dict[str, str]:
    """Labels for a select whose values read well as they are."""
    return {name: label(name.replace("_", " ")) for name in names}
