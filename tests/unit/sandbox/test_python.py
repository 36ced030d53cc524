"""What Python gets, what it may return, and which error tells what went wrong."""

from __future__ import annotations

import pytest

from headrace.sandbox import actions
from headrace.sandbox.limits import Limits
from headrace_sdk.errors import NodeError
from headrace_sdk.items import FileRef, Item
from headrace_sdk.testing.context import NOON
from tests.unit.sandbox.test_confinement import IS_SEALED

pytestmark = pytest.mark.timeout(300)
"""The first to want pyeryx makes its image."""

FILE = FileRef("f1", "a.txt", "text/plain", 3, "00")


def json(items):
    return [item.json for item in items]


def parents(items):
    return [[pair.item for pair in item.paired] for item in items]


async def test_it_runs_once_over_all_items(run_python):
    made = await run_python("return [{'n': i.json['n'] * 2} for i in items]", [{"n": 1}, {"n": 2}])

    assert json(made) == [{"n": 2}, {"n": 4}]


async def test_it_runs_for_each_item_and_leaves_out_what_is_none(run_python):
    source = "return {**item['json'], 'at': index} if item.json['n'] > 5 else None"

    made = await run_python(source, [{"n": 5}, {"n": 6}], per_item=True)

    assert json(made) == [{"n": 6, "at": 1}]
    assert parents(made) == [[1]]


async def test_items_that_are_sorted_or_changed_keep_their_lineage(run_python):
    source = "items[0].json['seen'] = True\nreturn [items[2], {'json': items[0].json}, {'new': 1}]"

    made = await run_python(source, [{"n": 0}, {"n": 1}, {"n": 2}])

    assert json(made) == [{"n": 2}, {"n": 0, "seen": True}, {"new": 1}]
    assert parents(made) == [[2], [0], []]


async def test_files_pass_through(run_python):
    made = await run_python("return items", [Item({}, {"data": FILE})])

    assert made[0].binary == {"data": FILE}


async def test_what_it_prints_is_heard_even_when_it_is_stopped(run_python, printed):
    source = "import sys\nprint('a', 1)\nprint('é', file=sys.stderr)\nreturn {'text': 'x' * 2000}"

    with pytest.raises(NodeError):
        await run_python(source, limits=Limits(time_s=20, output_bytes=1000))

    assert [one for one in printed if one[0] == "info"] == [("info", "a 1"), ("info", "é")]


async def test_time_and_chance_are_those_of_the_run_and_secrets_are_not(run_python):
    source = (
        "import datetime, random, secrets\n"
        "return {'day': str(datetime.datetime.now())[:16], 'chance': random.random(),"
        " 'secret': secrets.token_hex()}"
    )

    first, again, other = [(await run_python(source, seed=seed))[0].json for seed in (1, 1, 2)]

    assert first["chance"] == again["chance"] != other["chance"]
    assert first["secret"] != again["secret"]
    assert first["day"] == f"{NOON:%Y-%m-%d %H:%M}"


async def test_the_time_of_the_run_is_the_time_everywhere(run_python):
    source = (
        "import datetime, time\n"
        "now = datetime.datetime.now()\n"
        "moments = [now, datetime.datetime.now(datetime.UTC), datetime.datetime.utcnow(),"
        " datetime.datetime.fromtimestamp(time.time()), datetime.datetime(*time.gmtime()[:6])]\n"
        "return {'days': {str(one.date()) for one in moments} | {str(datetime.date.today()),"
        " time.strftime('%Y-%m-%d')}, 'is': isinstance(now, datetime.datetime)"
        " and isinstance(now, datetime.date) and not isinstance(1, datetime.date),"
        " 'given': time.strftime('%d', time.gmtime(0)), 'year': 'Thu Jan  1' in time.ctime(0)}"
    )

    assert json(await run_python(source)) == [
        {"days": [f"{NOON:%Y-%m-%d}"], "is": True, "given": "01", "year": True}
    ]


async def test_what_is_not_loaded_yet_can_be_imported(run_python):
    source = (
        "import colorsys, sched, wsgiref.headers, encodings.cp437\nreturn {'n': sched.__name__}"
    )

    assert json(await run_python(source)) == [{"n": "sched"}]


async def test_dates_and_decimals_become_json(run_python):
    source = "import datetime, decimal\nreturn {'d': datetime.date(2026, 3, 1), 'n': decimal.Decimal('1.5'), 's': {1}}"

    assert json(await run_python(source)) == [{"d": "2026-03-01", "n": 1.5, "s": [1]}]


async def test_what_one_job_breaks_is_whole_for_the_next(run_python):
    """S-005"""
    await run_python("import builtins, json\nbuiltins.len = json.loads = None\nreturn []")

    assert json(await run_python("import json\nreturn {'n': len(json.loads('[1]'))}")) == [{"n": 1}]


async def test_data_that_looks_like_code_stays_data(run_python):
    """S-010"""
    value = '\'; import os; raise SystemExit  # """ {items}'

    made = await run_python("return items", [{"a": value}], variables={"workflow": {"n": value}})

    assert json(made) == [{"a": value}]


@pytest.mark.parametrize(
    ("source", "code", "message"),
    [
        ("\nfoo.bar", "code_failed", r"NameError: name 'foo' is not defined \(line 2\)"),
        ("return ]", "code_syntax", r"SyntaxError: .* \(line 1\)"),
        ("from math import *", "code_syntax", "SyntaxError"),
        ("return [1]", "code_result_invalid", "An item is a dict, not 1"),
        ("", "code_result_invalid", "returned nothing"),
        ("return {'n': float('nan')}", "code_result_invalid", "cannot be written as JSON"),
        ("return {'n': object()}", "code_result_invalid", "object is no JSON"),
        ("raise SystemExit", "code_failed", "SystemExit"),
        ("import os\nos._exit(0)", "code_failed", "ended its interpreter"),
        ("return {'json': {}, 'pairedItem': 7}", "code_result_invalid", "pairedItem"),
    ],
)
async def test_every_mistake_has_a_code_and_says_what_is_wrong(run_python, source, code, message):
    with pytest.raises(NodeError, match=message) as error:
        await run_python(source)

    assert error.value.code == code


@pytest.mark.parametrize(
    ("source", "limits", "code"),
    [
        ("while True: pass", Limits(time_s=0.2), "code_timeout"),
        ("a = []\nwhile True: a.append(bytearray(10**6))", Limits(), "code_memory"),
        ("return {'t': 'x' * 2000}", Limits(output_bytes=1000), "code_output_too_large"),
        ("def f(): return f()\nf()", Limits(), "code_too_deep"),
    ],
)
async def test_every_limit_has_a_code_of_its_own(run_python, source, limits, code):
    with pytest.raises(NodeError) as error:
        await run_python(source, limits=limits)

    assert error.value.code == code


async def test_the_failing_item_is_named(run_python):
    with pytest.raises(NodeError, match="two") as error:
        await run_python(
            "if item.json['n'] == 2: raise ValueError('two')\nreturn item",
            [{"n": 1}, {"n": 2}],
            per_item=True,
        )

    assert error.value.item == 1


@pytest.mark.skipif(not IS_SEALED, reason="this system filters no calls")
async def test_the_process_of_python_can_touch_nothing_around_it(monkeypatch, engine):
    monkeypatch.setenv("HEADRACE_CANARY", "secret")
    actions.close()

    facts = actions.probe("python")

    assert facts["filtered"] is True
    assert facts["environment"] == []
    assert not any(facts[name] for name in facts if name.startswith("can_"))
    assert facts["user"] != 0


async def test_what_the_code_finds_as_its_standard_output_leads_nowhere(run_python):
    source = "import os\nos.write(1, b'\\0' * 64)\nreturn {'alive': True}"

    assert json(await run_python(source)) == [{"alive": True}]


async def test_time_zones_that_the_code_names_are_known(run_python):
    source = (
        "import datetime, zoneinfo\n"
        "summer = datetime.datetime(2026, 7, 1, tzinfo=zoneinfo.ZoneInfo('Asia/Tokyo'))\n"
        "here = zoneinfo.ZoneInfo(item.json['here'])\n"
        "return {'there': summer.isoformat(), 'here': summer.astimezone(here).isoformat()}"
    )

    (made,) = await run_python(
        source, [{"here": "Europe/Oslo"}], per_item=True, timezone="Europe/Oslo"
    )

    assert made.json == {"there": "2026-07-01T00:00:00+09:00", "here": "2026-06-30T17:00:00+02:00"}


async def test_a_time_zone_that_only_data_names_is_refused_with_the_way_out(run_python):
    with pytest.raises(NodeError, match="Write its name out in the code"):
        await run_python(
            "import zoneinfo\nreturn {'z': str(zoneinfo.ZoneInfo(item.json['zone']))}",
            [{"zone": "Asia/Tokyo"}],
            per_item=True,
        )
