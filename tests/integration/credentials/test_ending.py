"""Credentials that end: written down, shown, and told of in time, once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from headrace.credentials import actions
from headrace.notifications.models import Notification
from headrace.operations.endings import tell_of_endings

pytestmark = pytest.mark.usefixtures("in_alpha")


def day(days):
    return (datetime.now(UTC) + timedelta(days=days)).date()


def made(actor, expires_on):
    data = {"user": "ada", "token": "t" * 12}
    return actions.create(actor, name="Shop", kind="test_token", data=data, expires_on=expires_on)


def test_the_last_day_is_kept_shown_and_taken_back(api, owner):
    credential = made(owner, day(30))
    address = f"credentials/{credential.id}/"

    assert api().get(address).json()["expires_on"] == day(30).isoformat()
    assert api().patch(address, {"name": "Store"}).json()["expires_on"] == day(30).isoformat()
    assert api().patch(address, {"expires_on": None}).json()["expires_on"] is None
    refused = api().patch(address, {"expires_on": "soon"})
    assert (refused.status_code, refused.json()["errors"][0]["path"]) == (400, "/expires_on")


@pytest.mark.parametrize(("days", "count"), [(6, 1), (-1, 1), (9, 0)])
def test_its_owner_is_told_a_week_before_and_once(owner, days, count):
    made(owner, day(days))
    for _ in range(2):
        tell_of_endings()

    told = Notification.objects.filter(person_id=owner.person_id)
    assert [one.title for one in told] == [f'The credential "Shop" ends on {day(days)}'] * count


def test_a_new_last_day_is_told_of_again(owner):
    credential = made(owner, day(1))
    tell_of_endings()
    actions.update(owner, credential.id, expires_on=day(3))
    tell_of_endings()

    assert Notification.objects.count() == 2
