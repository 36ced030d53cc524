"""The API of language models: what it takes, what it shows, to whom."""

from __future__ import annotations

from uuid import uuid4

import pytest

from headrace.audit.models import Entry
from headrace.credentials import actions as credentials
from headrace.llm import kept
from headrace.llm.models import Budget, Call, LanguageModel
from headrace.tenants.clock import database_now
from headrace.tenants.ids import new_id
from headrace_sdk import offline_llm
from headrace_sdk.llm import Prompt

SOME = "018f0000-0000-7000-8000-000000000001"
OFFLINE = {"name": "demo", "provider": "offline", "model": "scripted", "tier": "local"}


def call(**given):
    now = database_now()
    values = {
        "id": new_id(),
        "key": uuid4(),
        "state": "done",
        "model_name": "able",
        "provider": "openai",
        "provider_model": "gpt-6-luna",
        "cost_micro": 100,
        "input_tokens": 1000,
        "output_tokens": 10,
        "started_at": now,
        "deadline": now,
        "ended_at": now,
    }
    return Call.objects.create(**(values | given))


def test_a_model_is_added_changed_and_taken_away(api, in_alpha):
    made = api("admin").post("llm/models/", OFFLINE).json()
    path = f"llm/models/{made['id']}/"
    api("admin").put(path, {**OFFLINE, "tier": "efficient"})

    (shown,) = api("member").get("llm/models/").json()
    assert (shown["tier"], shown["is_priced"], shown["is_down"]) == ("efficient", True, False)
    assert api("admin").delete(path).status_code == 204
    assert LanguageModel.objects.count() == 0
    kinds = Entry.objects.filter(action__startswith="llm_model").values_list("action", flat=True)
    assert sorted(kinds) == ["llm_model.created", "llm_model.deleted", "llm_model.updated"]


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"name": "auto"}, "/name"),
        ({"name": ""}, "/name"),
        ({"provider": "openai"}, "/credential"),
        ({"provider": "openai", "credential": "{other}"}, "/credential"),
        ({"provider": "openai", "credential": str(uuid4())}, "/credential"),
        ({"tier": "best"}, "/tier"),
        ({"input_nano": -1}, "/input_nano"),
        ({"more": 1}, "/more"),
    ],
)
def test_a_bad_model_is_refused_with_the_place_of_the_fault(api, owner, in_alpha, change, path):
    other = credentials.create(owner, name="x", kind="http_bearer", data={"token": "x"})
    given = {name: str(other.id) if value == "{other}" else value for name, value in change.items()}

    answer = api().post("llm/models/", {**OFFLINE, **given})

    assert answer.status_code in {400, 422}
    assert [fault["path"] for fault in answer.json()["errors"]] == [path]
    assert LanguageModel.objects.count() == 0


def test_a_credential_that_a_model_is_asked_by_cannot_be_deleted(api, owner, in_alpha):
    key = credentials.create(
        owner, name="key", kind="openai", data={"api_key": "x", "organization": "", "base_url": ""}
    )
    model = {**OFFLINE, "provider": "openai", "model": "gpt-6", "credential": str(key.id)}
    assert api().post("llm/models/", model).status_code == 201

    answer = api().delete(f"credentials/{key.id}/")

    assert (answer.status_code, answer.json()["facts"]["used_by"]) == (409, ["demo"])
    shown = api().get(f"credentials/{key.id}/").json()
    assert [one["name"] for one in shown["used_by_models"]] == ["demo"]


def test_two_models_have_two_names(api):
    assert api().post("llm/models/", OFFLINE).status_code == 201

    again = api().post("llm/models/", OFFLINE)

    assert (again.status_code, again.json()["code"]) == (422, "name_taken")


def test_a_budget_counts_what_its_period_has_cost_already(api, in_alpha):
    call(cost_micro=700)

    body = {"name": "All", "scope": "tenant", "period": "day", "limit_micro": 1000}
    made = api("admin").post("llm/budgets/", body).json()

    assert made["spent_micro"] == 700
    assert api("member").get("llm/budgets/").json() == [made]
    changed = api("admin").put(f"llm/budgets/{made['id']}/", {**body, "limit_micro": 5}).json()
    assert changed["limit_micro"] == 5
    assert api("admin").delete(f"llm/budgets/{made['id']}/").status_code == 204
    assert Budget.objects.count() == 0


@pytest.mark.parametrize(("scope", "workflow"), [("workflow", None), ("tenant", SOME)])
def test_a_workflow_is_named_where_a_budget_is_that_of_one(api, scope, workflow):
    body = {"name": "B", "scope": scope, "workflow": workflow, "limit_micro": 1}

    answer = api().post("llm/budgets/", body)

    assert (answer.status_code, answer.json()["errors"][0]["path"]) == (422, "/workflow")


def test_spending_is_added_up_by_day_workflow_and_model(api, in_alpha):
    workflow = uuid4()
    call(workflow_id=workflow)
    call(workflow_id=workflow, state="failed", cost_micro=1)
    call(model_name="other", is_cached=True, cost_micro=0)

    by = {
        name: api("member").get("llm/spending/", by=name).json()["results"]
        for name in ("day", "workflow", "model")
    }

    (day,) = by["day"]
    assert (day["cost_micro"], day["calls"], day["failed"], day["cached"]) == (101, 3, 1, 1)
    assert [(one["key"], one["cost_micro"]) for one in by["workflow"]] == [
        (str(workflow), 101),
        ("", 0),
    ]
    assert [one["key"] for one in by["model"]] == ["able", "other"]


@pytest.mark.parametrize("query", [{"by": "year"}, {"days": "0"}, {"days": "x"}, {"days": "9999"}])
def test_a_bad_span_is_refused(api, query):
    assert api().get("llm/spending/", **query).status_code == 400


def test_the_saving_is_computed_against_a_premium_model(api, in_alpha):
    call()

    found = api().get("llm/saving/").json()

    # 1000 tokens in at $10 and 10 out at $50 a million.
    assert (found["premium_model"], found["premium_micro"]) == ("claude-fable-5-1", 10_500)
    assert found["percent"] == 99.0


def test_calls_of_the_scripted_demo_are_no_saving(api, in_alpha):
    call(provider="offline", cost_micro=0)

    assert api().get("llm/saving/").json()["premium_micro"] == 0


def test_the_ledger_says_why_a_model_was_asked_and_can_be_narrowed(api, in_alpha):
    execution = uuid4()
    call(execution_id=execution, reason="Complexity 3 of 10.", complexity=3)
    call()

    (shown,) = api("member").get("llm/calls/", execution=str(execution)).json()["results"]

    assert (shown["reason"], shown["complexity"]) == ("Complexity 3 of 10.", 3)
    assert len(api().get("llm/calls/").json()["results"]) == 2
    assert api().get("llm/calls/", workflow="x").status_code == 400


def test_the_router_is_told_which_tier_answers_a_kind_of_task(api):
    body = {"rules": {"Haiku": "premium"}, "saves_from_percent": 50}

    told = api("admin").put("llm/routing/", body).json()

    assert (told["rules"]["haiku"], told["saves_from_percent"]) == ("premium", 50)
    assert told["rules"]["classify"] == "efficient"


def test_the_price_list_says_when_it_was_read(api):
    found = api("member").get("llm/prices/").json()

    assert found["read_on"] >= "2026-11-21"
    luna = next(one for one in found["models"] if one["model"] == "gpt-6-luna")
    assert luna["prices"][1]["above"] == 272_000


def test_kept_answers_are_seen_and_forgotten_one_by_one_or_all(api, in_alpha, owner):
    for question in ("one", "two", "three"):
        kept.keep(question.encode(), offline_llm.answer(Prompt.of(question)), 60)
    shown = api("member").get("llm/kept/").json()["results"]
    assert shown[0]["text"] == "[Offline demo] You asked: three"
    assert "one" in shown[2]["text"]

    assert api("member").delete("llm/kept/").status_code == 403
    assert api("admin").delete(f"llm/kept/{shown[0]['id']}/").status_code == 204
    again = api("admin").delete(f"llm/kept/{shown[0]['id']}/")
    assert (again.status_code, again.json()["code"]) == (404, "kept_answer_not_found")
    assert api("admin").delete("llm/kept/").json() == {"forgotten": 2}

    assert api("member").get("llm/kept/").json()["results"] == []
    kinds = Entry.objects.filter(object_type="kept_answer").values_list("action", flat=True)
    assert sorted(kinds) == ["kept_answer.all_forgotten", "kept_answer.forgotten"]
