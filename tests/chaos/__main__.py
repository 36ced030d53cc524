"""`python -m tests.chaos [--seconds N] [--seed S]`."""

from __future__ import annotations

import argparse
import os
import random
import re
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from headrace_bootstrap.console import say
from headrace_bootstrap.stack import Stack
from tests.chaos import mix, report
from tests.chaos.load import Load
from tests.support.running import Client, command
from tests.support.stub import Stub, serving

if TYPE_CHECKING:
    from tests.chaos.facts import Facts, Run
    from tests.chaos.faults import Faults

TENANTS: Final = ("demo", "other")
WORKERS: Final = 4
LEASE_S: Final = 3.0
SETTLE_S: Final = 300.0
"""Within so long after the last fault everything has ended or waits for a person."""

WARM_UP: Final = 40
LONGEST: Final = 6
"""A slow machine may take so many times as long until enough executions were accepted."""

LOG_LINES: Final = 20


def main() -> int:
    """Break a stack under load for a while, then check; 1 when an invariant does not hold."""
    parser = argparse.ArgumentParser(prog="make chaos", description=main.__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    parser.add_argument("--at-least", type=int, default=300, help="executions; fewer are a failure")
    wishes = parser.parse_args()
    say(f"Chaos for {wishes.seconds:.0f} s, seed {wishes.seed}")
    with (
        serving() as stub,
        tempfile.TemporaryDirectory() as points,
        Stack.temporary(_settings(stub, points), durable=True, workers=WORKERS) as stack,
    ):
        return _chaos(stack, stub, Path(points), wishes)


def _settings(stub: Stub, points: str) -> dict[str, str]:
    return {
        "HEADRACE_EGRESS_ALLOW": f"127.0.0.1:{stub.port}",
        "HEADRACE_LEASE_S": str(LEASE_S),
        "HEADRACE_SWEEP_S": "0.5",
        "HEADRACE_DRAIN_S": "3",
        "HEADRACE_CRASH_POINTS": points,
        "HEADRACE_LOG_LEVEL": "WARNING",
        "MULTI_TENANT": "true",
    }


def _chaos(stack: Stack, stub: Stub, points: Path, wishes: argparse.Namespace) -> int:
    os.environ.update(stack.environment)
    import django  # noqa: PLC0415 - only now is it known where the database is

    django.setup()
    from tests.chaos import collecting  # noqa: PLC0415
    from tests.chaos.faults import Faults  # noqa: PLC0415
    from tests.chaos.invariants import check  # noqa: PLC0415

    kinds = mix.kinds(stub.url(""))
    workflows = _publish(stack, kinds)
    hosts = {slug: f"{slug}.localhost:{stack.port}" for slug in TENANTS}
    names = [kind.name for kind in kinds]
    load = Load(_address(stack), hosts, names, wishes.seed)
    faults = Faults(stack, points, LEASE_S, random.Random(wishes.seed))
    with load.running():
        _wait(lambda: len(load.accepted) >= WARM_UP, 60)
        before = collecting.resources(stack)
        faults.run(
            wishes.seconds,
            LONGEST * wishes.seconds,
            lambda: len(load.accepted) >= wishes.at_least,
            collecting.groups(TENANTS, workflows),
        )
    faults.end()
    settled_s = _wait(lambda: stack.is_ready() and not _open(), SETTLE_S)
    facts = _facts(stack, stub, load, kinds, workflows, before)
    found = check(facts)
    _say(facts, faults, load, found_s=settled_s)
    say(report.results(found))
    too_few = len(facts.runs) < wishes.at_least
    if too_few:
        say(f"Only {len(facts.runs)} executions; {wishes.at_least} were wanted.")
    violations = sum(len(one.violations) for one in found)
    say(f"{violations} violations; repeat with SEED={wishes.seed}")
    return int(bool(violations) or too_few)


def _address(stack: Stack) -> str:
    """Names of tenants' hosts need not be known to this machine."""
    return f"http://127.0.0.1:{stack.port}"


def _publish(stack: Stack, kinds: list[mix.Kind]) -> dict[str, str]:
    """Every workflow at both tenants; the kinds by workflow id."""
    assert stack.owner is not None
    assert stack.owner.password is not None
    made = command(stack, "create_tenant", "other", "--owner", "owner@other.example")
    password = re.search(r"Password of \S+: (\S+)", made.stdout)
    assert password is not None, made.stderr
    people = {
        "demo": (stack.owner.email, stack.owner.password),
        "other": ("owner@other.example", password[1]),
    }
    found: dict[str, str] = {}
    for slug, (email, secret) in people.items():
        client = Client.sign_in(_address(stack), email, secret, f"{slug}.localhost:{stack.port}")
        for kind in kinds:
            found[client.create(kind.document, publish=True)] = kind.name
        client.http.close()
    return found


def _open() -> bool:
    from django.db import DatabaseError, connection  # noqa: PLC0415

    from tests.chaos import collecting  # noqa: PLC0415

    try:
        return bool(collecting.open_executions())
    except DatabaseError:
        connection.close()
        return True


def _facts(
    stack: Stack,
    stub: Stub,
    load: Load,
    kinds: list[mix.Kind],
    workflows: dict[str, str],
    before: object,
) -> Facts:
    from tests.chaos import collecting  # noqa: PLC0415
    from tests.chaos.facts import Facts, Resources  # noqa: PLC0415

    assert isinstance(before, Resources)
    return Facts(
        accepted=load.accepted,
        runs=tuple(collecting.runs(TENANTS, workflows)),
        calls=collecting.calls(stub.calls),
        asks={kind.name: kind.asks for kind in kinds if kind.asks},
        # Each tenant has a workflow of the kind.
        limits={"limited": mix.LIMIT * len(TENANTS)},
        busiest=stub.busiest,
        leased=collecting.shared(collecting.OPEN_BY_NOBODY),
        held=collecting.shared(collecting.HELD),
        unsettled=tuple(f"{one} ({state})" for one, state in collecting.open_executions()),
        before=before,
        after=collecting.resources(stack),
    )


def _wait(condition: object, within_s: float) -> float:
    """Until it holds or the time is over; the seconds that it took."""
    assert callable(condition)
    began = time.monotonic()
    while time.monotonic() - began < within_s and not condition():
        time.sleep(0.2)
    return time.monotonic() - began


def _problem(run: Run) -> str:
    """What the last event says went wrong."""
    error = run.events[-1].data.get("error") if run.events else None
    return (
        f"{run.kind}: {error.get('code')} {error.get('message')}" if isinstance(error, dict) else ""
    )


def _say(facts: Facts, faults: Faults, load: Load, *, found_s: float) -> None:
    statuses = Counter(run.status for run in facts.runs)
    say("\n" + report.counts("Faults", faults.done))
    say(f"crash points reached: {', '.join(faults.reached())}")
    say("\n" + report.counts("Executions", statuses))
    say(report.counts("Of the kinds", Counter(run.kind for run in facts.runs)))
    say(report.counts("Why some failed", Counter(filter(None, map(_problem, facts.runs)))))
    say(report.counts("Not accepted at first", load.refused))
    say(f"settled {found_s:.1f} s after the last fault")
    for what in ("memory_mb", "files", "connections"):
        before, after = getattr(facts.before, what), getattr(facts.after, what)
        say(f"{what:<12} {before:,.0f} before, {after:,.0f} after")
    say("")


if __name__ == "__main__":
    sys.exit(main())
