"""Finding packages: each on its own, broken ones listed (S-024)."""

from __future__ import annotations

import sys
from importlib import invalidate_caches
from importlib.metadata import distributions
from textwrap import dedent

import pytest

from headrace.catalog.errors import UnknownNodeType
from headrace.catalog.loading import load_catalog
from headrace.catalog.queries import catalog
from headrace_sdk import Needs

NODE = """
    from headrace_sdk import hookimpl, node

    @node("{kind}", title="{title}", category="{category}")
    def shout(text: str) -> str:
        "Write a text in capitals, and nothing else."
        return text.upper()

    @hookimpl
    def headrace_nodes():
        return [shout]
"""


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Installs packages for this test only; gives the entry points of all of them."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def add(distribution, source=None, **placeholders):
        module = distribution.replace("-", "_")
        values = {"kind": f"{module}.shout", "title": "Shout", "category": "Text", **placeholders}
        text = dedent(NODE).format(**values) if source is None else dedent(source)
        (tmp_path / f"{module}.py").write_text(f"from __future__ import annotations\n{text}")
        invalidate_caches()
        info = tmp_path / f"{module}-1.2.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.2\n"
        )
        (info / "entry_points.txt").write_text(f"[headrace]\n{module} = {module}\n")
        return [
            entry_point
            for found in distributions(path=[str(tmp_path)])
            for entry_point in found.entry_points.select(group="headrace")
        ]

    yield add
    for path in tmp_path.glob("*.py"):
        sys.modules.pop(path.stem, None)


def types(loaded):
    return [node.type for node in loaded.nodes]


def test_a_package_is_found_by_its_entry_point(install):
    loaded = load_catalog(install("acme-tools"))

    spec = loaded.spec("acme_tools.shout")
    assert types(loaded) == ["acme_tools.shout"]
    assert spec["package"] == {"name": "acme-tools", "version": "1.2"}
    assert loaded.broken == ()


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("import a_module_that_nobody_has", "ModuleNotFoundError"),
        ("1 / 0", "ZeroDivisionError"),
        ("raise SystemExit(3)", "SystemExit: 3"),
        ("def broken(:", "SyntaxError"),
        (
            """
            from headrace_sdk import hookimpl
            @hookimpl
            def headrace_nodes():
                raise RuntimeError("not today")
            """,
            "RuntimeError: not today",
        ),
        (
            """
            from headrace_sdk import hookimpl
            @hookimpl
            def headrace_nodes():
                return [dict]
            """,
            "is not a subclass of Node",
        ),
        (
            """
            from headrace_sdk import hookimpl
            @hookimpl
            def headrace_nodez():
                return []
            """,
            "unknown hook 'headrace_nodez'",
        ),
        (
            """
            from headrace_sdk import Node, Params, hookimpl
            class Half(Node[Params]):
                type = "bad_one.half"
            @hookimpl
            def headrace_nodes():
                return [Half]
            """,
            "has no attribute",
        ),
        (
            """
            from headrace_sdk import CredentialType, hookimpl
            class Empty(CredentialType):
                id = "empty"
                title = "Empty"
            @hookimpl
            def headrace_credential_types():
                return [Empty]
            """,
            "has no attribute 'Fields'",
        ),
        (
            """
            from headrace_sdk import hookimpl
            @hookimpl
            def headrace_needs():
                return {"hosts": ["example.com"]}
            """,
            "which is no Needs",
        ),
        (
            """
            from headrace_sdk import CredentialSlot, Needs, hookimpl, node
            @node("bad_one.take", title="Take", category="Text",
                  credentials=(CredentialSlot("account", ("http_basic",)),))
            def take(text: str) -> str:
                "Take a secret that was not declared."
                return text
            @hookimpl
            def headrace_nodes():
                return [take]
            @hookimpl
            def headrace_needs():
                return Needs(credentials=("http_bearer",))
            """,
            "has a slot for http_basic, which headrace_needs does not declare",
        ),
    ],
    ids=lambda value: value if len(value) < 40 else "source",
)
def test_a_broken_package_is_listed_and_stops_nothing(install, source, reason):
    install("bad-one", source)
    loaded = load_catalog(install("good-one"))

    (broken,) = loaded.broken
    assert broken.package.distribution == "bad-one"
    assert reason in broken.error
    assert types(loaded) == ["good_one.shout"]


def test_the_error_shows_no_folder_of_the_machine(install, tmp_path):
    loaded = load_catalog(install("bad-one", "def f():\n    raise ValueError('deep')\nf()"))

    assert str(tmp_path.parent) not in loaded.broken[0].error
    assert "bad_one.py, line 3, in f" in loaded.broken[0].error


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("aaa_first.shout", "declared twice"),
        ("aaa_first.other", "belongs to aaa-first"),
        ("Shout", "lower case"),
        ("zzz_late.Shout", "lower case"),
        ("../../etc.passwd", "lower case"),
        ("zzz_late.a.b", "lower case"),
    ],
)
def test_a_type_or_pack_belongs_to_one_package(install, kind, reason):
    install("aaa-first")
    loaded = load_catalog(install("zzz-late", kind=kind))

    assert types(loaded) == ["aaa_first.shout"]
    assert reason in loaded.broken[0].error


def test_nothing_of_a_broken_package_is_used(install):
    source = (
        dedent(NODE)
        .format(kind="half.good", title="Good", category="Text")
        .replace("return [shout]", "return [shout, dict]")
    )

    loaded = load_catalog(install("half", source))

    assert types(loaded) == []
    assert len(loaded.broken) == 1


def test_the_order_follows_the_palette_and_not_the_installation(install):
    install("zzz", category="Data", title="B")
    install("mmm", category="trigger", title="C")
    install("qqq", category="My own", title="Z")
    loaded = load_catalog(reversed(install("aaa", category="data", title="C")))

    assert types(loaded) == ["mmm.shout", "zzz.shout", "aaa.shout", "qqq.shout"]
    assert [category.id for category in loaded.categories] == ["trigger", "data", "my_own"]


@pytest.mark.parametrize(
    "kind",
    [
        "../../x",
        "os",
        "flow.\u0131f",
        "flow.if ",
        "FLOW.IF",
        "",
        "flow",
        "nodes.flow.if_",
        "__class__",
    ],
)
def test_an_unknown_type_is_looked_up_and_never_imported(kind):
    """S-024."""
    assert catalog().find(kind) is None
    with pytest.raises(UnknownNodeType):
        catalog().by_type(kind)


def test_a_newer_version_than_the_installed_one_is_unknown():
    assert catalog().find("flow.if", 1) is not None
    assert catalog().find("flow.if", 99) is None


def test_built_in_nodes_come_through_the_same_door():
    built_in = next(p for p in catalog().plugins if p.package.distribution == "headrace")

    assert {"flow.if", "triggers.webhook", "web.http_request"} <= {
        node.type for node in built_in.nodes
    }
    assert catalog().broken == ()


def test_a_package_is_trusted_only_by_name(install):
    install("acme-tools")
    loaded = load_catalog(install("other-tools"), verified=("acme-tools",))

    trust = {plugin.package.distribution: plugin.trust for plugin in loaded.plugins}
    assert trust == {"acme-tools": "verified", "other-tools": "community"}
    assert loaded.plugin_of("acme_tools.shout").trust == "verified"
    assert catalog().plugin_of("flow.if").trust == "core"


def test_what_a_package_needs_is_read_with_it(install):
    source = """
        from headrace_sdk import Needs, hookimpl
        @hookimpl
        def headrace_needs():
            return Needs(hosts=("api.example.com",), files=True)
    """
    install("acme-tools", source)
    loaded = load_catalog(install("silent-one"))

    assert loaded.plugins[0].needs == Needs(hosts=("api.example.com",), files=True)
    assert loaded.plugins[1].needs == Needs()
