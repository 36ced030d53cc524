"""What a process loads before it begins: whoever waits for a killed worker waits for this."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

WORKER = """
import headrace.conf.worker
import django; django.setup()
from headrace.catalog.queries import catalog, fingerprint
fingerprint()
"""
SCHEDULER = """
import gc; gc.disable()
import django; django.setup()
from headrace.operations.management.commands import scheduler
"""
NEEDLESS = {
    "celery.bin.celery",
    "drf_spectacular.openapi",
    "headrace.conf.urls",
    "jinja2",
    "jwt.algorithms",
    "markdown_it",
    "openpyxl.workbook",
    "prompt_toolkit",
    "pypdf.filters",
    "rest_framework.views",
}


def seen(start: str, expression: str):
    """What `expression` is in a new process that has done `start`."""
    program = f"{start}\nimport gc, json, sys\nprint(json.dumps({expression}))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    return json.loads(done.stdout)


@pytest.mark.parametrize("start", [WORKER, SCHEDULER], ids=["worker", "scheduler"])
def test_it_loads_no_view_no_parser_and_no_command_line(start):
    loaded = seen(start, "sorted(sys.modules)")

    assert "headrace.conf.wiring" in loaded
    assert NEEDLESS.isdisjoint(loaded)


def test_a_worker_builds_no_form_before_a_node_runs():
    built = seen(
        WORKER, "[node.type for node in catalog().nodes if node.Params.__pydantic_complete__]"
    )

    # Packages of others are looked through.
    assert [kind for kind in built if kind.split(".")[0] in {"ai", "data", "flow", "web"}] == []


def test_a_command_looks_for_garbage_again_once_everything_is_loaded():
    is_on, kept, threshold = seen(
        SCHEDULER, "[gc.isenabled(), gc.get_freeze_count(), gc.get_threshold()[0]]"
    )

    assert is_on
    assert kept > 100_000
    assert threshold < 100_000
