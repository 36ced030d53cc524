"""What the guide shows authors is code that works."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from headrace_bootstrap.project import ROOT
from headrace_sdk import CredentialType
from headrace_sdk.conformance import check_node
from headrace_sdk.discovery import credential_types_in, nodes_in

GUIDE = (ROOT / "docs/plugins.md").read_text(encoding="utf-8")
FILES = [
    block
    for block in re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
    if block.startswith('"""')
]


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder in which each example is a package of one file."""
    folder = tmp_path_factory.mktemp("guide")
    sys.path.insert(0, str(folder))
    yield folder
    sys.path.remove(str(folder))


@pytest.fixture(params=range(len(FILES)), ids=[block.splitlines()[0] for block in FILES])
def example(request: pytest.FixtureRequest, package: Path) -> ModuleType:
    """One example after the other."""
    name = f"guide_{request.param}"
    (package / name).mkdir()
    (package / name / "__init__.py").write_text('"""A package of nodes."""')
    (package / name / "example.py").write_text(FILES[request.param])
    return import_module(name)


def test_the_guide_has_an_example_of_each_kind() -> None:
    """The function, an action, a trigger, one that asks, a credential type, a step that waits."""
    assert len(FILES) == 6


def test_an_example_keeps_every_convention(example: ModuleType) -> None:
    """As `check_node` says, or as a credential type that hides its secret."""
    nodes, types = nodes_in(example), credential_types_in(example)

    assert len(nodes) + len(types) == 1
    assert [str(found) for node in nodes for found in check_node(node)] == []
    assert all(issubclass(kind, CredentialType) and kind.secret_fields() for kind in types)
