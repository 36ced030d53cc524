"""Draws a page: template, style sheet, colours and the policy under which a browser shows it.

Every page is sandboxed into an origin of its own (S-036). Text reaches it through autoescaped
templates only, and of a theme nothing but checked colours reaches the style sheet (S-037).
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.template.loader import render_to_string

from headrace.triggers.gate.http import Answer
from headrace_sdk.pages import Theme, origin_of

ACCENT: Final = "#1f5fbf"
NOBODY: Final = "'none'"
HTML: Final = "text/html; charset=utf-8"
WITH_SCRIPT: Final = "allow-scripts allow-popups allow-popups-to-escape-sandbox"
"""A link of an answer opens a tab of its own, which is no more ours than any page."""

_COLOR: Final = re.compile(r"#[0-9A-Fa-f]{6}")
_FOLDER: Final = Path(__file__).parent


def page(
    template: str,
    facts: Mapping[str, Any],
    *,
    theme: Theme,
    status: int = 200,
    may_post_to: Sequence[str] = ("'self'",),
    is_framed: bool = False,
    scripts: Sequence[str] = (),
) -> Answer:
    """The answer that shows a template of `pages/`. `may_post_to` are sources of its forms.

    `is_framed` lets other sites show it in a frame: those that the theme names, or all. `scripts`
    are files beside this one, run as one.
    """
    nonce = secrets.token_urlsafe(16)
    accent = accent_of(theme)
    shown = {
        **facts,
        "theme": theme,
        "nonce": nonce,
        "accent": accent,
        "on_accent": readable_on(accent),
        "style": asset("page.css"),
        "script": "\n".join(asset(script) for script in scripts),
    }
    body = render_to_string(f"pages/{template}.html", shown)
    framed_by = (theme.origins or ("*",)) if is_framed else ()
    policy = _policy(nonce, may_post_to, framed_by, has_script=bool(scripts))
    pictures = f"; img-src {origin_of(theme.logo)}" if theme.logo else ""
    return Answer(status, body.encode(), HTML, policy=policy + pictures)


@dataclass(frozen=True, slots=True)
class Framed(Theme):
    """A theme for a page that another one shows: without a card and margins around it."""

    is_embedded: bool = True


def framed(theme: Theme) -> Framed:
    """The same theme inside of another page."""
    return Framed(**asdict(theme))


def accent_of(theme: Theme) -> str:
    """Its colour, or ours where it has none."""
    return theme.accent if _COLOR.fullmatch(theme.accent) else ACCENT


@cache
def asset(name: str) -> str:
    """The text of a file beside this one."""
    return (_FOLDER / name).read_text(encoding="utf-8")


def readable_on(color: str) -> str:
    """Black or white, whichever has the higher contrast on `#rrggbb` (WCAG 2.1, 1.4.3).

    The better of the two has at least 4.58 on any colour.
    """
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#000000" if (luminance + 0.05) / 0.05 > 1.05 / (luminance + 0.05) else "#ffffff"


def _policy(
    nonce: str, may_post_to: Sequence[str], framed_by: Sequence[str], *, has_script: bool
) -> str:
    allowed = "sandbox allow-forms allow-downloads"
    parts = [
        f"{allowed} {WITH_SCRIPT}" if has_script else allowed,
        "default-src 'none'",
        f"style-src 'nonce-{nonce}'",
        "base-uri 'none'",
        f"form-action {' '.join(may_post_to)}",
        f"frame-ancestors {' '.join(framed_by) or NOBODY}",
    ]
    if has_script:
        parts += [f"script-src 'nonce-{nonce}'", "connect-src 'self'"]
    return "; ".join(parts)
