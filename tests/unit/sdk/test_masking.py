"""S-060: a secret is recognised in every form that it may have taken."""

from __future__ import annotations

import base64
import json
from urllib.parse import quote, quote_plus

import pytest

from headrace_sdk import Credential, Item, Secret
from headrace_sdk.masking import MASK, Mask

SECRET = 'pä"ss/word+42 ñ'


@pytest.fixture
def mask() -> Mask:
    found = Mask()
    found.learn(Credential("1", "t", "n", {"user": "anna-open"}, {"a": Secret(SECRET)}))
    return found


@pytest.mark.parametrize(
    "form",
    [
        SECRET,
        json.dumps(SECRET)[1:-1],
        json.dumps(SECRET, ensure_ascii=False)[1:-1],
        quote(SECRET),
        quote(SECRET, safe=""),
        quote_plus(SECRET),
        SECRET.encode().hex(),
        SECRET.encode().hex().upper(),
    ],
)
def test_each_way_of_writing_a_secret_is_masked(mask: Mask, form: str) -> None:
    assert mask.text(f"before {form} after") == f"before {MASK} after"


@pytest.mark.parametrize("before", ["", "u", "us", "usr", "anna:"])
@pytest.mark.parametrize("encode", [base64.b64encode, base64.urlsafe_b64encode])
def test_a_secret_inside_of_base64_is_masked_wherever_it_begins(mask: Mask, before, encode) -> None:
    """`Basic …` holds the user in front of the password."""
    encoded = encode(f"{before}{SECRET}:end".encode()).decode()

    assert MASK in mask.text(encoded)
    assert mask.text(encoded) != encoded


def test_values_and_names_of_json_are_masked_and_the_rest_stays(mask: Mask) -> None:
    value = {SECRET: [1, None, {"a": f"x{SECRET}"}], "user": "anna-open"}

    assert mask.value(value) == {MASK: [1, None, {"a": f"x{MASK}"}], "user": "anna-open"}


def test_items_keep_what_they_come_from(mask: Mask) -> None:
    (item,) = mask.items([Item({"a": SECRET}).at(3)])

    assert item == Item({"a": MASK}).at(3)


def test_short_values_are_left(mask: Mask) -> None:
    """Otherwise a PIN of 12 would eat every 12."""
    mask.learn(Credential("2", "t", "n", {}, {"a": Secret("12")}))

    assert mask.text("12 apples") == "12 apples"


def test_a_mask_that_learnt_nothing_changes_nothing() -> None:
    items = [Item({"a": SECRET})]

    assert Mask().items(items) is items
    assert Mask().text(SECRET) == SECRET
