"""The setting that names an error workflow."""

from __future__ import annotations

import pytest

from headrace.workflows import actions as workflows
from tests.support.workflows import MANUAL, in_a_row


def codes(owner, chosen):
    content = {**in_a_row([MANUAL]), "settings": {"error_workflow": chosen}}
    return [problem.code for problem in workflows.create(owner, document=content).problems]


@pytest.mark.parametrize("chosen", ["01a1fd8d-4a4e-7788-826c-7ee0e97dcc4c", "none", 7, {"a": 1}])
def test_an_error_workflow_that_does_not_exist_is_a_warning(in_alpha, owner, chosen):
    assert codes(owner, chosen) == ["error_workflow_missing"]


def test_an_error_workflow_that_exists_is_none(in_alpha, owner):
    other = workflows.create(owner, document=in_a_row([MANUAL])).row.id

    assert codes(owner, str(other)) == codes(owner, None) == []
