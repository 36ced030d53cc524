"""What is remembered and which labels are known, as people look through it."""

from __future__ import annotations

import pytest

from headrace.knowledge import memory

FACTS = (("alice", "Likes tea"), ("alice2", "Likes 50 % milk"), ("bob", "Plays tennis with alice"))


@pytest.fixture
def remembered(in_alpha):
    for space, text in FACTS:
        memory.remember(space, text, None, kind="long_term")


def texts(answer):
    return [one["text"] for one in answer.json()["results"]]


@pytest.mark.usefixtures("remembered")
@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ("search=TEA", ["Likes tea"]),
        ("search=50 %25", ["Likes 50 % milk"]),
        ("search=alice", ["Plays tennis with alice", "Likes 50 % milk", "Likes tea"]),
        ("space=alice", ["Likes tea"]),
        ("space=alice&search=tennis", []),
        ("search=%00", ["Plays tennis with alice", "Likes 50 % milk", "Likes tea"]),
    ],
)
def test_memories_are_narrowed_by_name_and_by_words(api, asked, left):
    assert texts(api("member").get(f"knowledge/memories/?{asked}")) == left


def test_an_example_is_corrected_by_giving_its_text_again(api, in_alpha):
    body = {"space": "desk", "text": "Where is it?", "label": "billing"}
    api("member").post("knowledge/examples/", body)
    api("member").post("knowledge/examples/", {**body, "label": "shipping"})

    (known,) = api("member").get("knowledge/examples/?search=where").json()["results"]

    assert (known["label"], known["is_correction"]) == ("shipping", True)


def test_the_first_label_of_a_text_corrects_nobody(api, in_alpha):
    body = {"space": "desk", "text": "Where is it?", "label": "billing"}

    made = api("member").post("knowledge/examples/", body).json()

    assert made["is_correction"] is False
