"""Functions in a process of their own."""

from __future__ import annotations

import asyncio
import importlib
import os

import pytest

from headrace_sdk import NodeError, UserError
from headrace_sdk.apart import here, run_apart


def run(work, given=None, content=b"", **limits):
    return asyncio.run(run_apart(f"tests.support.apart_work:{work}", given, content, **limits))


def test_values_and_bytes_go_there_and_back():
    assert run("echo", {"a": [1, "ä", None]}, b"\x00\xff") == (
        {"a": [1, "ä", None]},
        b"\x00\xff",
    )


def test_it_has_no_environment_and_another_process():
    value, _ = run("surroundings")

    assert value["environment"] == []
    assert value["pid"] != os.getpid()


def test_an_error_of_a_node_comes_back_as_one():
    with pytest.raises(UserError) as caught:
        run("refuse", {"item": 3})

    error = caught.value
    assert (error.message, error.code, error.item, error.field) == ("No.", "refused", 3, "text")


@pytest.mark.parametrize("name", ["spin", "sleep"])
def test_what_takes_too_long_is_killed(name):
    with pytest.raises(NodeError) as caught:
        run(name, time_limit_s=1)

    assert caught.value.code == "parser_timeout"


@pytest.mark.parametrize("name", ["hoard", "die", "recurse", "fail"])
def test_what_dies_or_eats_all_memory_is_an_error_and_no_more(name):
    with pytest.raises(NodeError) as caught:
        run(name)

    assert caught.value.code == "parser_failed"


def test_a_parser_cannot_speak_besides_its_result():
    assert run("chatter") == ("quiet", b"")


@pytest.mark.parametrize("name", ["fail", "recurse"])
def test_in_tests_of_nodes_the_work_is_done_here(name):
    with here():
        assert run("surroundings")[0]["pid"] == os.getpid()
        with pytest.raises(UserError):
            run("refuse", {"item": 3})
        with pytest.raises(NodeError) as caught:
            run(name)

    assert caught.value.code == "parser_failed"


@pytest.mark.parametrize(
    "work",
    [
        "nodes.data.template_work:render",
        "nodes.data.markup_work:convert",
        "nodes.web.html_work:extract",
        "nodes.files.reading:read",
        "nodes.files.writing:write",
        "nodes.database.sqlite_work:select",
        "nodes.database.sqlite_work:execute",
        "nodes.database.sqlite_work:fill",
    ],
)
def test_what_nodes_have_done_elsewhere_is_found_there(work):
    module, _, function = work.partition(":")

    assert callable(getattr(importlib.import_module(module), function))
