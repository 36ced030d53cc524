"""Sequential order: one branch after the other, from the top left (rule 5)."""

from __future__ import annotations

from tests.unit.engine.drawing import MERGE, draw
from tests.unit.engine.shell import LATER, Shell, by_ports, failed


def ran(*wires: str, **facts) -> list[str]:
    behave = by_ports(**facts.pop("ports", {}))
    return Shell(draw(*wires, order="sequential", **facts).graph(), behave=behave).start().run().ran


def test_a_branch_completes_before_the_next_begins():
    assert ran("t > a", "t > b", "a > a2", "b > b2", "a2 > a3") == ["a", "a2", "a3", "b", "b2"]


def test_a_join_that_is_complete_runs_at_once():
    wires = ("t > a", "t > b", "t > c", "a > join.left", "b > join.right", "join > z")

    assert ran(*wires) == ["a", "b", "join", "z", "c"]


def test_a_join_that_lacks_a_port_runs_when_nothing_else_is_left():
    wires = (
        "t > if",
        "if.true > join.left",
        "if.false > join.right",
        "if.true > a",
        "a > b",
        "t > c",
    )

    assert ran(*wires, ports={"if": "true"}) == ["if", "a", "b", "c", "join"]


def test_of_two_joins_that_lack_a_port_the_one_above_runs_first():
    wires = (
        "t > if",
        "if.true > j1.left",
        "if.false > j1.right",
        "if.true > j2.left",
        "if.false > j2.right",
    )

    assert ran(*wires, ports={"if": "true"}, shapes={"j1": MERGE, "j2": MERGE}) == [
        "if",
        "j1",
        "j2",
    ]


def test_a_join_in_a_loop_waits_for_its_own_turn_only():
    wires = (
        "t > loop",
        "t > after",
        "loop.loop > if",
        "if.true > join.left",
        "if.false > join.right",
        "if.true > a",
        "join > loop",
    )
    shell = Shell(
        draw(*wires, order="sequential").graph(), behave=by_ports(**{"if": "true"})
    ).start()

    shell.complete("loop", loop=1).run()

    assert shell.ran == ["loop", "if", "a", "join", "after"]


def test_a_step_that_waits_holds_everything():
    shell = Shell(draw("t > a", "t > b", order="sequential").graph()).start()

    shell.report(failed(shell.step("a"), will_retry=True, next_at=LATER))
    assert shell.steps == []
    shell.report(shell.pending()[0].then)

    assert shell.steps == ["a"]
