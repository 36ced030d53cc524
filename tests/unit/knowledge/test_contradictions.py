"""What cannot be the same, however alike it sounds; and what only looks different."""

from __future__ import annotations

import pytest

from headrace.knowledge.amounts import amounts
from headrace.knowledge.contradictions import contradict

APART = [
    ("The bus leaves in five minutes.", "The bus leaves in fifty minutes."),
    ("Version 4.1.3 is out.", "Version 4.1.4 is out."),
    ("Call us before 10:30.", "Call us before 11:30."),
    ("The lift was stuck for two hours.", "The lift was stuck for two days."),
    ("Bins are emptied on Mondays.", "Bins are emptied on Fridays."),
    ("A letter came from Anna.", "A letter came from Bruno."),
    ("The printer works.", "The printer does not work."),
    ("The valve can be closed.", "The valve can't be closed."),
    ("Keep the lid open.", "Keep the lid shut."),
]
TOGETHER = [
    ("The lift was stuck for two hours.", "For 120 minutes nobody could use the lift."),
    ("Platform three is closed.", "Platform 3 cannot be used."),
    ("Twelve months of warranty", "A year of warranty"),
    ("A letter came from Anna.", "She wrote us a letter."),
    ("A letter came from Alex.", "A letter came from Alexander."),
    ("There is nothing left.", "Everything has been sold."),
    ("The door is open.", "The door is not closed."),
    ("Storm Closes The Harbour", "Port Shut By Heavy Weather"),
    ("You may pay later.", "In June you pay later."),
    ("", ""),
]


@pytest.mark.parametrize(("one", "other"), APART)
def test_a_number_a_time_a_name_or_a_not_makes_another_text(one, other):
    assert contradict(one, other)
    assert contradict(other, one)


@pytest.mark.parametrize(("one", "other"), TOGETHER)
def test_what_is_put_in_other_words_is_no_contradiction(one, other):
    assert not contradict(one, other)
    assert not contradict(other, one)


def test_amounts_have_one_spelling():
    assert amounts("Twenty-five lorries, 1,200 tons") == {"25", "1200"}
    assert amounts("two hundred and 5kg") == {"200", "5"}
    assert amounts("an hour, sixty minutes, 3600 s, 1 week") == {"3600 s", "3600", "604800 s"}
    assert amounts("E104 and the 3rd of a dozen") == {"e104", "3", "12"}
