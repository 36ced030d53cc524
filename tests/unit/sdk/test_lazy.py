"""Client libraries that are loaded when they are first used."""

from __future__ import annotations

import sys

import pytest

from headrace_sdk.discovery import nodes_in
from headrace_sdk.lazy import lazy_module


def test_a_lazy_module_is_executed_at_its_first_use_and_not_by_looking_for_nodes(
    tmp_path, monkeypatch
):
    (tmp_path / "slow_library.py").write_text(
        "import sys\nsys.slow_is_loaded = True\nANSWER = 42\n"
    )
    package = tmp_path / "lazy_package"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "one.py").write_text(
        "from headrace_sdk.lazy import lazy_module\nslow_library = lazy_module('slow_library')\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    import lazy_package  # noqa: PLC0415

    assert nodes_in(lazy_package) == []
    assert not hasattr(sys, "slow_is_loaded")
    assert sys.modules["lazy_package.one"].slow_library.ANSWER == 42
    assert sys.slow_is_loaded
    for name in ("slow_library", "lazy_package", "lazy_package.one"):
        del sys.modules[name]
    del sys.slow_is_loaded


def test_a_library_that_is_not_installed_is_missed_at_once():
    with pytest.raises(ModuleNotFoundError, match="no_such_library"):
        lazy_module("no_such_library")
