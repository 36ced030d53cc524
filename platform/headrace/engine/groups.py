"""Checks the groups of a workflow document: frames around nodes, which no run knows of."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Final, cast

from headrace.engine.fields import BOOLEAN, ID, FieldReader, Rule, is_object
from headrace.engine.problems import Findings, listed

_LONGEST_TITLE: Final = 200

_GROUP: Final = {
    "id": ID,
    "title": Rule(
        f"a text of at most {_LONGEST_TITLE} characters",
        lambda value: isinstance(value, str) and len(value) <= _LONGEST_TITLE,
    ),
    "color": ID,
    "nodes": Rule(
        "a list of node ids",
        lambda value: (
            isinstance(value, list | tuple) and all(isinstance(node, str) for node in value)
        ),
    ),
    "collapsed": BOOLEAN,
}


def check_groups(sources: list[object], nodes: AbstractSet[str], findings: Findings) -> None:
    """Note what is wrong with `groups`. `nodes` are the ids that the document has.

    A member that is gone or stands in two groups is a warning: both come of two people's edits
    that were merged, and nothing but the drawing depends on it.
    """
    ids: set[str] = set()
    grouped: set[str] = set()
    for index, source in enumerate(sources):
        path = f"/groups/{index}"
        if not is_object(source):
            findings.add("invalid_format", "A group must be an object.", path=path)
            continue
        reader = FieldReader(findings, "invalid_format", path)
        fields = reader.read(source, _GROUP, "id", "title", "color", "nodes")
        if (given := cast("str | None", fields.get("id"))) in ids:
            message = f'Two groups have the id "{given}"; every id may occur once.'
            findings.add("duplicate_id", message, path=f"{path}/id")
        elif given is not None:
            ids.add(given)
        members = cast("list[str]", fields.get("nodes", []))
        _check_members(members, f"{path}/nodes", nodes, grouped, findings)
        grouped.update(members)


def _check_members(
    members: list[str],
    path: str,
    nodes: AbstractSet[str],
    grouped: AbstractSet[str],
    findings: Findings,
) -> None:
    if gone := [member for member in members if member not in nodes]:
        message = f"The group names nodes that do not exist: {listed(gone)}; take them out."
        findings.add("unknown_member", message, path=path, severity="warning")
    if shared := [member for member in members if member in grouped]:
        message = f"Nodes stand in two groups: {listed(shared)}; leave each in one."
        findings.add("shared_member", message, path=path, severity="warning")
