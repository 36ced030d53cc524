"""The templates that come with an installation, read from their files once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import orjson
from django.conf import settings

from headrace.workflows.gallery.errors import TemplateNotFound
from headrace_sdk.items import JsonObject

Kind = Literal["text", "email", "number", "url", "time", "credential"]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked before a template is used. Answers go to `places`: node id, JSON pointer.

    `types` are those of a credential that fit.
    """

    id: str
    kind: Kind
    title: str
    help: str
    default: str
    placeholder: str
    types: tuple[str, ...]
    places: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A workflow of everyday use; `description` is Markdown."""

    slug: str
    order: int
    title: str
    summary: str
    category: str
    description: str
    questions: tuple[Question, ...]
    document: JsonObject


@lru_cache(maxsize=1)
def every() -> tuple[Template, ...]:
    """All of them, in the order of the gallery."""
    folder = settings.ROOT / "fixtures" / "templates" / "gallery"
    found = [_read(path.stem, path.read_bytes()) for path in folder.glob("*.json")]
    return tuple(sorted(found, key=lambda one: one.order))


def one(slug: str) -> Template:
    """A template by its name in addresses.

    Raises:
        TemplateNotFound: there is none.
    """
    for template in every():
        if template.slug == slug:
            return template
    raise TemplateNotFound


def _read(slug: str, body: bytes) -> Template:
    told: dict[str, Any] = orjson.loads(body)
    return Template(
        slug=slug,
        order=told["order"],
        title=told["title"],
        summary=told["summary"],
        category=told["category"],
        description=told["description"],
        questions=tuple(_question(one) for one in told["asks"]),
        document=told["document"],
    )


def _question(told: dict[str, Any]) -> Question:
    return Question(
        id=told["id"],
        kind=told["kind"],
        title=told["title"],
        help=told["help"],
        default=told.get("default", ""),
        placeholder=told.get("placeholder", ""),
        types=tuple(told.get("types", ())),
        places=tuple((node, pointer) for node, pointer in told["places"]),
    )
