"""Changing a password, forgetting it, and the browsers in which one is signed in."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models.functions import Now

from headrace.accounts import mail, passwords
from headrace.accounts.models import SignInToken
from headrace.accounts.throttle import PER_KIND
from headrace.tenants.context import TenantRef
from tests.support.clients import Api
from tests.support.database import PASSWORD

Clients = Callable[..., Api]
MINE = "member@alpha.example"
OTHER = "another long password"


def sign_in(api: Api, password: str = PASSWORD, agent: str = "Test") -> Any:
    body = {"email": MINE, "password": password}
    return api.post("auth/sign-in/", body, HTTP_USER_AGENT=agent)


@pytest.fixture
def letters(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What would have been sent, without the thread that sends it."""
    sent: list[str] = []
    monkeypatch.setattr(mail, "is_set_up", lambda: True)
    monkeypatch.setattr(mail, "send_behind", lambda to, _subject, text: sent.append(to + text))
    return sent


def test_a_changed_password_keeps_this_session_and_ends_the_others(api: Clients) -> None:
    here, there = api(None), api(None)
    sign_in(here)
    sign_in(there)

    answer = here.post("session/password/", {"current": PASSWORD, "password": OTHER})

    assert answer.status_code == 200
    assert here.get("session/").status_code == 200
    assert there.get("session/").status_code == 401
    assert len(here.get("sessions/").json()["results"]) == 1
    assert sign_in(api(None), OTHER).status_code == 200


@pytest.mark.parametrize(
    ("current", "wanted", "path"),
    [("wrong", OTHER, "/current"), (PASSWORD, "short", "/password")],
)
def test_a_bad_change_says_which_field(api: Clients, current: str, wanted: str, path: str) -> None:
    answer = api("member").post("session/password/", {"current": current, "password": wanted})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["path"] == path


def test_a_program_changes_no_password(api: Clients) -> None:
    answer = api("member", key=True).post(
        "session/password/", {"current": PASSWORD, "password": OTHER}
    )

    assert answer.status_code == 403


def test_a_forgotten_password_is_set_by_a_link_that_works_once(
    api: Clients, letters: list[str]
) -> None:
    before = api("member")
    api(None).post("auth/forgotten/", {"email": MINE})
    token = letters[0].partition("token=")[2].split()[0]

    first = api(None).post("auth/new-password/", {"token": token, "password": OTHER})
    second = api(None).post("auth/new-password/", {"token": token, "password": OTHER})

    assert first.status_code == 200
    assert first.json()["person"]["email"] == MINE
    assert second.status_code == 401
    assert before.get("session/").status_code == 401
    assert sign_in(api(None), OTHER).status_code == 200


@pytest.mark.parametrize("email", ["nobody@alpha.example", "owner@beta.example"])
def test_a_stranger_gets_the_same_answer_and_no_letter(
    api: Clients, letters: list[str], email: str
) -> None:
    mine = api(None).post("auth/forgotten/", {"email": MINE})
    theirs = api(None).post("auth/forgotten/", {"email": email})

    assert (mine.status_code, mine.content) == (theirs.status_code, theirs.content)
    assert len(letters) == 1


def test_links_for_a_forgotten_password_are_limited(api: Clients, letters: list[str]) -> None:
    tries = [
        api(None).post("auth/forgotten/", {"email": MINE}).status_code
        for _ in range(PER_KIND["forgotten at"] + 1)
    ]

    assert tries[-1] == 429
    assert len(letters) == PER_KIND["forgotten at"]


def test_a_link_for_a_password_signs_nobody_in_and_the_other_way_round(
    api: Clients, in_alpha: TenantRef
) -> None:
    token = passwords.create_link(MINE).partition("token=")[2]

    assert api(None).post("auth/one-time/", {"token": token}).status_code == 401
    SignInToken.objects.update(purpose=SignInToken.SIGN_IN)
    answer = api(None).post("auth/new-password/", {"token": token, "password": OTHER})
    assert answer.status_code == 401


def test_an_old_link_sets_nothing(api: Clients, in_alpha: TenantRef) -> None:
    token = passwords.create_link(MINE).partition("token=")[2]
    SignInToken.objects.update(expires_at=Now())

    answer = api(None).post("auth/new-password/", {"token": token, "password": OTHER})

    assert answer.status_code == 401


def test_an_operator_makes_the_link_by_command(
    api: Clients, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("create_password_link", email=MINE, tenant="alpha")
    token = capsys.readouterr().out.partition("token=")[2].strip()

    answer = api(None).post("auth/new-password/", {"token": token, "password": OTHER})

    assert answer.status_code == 200


def test_letters_behind_the_answer_do_arrive(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrived = threading.Event()
    monkeypatch.setattr(mail, "send", lambda *_letter: arrived.set())

    mail.send_behind("a@far.example", "Subject", "Text")

    assert arrived.wait(10)


def test_another_browser_is_seen_and_ended(api: Clients) -> None:
    here, there = api(None), api(None)
    sign_in(there, agent="Firefox on a train")
    sign_in(here)
    rows = here.get("sessions/").json()["results"]

    ended = here.delete(f"sessions/{rows[1]['id']}/")

    assert [row["is_this"] for row in rows] == [True, False]
    assert rows[1]["agent"] == "Firefox on a train"
    assert ended.status_code == 204
    assert there.get("session/").status_code == 401
    assert here.get("session/").status_code == 200


def test_all_other_browsers_are_ended_at_once(api: Clients) -> None:
    here, there = api(None), api(None)
    sign_in(there)
    sign_in(here)

    assert here.delete("sessions/").status_code == 204

    assert there.get("session/").status_code == 401
    assert len(here.get("sessions/").json()["results"]) == 1


def test_signing_out_takes_the_browser_off_the_list(api: Clients) -> None:
    here, there = api(None), api(None)
    sign_in(there)
    sign_in(here)
    there.post("auth/sign-out/")

    assert len(here.get("sessions/").json()["results"]) == 1


def test_a_name_is_changed_and_recorded(api: Clients) -> None:
    browser = api("member")

    answer = browser.patch("session/person/", {"name": " Mira Lind "})

    assert answer.json()["person"]["name"] == "Mira Lind"
    assert browser.get("members/").json()["results"][2]["name"] == "Mira Lind"
