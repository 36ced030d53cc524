"""Texts are cut where they are cut by themselves, and passages know where they stand."""

from __future__ import annotations

import pytest

from headrace.knowledge.chunking import pieces


def words(texts):
    return [len(text.split()) for text in texts]


def cut(text, size=20, overlap=0):
    return pieces(text, size=size, overlap=overlap, count=words)


TEXT = "Before.\n\n# A\n\nOne two. Three four.\n\n## B\n\nFive.\n\n# C\n\nSix.\n"


def test_a_passage_knows_its_headings_and_its_place():
    found = cut(TEXT)

    assert [(one.heading, one.text) for one in found] == [
        ("", "Before."),
        ("A", "One two. Three four."),
        ("A / B", "Five."),
        ("C", "Six."),
    ]
    assert all(TEXT[one.start : one.end] == one.text for one in found)


def test_a_long_section_is_cut_between_sentences_with_an_overlap():
    text = "Aa bb cc dd. Ee ff gg hh. Ii jj kk ll. Mm nn oo pp."

    found = [one.text for one in cut(text, size=9, overlap=4)]

    assert found == [
        "Aa bb cc dd. Ee ff gg hh.",
        "Ee ff gg hh. Ii jj kk ll.",
        "Ii jj kk ll. Mm nn oo pp.",
    ]


def test_a_sentence_without_an_end_is_cut_between_words():
    text = "word " * 100

    found = cut(text, size=10)

    assert len(found) >= 10
    assert all(one.tokens <= 10 for one in found)
    assert {word for one in found for word in one.text.split()} == {"word"}


def test_pages_are_counted_and_never_joined():
    found = cut("First page.\fSecond page.")

    assert [(one.page, one.text) for one in found] == [(1, "First page."), (2, "Second page.")]


def test_a_number_sign_in_code_is_no_heading():
    found = cut("# Real\n\n```\n# a comment\n```\n\nAfter.")

    assert {one.heading for one in found} == {"Real"}


@pytest.mark.parametrize("text", ["", " \n\n ", "# Only a heading", "\f\f"])
def test_without_words_there_is_no_passage(text):
    assert cut(text) == []


def test_equal_words_under_equal_headings_have_the_same_name():
    first, second = cut("# A\n\nSame.\n\n# B\n\nSame.")
    again = cut("Before.\n\n# A\n\nSame.")[-1]

    assert first.digest == again.digest != second.digest
