"""Template Text, XML/YAML/Markdown and HTML Extract: what they give, and what cannot hurt them."""

from __future__ import annotations

import asyncio

import pytest

from headrace_sdk import NodeError, UserError
from headrace_sdk.apart import run_apart
from headrace_sdk.testing import run_node
from nodes.data import markup_work as markup
from nodes.data.convert_text import ConvertText
from nodes.data.template_text import TemplateText
from nodes.data.template_work import render
from nodes.web.html_extract import HtmlExtract
from nodes.web.html_work import extract


def rendered(template, data=None, *, escape=False, strict=True, markdown=False):
    given = {"rows": [[template, data or {}]], "escape": escape, "strict": strict}
    return render(given | {"markdown": markdown}, b"")[0][0]


@pytest.mark.parametrize(
    ("template", "options", "expected"),
    [
        ("{{ a.b[1] }}", {}, "2"),
        ("{% for x in a.b %}{{ loop.index }}{{ x }};{% endfor %}", {}, "11;22;"),
        ("{{ tag }}", {"escape": True}, "&lt;b&gt;"),
        ("{{ tag | safe }}", {"escape": True}, "<b>"),
        ("{{ no }}", {"strict": False}, ""),
        ("# {{ tag }}", {"markdown": True, "escape": True}, "<h1>&lt;b&gt;</h1>\n"),
        ("<script>x</script>", {"markdown": True}, "<p>&lt;script&gt;x&lt;/script&gt;</p>\n"),
    ],
)
def test_templates_are_rendered(template, options, expected):
    assert rendered(template, {"a": {"b": [1, 2]}, "tag": "<b>"}, **options) == expected


@pytest.mark.parametrize(
    "template",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ self.__init__.__globals__ }}",
        "{{ items.append(1) }}",
        "{{ '{0.__class__}'.format(1) | length > 99 or 1/0 }}",
        "{% include '/etc/passwd' %}",
        "{{ cycler.__init__ }}",
        "{{ range(999999999) }}",
        "{{ no }}",
        "{% for %}",
        "{{ 1/0 }}",
    ],
)
def test_templates_cannot_leave_their_sandbox(template):
    with pytest.raises(UserError) as caught:
        rendered(template, {"items": []})

    assert (caught.value.code, caught.value.item) == ("template_failed", 0)


def test_a_text_without_end_is_stopped():
    with pytest.raises(UserError) as caught:
        rendered("{% for a in range(9999) %}{{ 'x' * 9999 }}{% endfor %}")

    assert caught.value.code == "text_too_long"


def test_a_template_that_eats_all_memory_harms_nobody():
    rows = [["{{ ('x' * 999999999) ~ ('y' * 999999999) }}", {}]]
    given = {"rows": rows, "escape": False, "strict": True, "markdown": False}

    with pytest.raises(NodeError) as caught:
        asyncio.run(run_apart("nodes.data.template_work:render", given))

    assert caught.value.code == "parser_failed"


def test_the_error_of_an_item_names_it():
    with pytest.raises(UserError) as caught:
        run_node(TemplateText, {"template": "{{ 1 / n }}"}, [{"n": 1}, {"n": 0}])

    assert caught.value.item == 1


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("<a/>", {"a": ""}),
        ("<a x='1'>t</a>", {"a": {"@x": "1", "#text": "t"}}),
        ("<a><b>1</b><b/><c>ä</c></a>", {"a": {"b": ["1", ""], "c": "ä"}}),
        ('<?xml version="1.0"?><a><![CDATA[<&>]]></a>', {"a": "<&>"}),
        ("<n:a xmlns:n='u'/>", {"n:a": {"@xmlns:n": "u"}}),
    ],
)
def test_xml_becomes_data(text, value):
    assert markup.from_xml(text) == value


def test_data_becomes_xml_and_comes_back():
    value = {"order": {"@id": "7", "line": ["a", "b"], "total": "1 < 2"}}

    assert markup.from_xml(markup.to_xml(value)) == value
    assert "<root>\n  <a>true</a>" in markup.to_xml({"a": True, "b": None})


LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><l>&b;</l>'
FILES = '<!DOCTYPE l [<!ENTITY f SYSTEM "file:///etc/passwd">]><l>&f;</l>'
YAML_LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("xml_to_json", LAUGHS),
        ("xml_to_json", FILES),
        ("xml_to_json", "<a>" * 100 + "</a>" * 100),
        ("xml_to_json", "<a><b></a>"),
        ("xml_to_json", ""),
        ("json_to_xml", {"a b": 1}),
        ("yaml_to_json", YAML_LAUGHS),
        ("yaml_to_json", "&a [*a]"),
        ("yaml_to_json", "[" * 5_000),
        ("yaml_to_json", "!!python/object/apply:os.system [id]"),
        ("yaml_to_json", "a: !!binary aGk="),
        ("yaml_to_json", "{[1]: 2}"),
        ("yaml_to_json", "a: .nan"),
        ("html_to_markdown", "<b>" * 250 + "x"),
    ],
)
def test_what_is_broken_or_a_bomb_is_refused(kind, value):
    with pytest.raises(UserError) as caught:
        markup.convert({"kind": kind, "values": [value]}, b"")

    assert (caught.value.code, caught.value.item) == ("conversion_failed", 0)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 1\nb: [x, 2026-01-01]", {"a": 1, "b": ["x", "2026-01-01"]}),
        ("a: &x {b: 1}\nc: *x", {"a": {"b": 1}, "c": {"b": 1}}),
        ("--- 1\n--- 2", [1, 2]),
        ("", []),
        ("yes: no\n2: 3", {"true": False, "2": 3}),
    ],
)
def test_yaml_becomes_data(text, value):
    assert markup.from_yaml(text) == value


def test_html_becomes_markdown():
    page = """<html><head><title>no</title></head><body><script>no</script>
      <h2>A <i>title</i></h2><p>See <a href="/x">this <b>page</b></a>,<br>now.</p>
      <ul><li>one</li><li>two<ol><li>deep</li></ol></li></ul>
      <blockquote>said</blockquote><pre>a  b\nc</pre>
      <table><tr><th>k</th><th>v</th></tr><tr><td>a|b</td></tr></table></body></html>"""

    assert markup.html_to_markdown(page) == (
        "## A *title*\n\nSee [this **page**](/x),\nnow.\n\n- one\n- two\n  1. deep\n\n> said\n\n"
        "```\na  b\nc\n```\n\n| k | v |\n| --- | --- |\n| a\\|b |  |"
    )


def test_a_text_that_is_too_long_is_refused_before_anything_is_started():
    with pytest.raises(UserError) as caught:
        run_node(ConvertText, {"source": "x" * (8 * 1024 * 1024 + 1)})

    assert caught.value.code == "text_too_long"


PAGE = """<nav>Menu</nav><article><h1> The  <b>head</b> </h1><p class="x">First paragraph of some
length, to be found.</p><p>Second &amp; last, also long enough to count.</p></article>
<a href="/a" title="A">A</a><a href="b">B</a><footer>Imprint</footer>"""


def taken(html, base="", **row):
    plain = {"name": "v", "by": "css", "selector": "", "take": "text", "attribute": "href"}
    (found,), _ = extract({"pages": [[html, base, [plain | {"many": False} | row]]]}, b"")
    return found and found["v"]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"selector": "h1"}, "The head"),
        ({"selector": "a", "many": True}, ["A", "B"]),
        ({"selector": "a", "take": "attribute", "attribute": "title"}, "A"),
        ({"selector": "p.x", "take": "attribute"}, None),
        ({"selector": "h1 b", "take": "html"}, "<b>head</b>"),
        ({"by": "xpath", "selector": "//a/@href", "many": True}, ["/a", "b"]),
        ({"by": "xpath", "selector": "count(//a)"}, 2.0),
        ({"by": "xpath", "selector": "string(//h1/b)"}, "head"),
        ({"selector": ".no"}, None),
        ({"selector": ".no", "many": True}, None),
    ],
)
def test_values_are_taken_out_of_html(row, expected):
    assert taken(PAGE, **row) == expected


def test_the_main_text_leaves_out_menus():
    assert taken(PAGE, by="article") == (
        "The head First paragraph of some length, to be found."
        "Second & last, also long enough to count."
    )


def test_links_become_absolute():
    assert taken(PAGE, "https://x.org/s/", selector="a:nth-of-type(2)", take="attribute") == (
        "https://x.org/s/b"
    )


@pytest.mark.parametrize(
    "row", [{"selector": "a:::b"}, {"by": "xpath", "selector": "//a["}, {"by": "xpath", "selector": "re:test('a','(a+)+')"}]
)  # fmt: skip
def test_a_selector_that_is_none_is_an_error(row):
    with pytest.raises(UserError) as caught:
        taken(PAGE, **row)

    assert caught.value.code == "bad_selector"
    assert caught.value.field == "values.0.selector"


@pytest.mark.parametrize("html", ["", "   ", "<", "\x00", "<!DOCTYPE", "<b>" * 3_000])
def test_odd_pages_are_empty_and_no_error(html):
    result = run_node(HtmlExtract, {"source": html, "values": [{"name": "v", "selector": "h9"}]})

    assert result.json("empty") == [{}]
