"""The second look: the rarer words of a question count, and the meaning."""

from __future__ import annotations

from headrace.knowledge.rerank import relevance


def test_a_rare_word_counts_more_than_a_common_one():
    texts = ["the kettle is red", "the kettle boils", "the warranty of the kettle"]

    scores = relevance("kettle warranty", texts, [0.5, 0.5, 0.5])

    assert max(range(3), key=lambda index: scores[index]) == 2


def test_scores_lie_between_0_and_1():
    scores = relevance("same words", ["same words", "nothing"], [1.0, -0.2])

    assert scores[0] == 1.0
    assert scores[1] == 0.0


def test_without_a_word_only_meaning_is_left():
    assert relevance("?", ["a", "b"], [0.4, 0.2]) == [0.24, 0.12]


def test_a_code_is_one_word():
    texts = ["Part 4410-08 and part 12-30.", "Part 4410-30.", "Version 4.1.3."]

    scores = relevance("4410-30", texts, [0.5, 0.5, 0.5])

    assert max(range(3), key=lambda index: scores[index]) == 1
