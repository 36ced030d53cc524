"""Invitations: from the wish of an admin to a member who signs in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models.functions import Now

from headrace.accounts import invitations
from headrace.accounts.models import Invitation, Membership, Person
from headrace.accounts.throttle import PER_KIND
from headrace.audit.models import Entry
from headrace.tenants.context import TenantRef
from tests.support.clients import Api
from tests.support.database import PASSWORD
from tests.support.mail import mail_server

Clients = Callable[..., Api]
NEW = "mira@far.example"
CHOSEN = "another long password"


def invite(api: Api, email: str = NEW, role: str = "member") -> Any:
    return api.post("invitations/", {"email": email, "role": role})


def token_of(answer: Any) -> str:
    return str(answer.json()["link"].partition("token=")[2])


def accept(api: Api, token: str, password: str = CHOSEN, name: str = "Mira") -> Any:
    return api.post("auth/invitation/accept/", {"token": token, "password": password, "name": name})


def test_an_invited_person_chooses_a_password_and_is_signed_in(
    api: Clients, in_alpha: TenantRef
) -> None:
    token = token_of(invite(api("admin")))
    stranger = api(None)

    offered = stranger.post("auth/invitation/", {"token": token}).json()
    answer = accept(stranger, token)

    assert offered["email"] == NEW
    assert offered["role"] == "member"
    assert offered["is_known"] is False
    assert answer.status_code == 200
    assert stranger.get("session/").json()["person"]["name"] == "Mira"
    assert stranger.get("session/").json()["role"] == "member"
    actions = list(Entry.objects.order_by("seq").values_list("action", flat=True))
    assert actions[-4:] == [
        "invitation.created", "member.added", "invitation.accepted", "session.started",
    ]  # fmt: skip


def test_a_link_works_once(api: Clients) -> None:
    token = token_of(invite(api()))
    accept(api(None), token)

    again = accept(api(None), token)

    assert again.status_code == 410
    assert again.json()["code"] == "invitation_over"


def test_somebody_known_joins_by_their_own_password_only(api: Clients, in_alpha: TenantRef) -> None:
    token = token_of(invite(api(), "owner@beta.example", "viewer"))

    refused = accept(api(None), token, CHOSEN)
    let_in = accept(api(None), token, PASSWORD)

    assert refused.status_code == 401
    assert let_in.status_code == 200
    assert let_in.json()["role"] == "viewer"


def test_a_weak_password_is_refused_and_the_link_stays_good(api: Clients) -> None:
    token = token_of(invite(api()))

    refused = accept(api(None), token, "short")

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["path"] == "/password"
    assert accept(api(None), token).status_code == 200


def test_only_the_hash_of_a_link_is_stored(api: Clients, in_alpha: TenantRef) -> None:
    token = token_of(invite(api()))

    assert token not in str(Invitation.objects.values()) + str(Entry.objects.values())


def test_the_list_shows_no_link(api: Clients) -> None:
    invite(api())

    rows = api("admin").get("invitations/").json()["results"]

    assert [row["email"] for row in rows] == [NEW]
    assert "link" not in rows[0]


def test_a_renewed_invitation_ends_the_link_before(api: Clients, in_alpha: TenantRef) -> None:
    first = invite(api())
    Invitation.objects.update(expires_at=Now())

    second = api().post(f"invitations/{first.json()['id']}/renew/")

    assert second.json()["is_expired"] is False
    assert accept(api(None), token_of(first)).status_code == 410
    assert accept(api(None), token_of(second)).status_code == 200


@pytest.mark.parametrize("end", ["revoked", "expired"])
def test_a_link_that_ended_lets_nobody_in(api: Clients, in_alpha: TenantRef, end: str) -> None:
    sent = invite(api())
    if end == "revoked":
        api().delete(f"invitations/{sent.json()['id']}/")
    else:
        Invitation.objects.update(expires_at=Now())

    assert accept(api(None), token_of(sent)).status_code == 410
    assert not Person.objects.filter(email=NEW).exists()


def test_a_link_of_one_tenant_is_worth_nothing_at_another(api: Clients, beta: TenantRef) -> None:
    token = token_of(invite(api()))

    assert accept(Api(beta), token).status_code == 410


def test_nobody_invites_above_their_own_role(api: Clients) -> None:
    assert invite(api("admin"), role="owner").status_code == 403
    assert invite(api("admin"), role="admin").status_code == 201


def test_a_member_is_not_invited_again(api: Clients) -> None:
    answer = invite(api(), "Viewer@alpha.example")

    assert answer.status_code == 409
    assert answer.json()["code"] == "already_member"


def test_invitations_are_limited(api: Clients, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PER_KIND, "invite", 2)
    browser = api()

    statuses = [invite(browser, f"a{count}@far.example").status_code for count in range(3)]

    assert statuses == [201, 201, 429]


def test_wrong_links_are_limited(api: Clients, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PER_KIND, "invitation", 2)
    stranger = api(None)

    tries = [stranger.post("auth/invitation/", {"token": "x"}).status_code for _ in range(3)]

    assert tries == [410, 410, 429]


def test_an_invitation_goes_out_by_mail(api: Clients, settings: Any) -> None:
    with mail_server() as box:
        settings.HEADRACE_SMTP_URL = f"smtp+plain://127.0.0.1:{box.port}"
        settings.HEADRACE_MAIL_FROM = "flows@alpha.example"
        answer = invite(api())

    assert answer.json()["mailed"] is True
    assert box.letters[0]["To"] == NEW
    assert answer.json()["link"] in box.letters[0].get_content()


def test_a_dead_mail_server_leaves_the_link_to_copy(api: Clients, settings: Any) -> None:
    settings.HEADRACE_SMTP_URL = "smtp+plain://127.0.0.1:1"

    answer = invite(api())

    assert answer.status_code == 201
    assert answer.json()["mailed"] is False


def test_a_deactivated_member_is_shut_out_with_their_keys(
    api: Clients, in_alpha: TenantRef
) -> None:
    browser, program = api("member"), api(key=True)
    rows = api().get("members/").json()["results"]
    theirs, owners = rows[2], rows[0]
    Membership.objects.filter(pk=theirs["id"]).update(role="owner")

    changed = api("member").patch(f"members/{owners['id']}/", {"is_active": False})

    assert changed.json()["is_active"] is False
    assert program.get("session/").status_code == 401
    back = browser.patch(f"members/{owners['id']}/", {"is_active": True})
    assert back.json()["is_active"] is True
    assert program.get("session/").status_code == 200


def test_the_last_active_owner_stays(api: Clients) -> None:
    mine = api().get("members/").json()["results"][0]["id"]

    shut_out = api().patch(f"members/{mine}/", {"is_active": False})
    left = api().post("session/leave/")

    assert {shut_out.json()["code"], left.json()["code"]} == {"last_owner"}


def test_anybody_else_may_leave(api: Clients) -> None:
    browser = api("viewer")

    assert browser.post("session/leave/").status_code == 204
    assert browser.get("session/").status_code == 401


def test_the_roles_say_what_each_may_do(api: Clients) -> None:
    roles = api("viewer").get("roles/").json()["results"]

    assert [row["role"] for row in roles] == ["owner", "admin", "member", "viewer"]
    assert "member.invite" in roles[1]["permissions"]
    assert "member.invite" not in roles[2]["permissions"]


def test_too_many_open_invitations_are_refused(
    api: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(invitations, "MOST_OPEN", 1)
    invite(api())

    answer = invite(api(), "second@far.example")

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["path"] == "/email"
