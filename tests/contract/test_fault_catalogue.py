"""Every fault that must be survived has a test that names it, or a line that says why not."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROMISES = ROOT / "docs" / "reliability.md"
NUMBER = re.compile(r"R-(\d{3})(?:\s+to\s+R-(\d{3}))?")
UNTESTED = re.compile(r"^\| (R-\d{3}) \|", re.MULTILINE)

FIRST_RANK = [
    *range(1, 14),
    *(15, 16),
    *range(20, 27),
    28,
    *range(31, 34),
    *range(36, 47),
    *range(48, 53),
    *(54, 55, 57, 59, 61, 64),
]
"""The numbers of the catalogue that must hold before any release (P0)."""


def named_in(text):
    found = set()
    for first, last in NUMBER.findall(text):
        found |= set(range(int(first), int(last or first) + 1))
    return found


def docstrings(file):
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    tree = ast.parse(file.read_text(encoding="utf-8"))
    texts = (ast.get_docstring(one) for one in ast.walk(tree) if isinstance(one, documented))
    return [text for text in texts if text]


@cache
def _named_by_tests():
    files = (ROOT / "tests").rglob("*.py")
    texts = [text for file in files if file != Path(__file__) for text in docstrings(file)]
    return named_in(" ".join(texts))


@cache
def _excused():
    return named_in(" ".join(UNTESTED.findall(PROMISES.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("number", FIRST_RANK, ids=lambda number: f"R-{number:03}")
def test_every_fault_of_the_first_rank_is_tested_or_excused(number):
    assert number in _named_by_tests() | _excused()
