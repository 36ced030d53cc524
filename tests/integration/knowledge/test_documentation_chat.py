"""A chatbot over documentation: three documents go in, ten questions are asked, answers cite."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import orjson
import pytest
from rest_framework.test import APIClient

from headrace.knowledge.measures import half
from headrace.workflows import actions as workflows
from tests.support.agents import agent
from tests.support.engine import ended, working
from tests.support.workflows import document, node

DOCUMENTS: Final = ("faults.md", "settings.md", "releases.md")
"""What somebody who mends the harbour's machines would put in."""
ASKED: Final = 10
ENOUGH: Final = 9

pytestmark = [pytest.mark.usefixtures("committed"), pytest.mark.timeout(120)]


@pytest.fixture
def bot(owner: Any, in_alpha: Any) -> str:
    """Chat, search as it comes, agent, answer with its five sources; published. The id."""
    search = {"collection": "Manual", "query": {"=": "{{ $json.message }}"}}
    asked = {"=": "{{ $json.message }}\n\n{{ $json.context }}"}
    fields = {"text": "{{ $json.answer }}", "sources": "{{ $json.passages }}"}
    given = [
        {"name": name, "type": "auto", "value": {"=": value}} for name, value in fields.items()
    ]
    drawn = document(
        [
            node("chat", "triggers.chat"),
            node("find", "knowledge.search", search),
            agent(model="offline", prompt=asked),
            node("answer", "data.edit_fields", {"keep": "none", "assignments": given}),
        ],
        "chat -> find",
        "find -> agent",
        "agent -> answer",
    )
    draft = workflows.create(owner, document=drawn)
    workflows.publish(owner, draft.row.id)
    return str(draft.row.id)


def headings(text: str) -> set[str]:
    """What the passages of a document are called."""
    return {line.strip("# ") for line in text.splitlines() if line.startswith("#")}


def questions(folder: Path, texts: Mapping[str, str]) -> Sequence[tuple[str, str]]:
    """Evenly chosen of those that nothing was tuned by and that these documents answer."""
    given = orjson.loads((folder / "questions.json").read_bytes())
    known = set().union(*(headings(text) for text in texts.values()))
    fitting = [(asked, place) for _, asked, place in half(given, is_tuning=False) if place in known]
    return [fitting[number * len(fitting) // ASKED] for number in range(ASKED)]


def ask(client: APIClient, bot: str, question: str) -> dict[str, Any]:
    """The answer in a conversation of its own."""
    place = f"workflows/{bot}/chats/{uuid4().hex}/"
    said = client.post(place, {"message": question, "key": uuid4().hex, "live": True})
    assert said.status_code == 201, said.json()
    ended(said.json()["execution_id"])
    (turn,) = client.get(place).json()["results"]
    return turn


def test_nine_of_ten_answers_cite_the_passage_that_is_right(
    bot, collection, give, index, api, settings, capsys
):
    folder = settings.ROOT / "fixtures/knowledge"
    texts = {name: (folder / "handbook" / name).read_text() for name in DOCUMENTS}
    manual, member, ranks, lines = collection(), api("member"), [], []
    for name, text in texts.items():
        assert give(manual, name, text).status_code == 201
    index()

    with working():
        for question, place in questions(folder, texts):
            turn = ask(member, bot, question)
            assert turn["status"] == "completed", turn
            cited = [one["title"] for one in turn["sources"]]
            found = next((n for n, one in enumerate(cited, 1) if one.endswith(place)), None)
            ranks.append(found)
            lines.append(f"[{found or '-'}] {question} | {cited}")
    right, first = ASKED - ranks.count(None), ranks.count(1)
    with capsys.disabled():
        sys.stdout.write(f"\n{right} of {ASKED} answers cite the right passage, {first} first.\n")

    assert right >= ENOUGH, "\n".join(lines)
