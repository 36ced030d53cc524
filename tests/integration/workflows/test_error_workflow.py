"""The setting that names an error workflow."""

from __future__ import annotations

import pytest

from headrace.workflows import actions as workflows
from tests.support.called import published
from tests.support.workflows import MANUAL, document, in_a_row, node


def codes(owner, chosen):
    content = {**in_a_row([MANUAL]), "settings": {"error_workflow": chosen}}
    return [problem.code for problem in workflows.create(owner, document=content).problems]


@pytest.mark.parametrize("chosen", ["01a1fd8d-4a4e-7788-826c-7ee0e97dcc4c", "none", 7, {"a": 1}])
def test_an_error_workflow_that_does_not_exist_is_a_warning(in_alpha, owner, chosen):
    assert codes(owner, chosen) == ["error_workflow_missing"]


ON_ERROR = node("on", "triggers.error_trigger")


def test_a_published_error_workflow_with_its_trigger_is_no_problem(in_alpha, owner):
    other = published(in_a_row([ON_ERROR]), "Handler")

    assert codes(owner, str(other)) == codes(owner, None) == []


def test_an_error_workflow_that_is_not_published_is_a_warning(in_alpha, owner):
    other = workflows.create(owner, document=in_a_row([ON_ERROR])).row.id

    assert codes(owner, str(other)) == ["error_workflow_unpublished"]


@pytest.mark.parametrize(
    "trigger",
    [
        MANUAL,
        node("on", "triggers.error_trigger", {"scope": "all"}),
        node("on", "triggers.error_trigger", disabled=True),
    ],
    ids=["another trigger", "for all", "disabled"],
)
def test_an_error_workflow_that_listens_to_nobody_who_names_it_is_a_warning(
    in_alpha, owner, trigger
):
    other = published(document([trigger, node("by_hand", "triggers.manual")]), "Other")

    assert codes(owner, str(other)) == ["error_workflow_deaf"]


def test_publishing_with_a_deaf_error_workflow_warns_and_the_workflow_goes_on_saying_so(
    api, in_alpha, owner
):
    other = workflows.create(owner, document=in_a_row([ON_ERROR])).row.id
    content = {**in_a_row([MANUAL]), "settings": {"error_workflow": str(other)}}
    workflow = workflows.create(owner, document=content).row.id

    publishing = api().post(f"workflows/{workflow}/activate/")
    shown = api().get(f"workflows/{workflow}/")

    assert publishing.status_code == 200
    for answer in (publishing, shown):
        (problem,) = answer.json()["problems"]
        assert (problem["code"], problem["severity"]) == ("error_workflow_unpublished", "warning")


def test_the_warning_comes_and_goes_with_the_error_workflow(api, in_alpha, owner):
    other = published(in_a_row([ON_ERROR]), "Handler")
    content = {**in_a_row([MANUAL]), "settings": {"error_workflow": str(other)}}
    workflow = workflows.create(owner, document=content).row.id

    def seen():
        return [one["code"] for one in api().get(f"workflows/{workflow}/").json()["problems"]]

    heard = seen()
    workflows.deactivate(owner, other)
    unpublished = seen()
    workflows.delete(owner, other)

    assert (heard, unpublished, seen()) == (
        [],
        ["error_workflow_unpublished"],
        ["error_workflow_missing"],
    )
