"""What of a run's result is the answer in a conversation, and on what it rests."""

from __future__ import annotations

import pytest

from headrace.chats.replies import FAILED, Reply, reply_of


def gives(value):
    return {"status": "completed", "items": [{"json": value}]}


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ({"status": "failed", "items": []}, FAILED),
        (gives({"answer": "Two years."}), "Two years."),
        (gives({"n": 1}), '{"n":1}'),
        ({"status": "running", "reply": {"kind": "bytes", "body": "aGk="}}, "hi"),
        ({"status": "running", "reply": {"kind": "json", "body": {"text": "hi"}}}, "hi"),
    ],
)
def test_the_answer_is_a_text_whatever_the_run_gave(told, text):
    assert reply_of(told) == Reply(text)


@pytest.mark.parametrize(
    "value",
    [
        {"sources": [{"title": "Handbook", "text": "Two years."}]},
        {"passages": [{"citation": "Handbook", "text": "Two years.", "similarity": 0.9}]},
        {"sources": [], "agent": {"sources": [{"source": "Handbook", "text": "Two years."}]}},
    ],
)
def test_sources_are_those_that_the_item_names_else_those_of_its_agent(value):
    (source,) = reply_of(gives({"text": "Two years.", **value})).sources

    assert source == {"title": "Handbook", "text": "Two years.", "url": ""}


def test_a_source_leads_to_a_page_and_nowhere_else():
    given = ["Handbook", {"title": "a", "url": "https://example.com"}, {"url": "javascript:1"}]

    found = reply_of(gives({"text": "Yes.", "sources": given})).sources

    assert [(one["title"], one["url"]) for one in found] == [
        ("Handbook", ""),
        ("a", "https://example.com"),
        ("javascript:1", ""),
    ]
