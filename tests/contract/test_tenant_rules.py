"""What the source may not say, so that no tenant's data is reached by a side door."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from headrace.tenants.checks import tables_of
from headrace.tenants.context import TenantRef, public

PLATFORM = Path(__file__).parents[2] / "platform" / "headrace"
SOURCES = {
    str(file.relative_to(PLATFORM)): file.read_text(encoding="utf-8")
    for file in PLATFORM.rglob("*.py")
}

FORBIDDEN = {
    "switching a connection (design 2c)": (
        r"\.set_schema\(|\.set_tenant\(|schema_context|tenant_context\(|set_schema_to_public\(",
        {"tenants/database/base.py"},
    ),
    "changing the search path (T-009)": (
        r"(?i)\bset (local )?search_path(?! = pg_catalog)|\bdiscard all\b|\breset (all|search_path)",
        {"tenants/database/base.py"},
    ),
    "naming a schema in SQL (T-023)": (
        r"""(?i)(from|join|into|update|table|to_regclass\(')\s*["']?public\.""",
        {"tenants/schemas.py"},
    ),
    "a key outside the database without the tenant's id (T-015)": (
        r"""f["']t[:.]\{(?!\w+(\.id)?\.hex\})""",
        {"tenants/keys.py"},
    ),
    "unpickling (S-074)": (r"\bpickle\b|\bmarshal\b|\byaml\.load\b|\bdill\b", set()),
    "filters whose names come from data (S-073)": (
        r"\.(filter|exclude|get|order_by)\(\*\*(request|data|query|params|body)",
        set(),
    ),
    "HTML taken for safe (S-038)": (r"mark_safe|\|safe\b|autoescape off", set()),
}


@pytest.mark.parametrize("rule", FORBIDDEN)
def test_the_source_keeps_the_rule(rule: str) -> None:
    """T-009, T-015, T-023, S-073, S-074."""
    pattern, allowed = FORBIDDEN[rule]

    breaking = {name for name, text in SOURCES.items() if re.search(pattern, text)}

    assert breaking - allowed == set()


def test_the_rules_see_the_source() -> None:
    """A rule over nothing proves nothing."""
    assert len(SOURCES) > 100
    assert re.search(FORBIDDEN["switching a connection (design 2c)"][0], "connection.set_schema(x)")


def test_shared_and_tenants_apps_are_disjoint() -> None:
    """T-007."""
    assert not set(settings.SHARED_APPS) & set(settings.TENANT_APPS)
    assert not tables_of(settings.SHARED_APPS) & tables_of(settings.TENANT_APPS)


def test_every_app_is_shared_or_a_tenants() -> None:
    """T-007: no app of ours without a place for its tables."""
    ours = {
        "headrace." + name.removesuffix("/apps.py").replace("/", ".")
        for name in SOURCES
        if name.endswith("/apps.py")
    }

    assert ours <= {*settings.SHARED_APPS, *settings.TENANT_APPS}


def test_every_database_function_has_a_pinned_search_path(alpha: TenantRef) -> None:
    """T-023: nothing can be slipped in front; two need none, since they look up no names."""
    with public(), connection.cursor() as cursor:
        cursor.execute(
            """
            select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
            where n.nspname in ('public', 't_alpha') and p.prokind = 'f'
              and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')
              and not exists (
                  select 1 from unnest(coalesce(p.proconfig, '{}')) c where c like 'search_path=%%')
            """,
            [],
        )
        unpinned = {name for (name,) in cursor.fetchall()}

    assert unpinned <= {"this_tenant", "audit_is_append_only"}
