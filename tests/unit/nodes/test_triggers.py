"""What the triggers wait for, and the items they make of what arrives."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from headrace_sdk import (
    Arrival,
    FileRef,
    Item,
    ManualRegistration,
    ScheduleRegistration,
    UserError,
    WebhookRegistration,
)
from nodes.triggers.manual import Manual
from nodes.triggers.schedule import Schedule
from nodes.triggers.webhook import Webhook

FILE = FileRef("f", "a.txt", "text/plain", 1, "0")


def registered(trigger, params):
    return list(trigger.register(trigger.Params.model_validate(params), "node"))


def accepted(trigger, params, arrival):
    return list(trigger.accept(trigger.Params.model_validate(params), arrival))


def test_a_manual_trigger_waits_for_nothing():
    assert registered(Manual, {}) == [ManualRegistration()]


@pytest.mark.parametrize(
    ("params", "items", "expected"),
    [
        ({}, None, [{}]),
        ({"samples": [{"n": 1}]}, None, [{"n": 1}]),
        ({"samples": [{"n": 1}]}, [{"n": 2}], [{"n": 2}]),
        ({"samples": [{"n": 1}]}, [], []),
        ({"inputs": [{"name": "n", "type": "number"}]}, [{"n": "5", "x": 1}], [{"n": 5, "x": 1}]),
        ({"inputs": [{"name": "n", "type": "number"}]}, [{}], [{}]),
    ],
)
def test_a_manual_trigger_starts_with_given_items_else_with_samples(params, items, expected):
    given = None if items is None else [Item(item) for item in items]

    assert [item.json for item in accepted(Manual, params, Arrival({}, items=given))] == expected


@pytest.mark.parametrize(
    ("declared", "given", "code"),
    [
        ({"name": "n", "required": True}, {}, "missing_input"),
        ({"name": "n", "required": True}, {"n": None}, "missing_input"),
        ({"name": "n", "type": "number"}, {"n": "x"}, "conversion_failed"),
    ],
)
def test_declared_inputs_are_checked(declared, given, code):
    with pytest.raises(UserError) as caught:
        accepted(Manual, {"inputs": [declared]}, Arrival({}, items=[Item({"n": 1}), Item(given)]))

    assert (caught.value.code, caught.value.field, caught.value.item) == (code, "n", 1)


def test_files_of_given_items_are_kept():
    given = [Item({"n": "1"}, {"data": FILE})]

    found = accepted(
        Manual, {"inputs": [{"name": "n", "type": "number"}]}, Arrival({}, items=given)
    )

    assert found == [Item({"n": 1}, {"data": FILE})]


def test_a_webhook_asks_for_its_address_with_everything_the_gate_needs():
    params = {
        "path": "/orders/:id/",
        "method": ["GET", "POST", "GET"],
        "auth": "hmac",
        "signature_header": "X-Hub-Signature-256",
        "signature_prefix": "sha256=",
        "timestamp_header": "X-Time",
        "delivery_header": "X-Delivery",
        "allowed": ["192.0.2.0/24"],
        "respond": "last_node",
        "response_status": 201,
        "response_data": "all_items",
        "response_headers": [{"name": "X-A", "value": "b"}],
        "raw_body": True,
    }

    assert registered(Webhook, params) == [
        WebhookRegistration(
            path="orders/:id",
            methods=("GET", "POST"),
            auth="hmac",
            respond="last_node",
            response_status=201,
            raw_body=True,
            options={
                "delivery_header": "X-Delivery",
                "allowed": ["192.0.2.0/24"],
                "response_data": "all_items",
                "response_headers": [{"name": "X-A", "value": "b"}],
                "header": "X-Hub-Signature-256",
                "prefix": "sha256=",
                "digest": "sha256",
                "encoding": "hex",
                "timestamp_header": "X-Time",
            },
        )
    ]


def test_one_method_may_be_written_without_a_list():
    assert registered(Webhook, {"method": "PUT"})[0].methods == ("PUT",)


@pytest.mark.parametrize(
    "params",
    [
        {"method": []},
        {"method": "TRACE"},
        {"auth": "hmac", "signature_header": ""},
        {"auth": "magic"},
        {"response_status": 100},
    ],
)
def test_a_webhook_that_cannot_work_is_refused(params):
    with pytest.raises(ValidationError):
        registered(Webhook, params)


@pytest.mark.parametrize(
    "header", [{"name": "X A", "value": ""}, {"name": "X-A", "value": "1\r\nSet-Cookie: a=b"}]
)
def test_a_header_cannot_smuggle_in_another(header):
    with pytest.raises(UserError) as caught:
        registered(Webhook, {"response_headers": [header]})

    assert (caught.value.code, caught.value.field) == ("invalid_header", "response_headers")


def test_each_authentication_has_its_credential_slot_and_none_has_none():
    slots = {slot.show_if: slot.types for slot in Webhook.credentials}

    assert slots == {
        ("auth", ("basic",)): ("http_basic",),
        ("auth", ("header",)): ("http_header",),
        ("auth", ("hmac",)): ("http_hmac",),
        ("auth", ("jwt",)): ("jwt_key",),
    }
    assert all(slot.required for slot in Webhook.credentials)


def test_a_request_is_one_item_with_its_files():
    arrival = Arrival({"method": "POST", "body": {"a": 1}}, {"upload": FILE})

    assert accepted(Webhook, {}, arrival) == [
        Item({"method": "POST", "body": {"a": 1}}, {"upload": FILE})
    ]


@pytest.mark.parametrize(
    ("rule", "cron", "interval_s"),
    [
        ({"unit": "seconds", "every": 90}, (), 90),
        ({"unit": "minutes", "every": 1}, ("* * * * *",), None),
        ({"unit": "minutes", "every": 15}, ("*/15 * * * *",), None),
        ({"unit": "minutes", "every": 7}, (), 420),
        ({"unit": "minutes", "every": 60}, (), 3_600),
        ({"unit": "hours", "every": 6}, ("0 */6 * * *",), None),
        ({"unit": "hours", "every": 5}, (), 18_000),
        ({"unit": "days", "time": "07:05"}, ("5 7 * * *",), None),
        ({"unit": "days", "every": 2}, ("0 9 */2 * *",), None),
        ({"unit": "weeks", "weekdays": ["1", "0"], "time": "23:59"}, ("59 23 * * 1,0",), None),
        ({"unit": "months", "day": "31"}, ("0 9 31 * *",), None),
        ({"unit": "months", "every": 3, "day": "last"}, ("0 9 L */3 *",), None),
        ({"unit": "cron", "cron": "*/5 8-18 * * 1-5"}, ("*/5 8-18 * * 1-5",), None),
    ],
)
def test_a_rule_becomes_cron_where_the_clock_holds_it_else_an_interval(rule, cron, interval_s):
    found = registered(Schedule, {"rules": [rule]})

    assert found == [ScheduleRegistration(cron=cron, interval_s=interval_s)]


def test_every_second_week_is_a_registration_of_its_own():
    rules = [{"unit": "days"}, {"unit": "weeks", "every": 2, "weekdays": ["1"]}]

    found = registered(Schedule, {"rules": rules})

    assert found == [
        ScheduleRegistration(cron=("0 9 * * *",)),
        ScheduleRegistration(cron=("0 9 * * 1",), every_weeks=2),
    ]


def test_several_rules_share_one_registration_but_intervals_have_their_own():
    rules = [
        {"unit": "days"},
        {"unit": "seconds", "every": 10},
        {"unit": "cron", "cron": "0 0 1 1 *"},
    ]
    options = {"timezone": "Europe/Berlin", "misfire": "all", "overlap": "queue", "jitter_s": 5}

    found = registered(Schedule, {"rules": rules, **options})

    assert found == [
        ScheduleRegistration(cron=("0 9 * * *", "0 0 1 1 *"), **options),
        ScheduleRegistration(interval_s=10, **options),
    ]


@pytest.mark.parametrize(
    "params",
    [
        {"rules": []},
        {"rules": [{"unit": "cron", "cron": "* * *"}]},
        {"rules": [{"unit": "cron", "cron": "61 * * * *"}]},
        {"rules": [{"unit": "cron", "cron": "0 0 30 2 *"}]},
        {"rules": [{"unit": "cron", "cron": "* * * * * *"}]},
        {"rules": [{"unit": "days", "time": "25:00"}]},
        {"rules": [{"unit": "days", "every": 40}]},
        {"rules": [{"unit": "weeks", "weekdays": []}]},
        {"rules": [{"unit": "months", "day": "32"}]},
        {"rules": [{"unit": "months", "every": 13}]},
        {"rules": [{"unit": "seconds", "every": 0}]},
        {"timezone": "Mars/Olympus"},
        {"timezone": "../../etc/passwd"},
    ],
)
def test_a_schedule_that_never_comes_is_refused(params):
    with pytest.raises(ValidationError):
        registered(Schedule, params)


def test_a_scheduled_item_has_the_planned_time_in_its_own_time_zone():
    data = {
        "planned_at": "2026-03-29T23:30:00+00:00",
        "fired_at": "2026-03-29T23:30:01+00:00",
        "timezone": "Europe/Berlin",
    }

    (item,) = accepted(Schedule, {}, Arrival(data))

    assert item.json == {
        **data,
        "date": "2026-03-30",
        "time": "01:30:00",
        "year": 2026,
        "month": 3,
        "day": 30,
        "hour": 1,
        "minute": 30,
        "weekday": 1,
        "week": 14,
    }


def test_a_schedule_that_is_run_by_hand_has_what_it_was_given():
    assert accepted(Schedule, {}, Arrival({})) == [Item({})]
    assert accepted(Schedule, {}, Arrival({}, items=[Item({"a": 1})])) == [Item({"a": 1})]
