"""How a hosted page looks and who may show it: the parameters that forms and chats share."""

from __future__ import annotations

from typing import Any, Literal, Protocol, TypeAlias

from headrace_sdk import Theme, fields
from headrace_sdk.fields import show_if
from headrace_sdk.pages import checked_color, checked_language, checked_origins, checked_picture

Scheme: TypeAlias = Literal["auto", "light", "dark"]


class Look(Protocol):
    """Parameters that have all of these."""

    language: str
    accent: str
    scheme: Scheme
    logo: str
    logo_text: str
    origins: list[str]


def language() -> Any:
    """The language that readers and spell checkers are told."""
    return fields.text("Language", "en", max_length=35, advanced=True, expression=False, half=True)


def accent() -> Any:
    """The colour of buttons and marks."""
    return fields.color("Colour", "", advanced=True, expression=False, half=True)


def scheme() -> Any:
    """Light or dark."""
    return fields.select(
        "Background",
        "auto",
        labels={"auto": "As the visitor's device", "light": "Light", "dark": "Dark"},
        advanced=True,
        expression=False,
        half=True,
    )


def logo() -> Any:
    """A picture."""
    return fields.text(
        "Logo",
        "",
        placeholder="https://example.com/logo.svg",
        help="The address of a picture, shown above the title.",
        max_length=2_000,
        advanced=True,
        expression=False,
    )


def logo_text() -> Any:
    """A name in place of the picture, or what the picture says."""
    return fields.text(
        "Above the title",
        "",
        help="Beside a logo: what readers are told it shows.",
        max_length=100,
        advanced=True,
        expression=False,
        half=True,
    )


def origins() -> Any:
    """Who may put the page into a frame."""
    return fields.tags(
        "Sites that may embed it",
        at_most=50,
        help="Such as https://example.com. None: any site.",
        show_if=show_if("access", "none"),
        advanced=True,
        expression=False,
    )


def theme_of(look: Look) -> Theme:
    """What the platform draws the page by.

    Raises:
        UserError: a value is not what its field asks for, with the field.
    """
    return Theme(
        accent=checked_color(look.accent, field="accent"),
        logo_text=look.logo_text,
        language=checked_language(look.language, field="language"),
        origins=checked_origins(look.origins, field="origins"),
        scheme=look.scheme,
        logo=checked_picture(look.logo, field="logo"),
    )
