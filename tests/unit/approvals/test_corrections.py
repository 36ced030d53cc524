"""Which corrections can be kept at all."""

from __future__ import annotations

import pytest

from headrace.approvals.corrections import Correctable, Kind


@pytest.mark.parametrize("text", ["a\0", "\ud800", 3, None], ids=["NUL", "half a pair", "3", "-"])
def test_a_text_that_no_database_can_keep_is_no_correction(text):
    """R-051."""
    assert Correctable("a", "A", Kind.TEXT).fault(text)


def test_yes_is_not_one_but_a_whole_number_is_what_it_was():
    assert not Correctable("a", "A", Kind.YES_NO, value=1).is_held(given=True)
    assert Correctable("a", "A", Kind.NUMBER, value=1).is_held(1.0)
