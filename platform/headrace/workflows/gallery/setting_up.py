"""Makes a workflow of a template and the answers to its questions."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Mapping
from typing import Any, Final, cast
from uuid import UUID

import jsonpointer
from django.db import transaction

from headrace.accounts.permissions import require
from headrace.accounts.types import Actor
from headrace.credentials.queries import rows
from headrace.workflows.gallery import shelf
from headrace.workflows.gallery.errors import UnfitAnswers
from headrace.workflows.gallery.shelf import Question
from headrace.workflows.organising.folders import create_in
from headrace.workflows.types import WorkflowRow
from headrace_sdk.items import JsonObject, JsonValue

MOST_TEXT: Final = 500


@transaction.atomic
def set_up(
    actor: Actor, slug: str, answers: Mapping[str, str], *, folder: UUID | None = None
) -> WorkflowRow:
    """A new workflow. What is not answered stays open, and is named by the draft's problems.

    Raises:
        Forbidden, TemplateNotFound, FolderNotFound: as they say.
        UnfitAnswers: with a message for each that does not fit.
    """
    require(actor, "workflow.edit")
    template = shelf.one(slug)
    usable = {str(row.pk): row.type for row in rows(actor)}
    given: dict[str, JsonValue] = {}
    faults: dict[str, str] = {}
    known = {question.id: question for question in template.questions}
    for id_, text in answers.items():
        question = known.get(id_)
        if question is None:
            faults[id_] = "The template has no such question."
        elif text.strip():
            try:
                given[id_] = _value(question, text.strip(), usable)
            except ValueError as error:
                faults[id_] = str(error)
    if faults:
        raise UnfitAnswers(faults)
    document = _filled(template, given)
    return create_in(actor, folder, name=template.title, document=document).row


def _filled(template: shelf.Template, given: Mapping[str, JsonValue]) -> JsonObject:
    document = copy.deepcopy(template.document)
    nodes = {node["id"]: node for node in cast("list[dict[str, Any]]", document["nodes"])}
    for question in template.questions:
        for node, pointer in question.places if question.id in given else ():
            if question.kind == "credential":
                nodes[node].setdefault("credentials", {})
            jsonpointer.set_pointer(nodes[node], pointer, given[question.id])
    return document


def _value(question: Question, text: str, usable: Mapping[str, str]) -> JsonValue:
    """The answer as its places take it.

    Raises:
        ValueError: why it does not fit.
    """
    if len(text) > MOST_TEXT:
        message = f"Write at most {MOST_TEXT} characters."
        raise ValueError(message)
    if question.kind == "credential":
        if usable.get(text) not in question.types:
            message = "Choose a credential of a type that fits."
            raise ValueError(message)
        return text
    return _READ[question.kind](text)


def _matching(pattern: str, message: str) -> Callable[[str], JsonValue]:
    whole = re.compile(pattern)

    def read(text: str) -> JsonValue:
        if whole.fullmatch(text) is None:
            raise ValueError(message)
        return text

    return read


def _number(text: str) -> JsonValue:
    if re.fullmatch(r"-?\d{1,12}(\.\d{1,6})?", text, re.ASCII) is None:
        message = "Write a number."
        raise ValueError(message)
    return float(text) if "." in text else int(text)


_READ: Final[Mapping[str, Callable[[str], JsonValue]]] = {
    "text": lambda text: text,
    "number": _number,
    "email": _matching(r"[^@\s]+@[^@\s]+", "Write an e-mail address."),
    "url": _matching(r"https?://[^\s/]+\S*", "Write an address with https:// or http://."),
    "time": _matching(r"([01]\d|2[0-3]):[0-5]\d", "Write a time such as 07:30."),
}
