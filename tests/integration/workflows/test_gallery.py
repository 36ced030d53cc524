"""Templates: sound as they come, filled by answers, and each of them runs."""

from __future__ import annotations

import pytest

from headrace.approvals import actions as approvals
from headrace.approvals.models import Approval
from headrace.catalog.queries import catalog
from headrace.credentials import actions as credentials
from headrace.executions import queries
from headrace.executions.actions import run_version
from headrace.executions.types import ENDED_STATUSES
from headrace.workflows import actions as workflows
from headrace.workflows import queries as drafts
from headrace.workflows.gallery import shelf
from headrace.workflows.gallery.setting_up import set_up
from tests.support.engine import ended, until, working
from tests.support.mail import mail_server
from tests.support.stub import serving

SLUGS = [template.slug for template in shelf.every()]
ANSWERS = {
    "text": "Shop <shop@example.com>",
    "email": "team@example.com",
    "number": "1",
    "url": "https://api.example.com/x",
    "time": "06:30",
}


@pytest.fixture
def outside(settings):
    """A stub of a service, and a mail server, that runs may reach."""
    with serving() as stub, mail_server() as box:
        settings.HEADRACE_EGRESS_ALLOW = (f"127.0.0.1:{stub.port}", f"127.0.0.1:{box.port}")
        yield stub, box


@pytest.fixture
def smtp(owner, in_alpha, outside):
    data = {"host": "127.0.0.1", "port": outside[1].port, "encryption": "none"}
    return str(credentials.create(owner, name="Mail", kind="smtp", data=data).id)


def answers_to(slug, smtp, **more):
    asked = shelf.one(slug).questions
    return {one.id: ANSWERS.get(one.kind, smtp) for one in asked} | {
        key: value for key, value in more.items() if key in {one.id for one in asked}
    }


@pytest.mark.parametrize("slug", SLUGS)
def test_a_template_with_its_questions_answered_has_no_problem(slug, owner, smtp):
    row = set_up(owner, slug, answers_to(slug, smtp))

    draft = drafts.draft(row.id)

    assert draft.problems == ()
    assert draft.row.name == shelf.one(slug).title
    assert all(catalog().find(node["type"]) for node in draft.document["nodes"])


@pytest.mark.parametrize("slug", SLUGS)
def test_every_question_of_a_template_has_a_place_that_is_there(slug):
    nodes = {node["id"]: node for node in shelf.one(slug).document["nodes"]}

    for question in shelf.one(slug).questions:
        assert question.places
        for node, pointer in question.places:
            assert pointer.startswith("/credentials/" if question.types else "/params/")
            assert node in nodes


def run(owner, row, *, pinned=None):
    """A run of the draft; with `pinned` only these nodes keep their sample data."""
    if pinned is not None:
        document = drafts.draft(row.id).document
        pins = {node: items for node, items in document["pins"].items() if node in pinned}
        workflows.save(owner, row.id, {**document, "pins": pins}, revision=row.revision)
    return run_version(owner, workflows.freeze_draft(owner, row.id).ref, mode="manual").id


def rests(execution):
    """Wait until it has ended or waits for somebody; its status."""
    resting = {"waiting", *ENDED_STATUSES}
    until(lambda: queries.get(execution).status in resting, "the rest of the run")
    return queries.get(execution).status


@pytest.mark.usefixtures("committed")
def test_sample_data_lets_every_template_run_at_once_without_reaching_anybody(owner, smtp, outside):
    rows = [set_up(owner, slug, answers_to(slug, smtp)) for slug in SLUGS]

    with working():
        runs = {row.name: run(owner, row) for row in rows}
        found = {name: rests(execution) for name, execution in runs.items()}

    assert set(found.values()) == {"completed", "waiting"}
    assert [name for name, status in found.items() if status == "waiting"] == [
        "Contact form with approval"
    ]
    assert (outside[0].calls, outside[1].taken) == ({}, [])


@pytest.mark.usefixtures("committed")
def test_templates_post_and_mail_what_they_promise(owner, smtp, outside):
    stub, box = outside
    fails = stub.url("/lines?status=500")
    wanted = [
        ("nightly-report", {"url": stub.url("/figures")}, {"when", "fetch"}),
        ("csv-import", {"url": fails}, {"form"}),
        ("watch-api", {"url": stub.url("/news"), "chat": stub.url("/chat")}, {"when", "fetch"}),
        ("error-alert", {"chat": stub.url("/alert")}, {"failed"}),
        ("webhook-validate", {}, {"hook"}),
    ]

    with working():
        runs = [
            run(owner, set_up(owner, slug, answers_to(slug, smtp, **more)), pinned=pinned)
            for slug, more, pinned in wanted
        ]
        assert [rests(execution) for execution in runs] == ["completed"] * len(runs)

    assert (stub.count("/chat"), stub.count("/alert")) == (1, 1)
    letters = {str(one["subject"]).split(" of ")[0]: one for one in box.letters}
    report = letters["Report"].get_body(("html",)).get_content()
    assert "<td>paid</td><td>2</td><td>200</td>" in report
    failures = letters["Lines that were not imported"].get_content()
    assert "Ada" in failures
    assert "Bob" not in failures


@pytest.mark.usefixtures("committed")
def test_an_enquiry_is_answered_when_somebody_approves_it(owner, smtp, outside):
    row = set_up(owner, "contact-form", answers_to("contact-form", smtp))

    with working():
        execution = run(owner, row, pinned={"form"})
        assert rests(execution) == "waiting"
        approvals.decide(owner, Approval.objects.get().pk, "approved")
        assert ended(execution) == "completed"

    (letter,) = outside[1].letters
    assert letter["to"] == "ada@example.com"


def test_answers_that_do_not_fit_are_named_and_nothing_is_made(api, smtp):
    answers = {"time": "25:00", "url": "x", "to": "nobody", "mail_server": "x", "other": "1"}

    refused = api("member").post("templates/nightly-report/workflows/", {"answers": answers})

    assert (refused.status_code, refused.json()["code"]) == (422, "unfit_answers")
    assert set(refused.json()["facts"]) == set(answers)
    assert api("member").get("workflows/").json()["results"] == []


def test_what_is_not_answered_stays_open_and_is_named_by_the_draft(api):
    made = api("member").post("templates/nightly-report/workflows/", {"answers": {"time": ""}})

    draft = api("member").get(f"workflows/{made.json()['id']}/").json()

    assert {one["code"] for one in draft["problems"]} >= {"credential_missing"}


def test_the_gallery_says_what_a_template_needs(api):
    rows = api("viewer").get("templates/").json()["results"]
    report = next(one for one in rows if one["slug"] == "nightly-report")

    assert [one["slug"] for one in rows] == SLUGS
    assert (report["credentials"], report["missing"]) == (["smtp"], [])
    assert api("viewer").get("templates/no-such/").status_code == 404
    asked = api("viewer").get("templates/nightly-report/").json()["questions"]
    assert [one["id"] for one in asked] == ["time", "url", "mail_server", "sender", "to"]
