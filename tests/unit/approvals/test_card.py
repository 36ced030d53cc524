"""What a card takes from the note of a wait, whoever wrote it."""

from __future__ import annotations

from headrace.approvals.card import Card, card_of


def test_a_note_that_says_nothing_has_an_empty_card():
    assert card_of({"title": "Pay?"}) == Card()


def test_what_does_not_fit_a_card_is_cut_or_left_out():
    fact = {"label": "l" * 90, "value": 4120, "mark": "shiny"}
    card = card_of({"headline": "h" * 200, "why": "w" * 2_000, "facts": ["x", *[fact] * 9]})

    assert (len(card.headline), len(card.why), len(card.facts)) == (120, 1_000, 5)
    assert card.facts[0].to_json() == {"label": "l" * 60, "value": "4120", "mark": "none"}


def test_a_card_comes_back_from_its_row_as_it_was():
    card = card_of({"headline": "3", "facts": [{"label": "a", "value": "\0b", "mark": "warn"}]})

    assert card_of(card.to_json()) == card
    assert card.facts[0].value == "\ufffdb"


def test_files_and_fields_of_a_card_come_back_and_wild_ones_do_no_harm():
    file = {"id": "f", "name": "a\0.pdf", "mime": "application/pdf", "size": 3, "sha256": ""}
    field = {"name": "[1].n", "item": 1, "label": "N", "kind": "choice", "options": ["a"]}
    field["value"] = "a"
    card = card_of({"documents": [file, "x"], "correctable": [field, {"kind": "?"}, 3]})

    assert card_of(card.to_json()) == card
    assert [one.name for one in card.documents] == ["a\ufffd.pdf"]
    assert [one.to_json() for one in card.correctable] == [field]
    wild = card_of({"documents": [{"size": "x"}], "correctable": [{"name": 1, "options": "ab"}]})
    assert (wild.documents[0].size, wild.correctable[0].options) == (0, ())
