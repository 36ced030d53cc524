"""Read File and Convert to File: round trips, and files that are built to hurt."""

from __future__ import annotations

import io
import zipfile

import pytest

from headrace_sdk import Item, UserError, documents
from headrace_sdk.items import Pair
from headrace_sdk.testing import MemoryFiles, run_node
from nodes.files import writing
from nodes.files.make_file import MakeFile
from nodes.files.read_file import ReadFile
from nodes.files.reading import read

FORM = {"header": True, "separator": "", "sheet": "", "charset": "", "limit": 0}


def rows(kind, content, **params):
    return read(FORM | params | {"kind": kind}, content)[0]


def written(kind, items, **params):
    form = {"header": True, "separator": ",", "bom": False, "sheet": "Items", "pretty": False}
    return writing.write(form | params | {"kind": kind, "rows": items}, b"")[1]


@pytest.mark.parametrize(
    ("content", "params", "expected"),
    [
        (b"a,b\n1,x\n", {}, [{"a": "1", "b": "x"}]),
        (b'a;b\n"1;2";"x\ny"\n', {}, [{"a": "1;2", "b": "x\ny"}]),
        (b"\xef\xbb\xbfa\tb\r\n1\t\xc3\xa4\r\n", {}, [{"a": "1", "b": "ä"}]),
        (b"a\n\xe4\n", {}, [{"a": "ä"}]),
        ("a\nä\n".encode("utf-16"), {}, [{"a": "ä"}]),
        (b"a\n\xe4\n", {"charset": "latin-1"}, [{"a": "ä"}]),
        (b"1,2\n", {"header": False}, [{"column_1": "1", "column_2": "2"}]),
        (b"a,a,\n1,2,3,4\n\n", {}, [{"a": "1", "a_2": "2", "column_3": "3", "column_4": "4"}]),
        (b"a\n1\n2\n3\n", {"limit": 2}, [{"a": "1"}, {"a": "2"}]),
        (b"", {}, []),
    ],
)
def test_csv_becomes_rows(content, params, expected):
    assert rows("csv", content, **params) == expected


@pytest.mark.parametrize(
    ("kind", "content", "expected"),
    [
        ("json", b'[{"a": 1}, 2]', [{"a": 1}, {"value": 2}]),
        ("json", b'{"a": 1}', [{"a": 1}]),
        ("jsonl", b'{"a": 1}\n\n[2]\n', [{"a": 1}, {"value": [2]}]),
        ("text", b"a\xc3\xa4\n", [{"text": "aä\n"}]),
    ],
)
def test_json_and_text_become_rows(kind, content, expected):
    assert rows(kind, content) == expected


ITEMS = [{"id": 1, "name": "Ada", "ok": True}, {"id": 2.5, "tags": ["x"], "name": "=1+1"}]


def test_excel_goes_there_and_back_and_runs_no_formula():
    found = rows("xlsx", written("xlsx", ITEMS))

    assert found == [
        {"id": 1, "name": "Ada", "ok": True, "tags": None},
        {"id": 2.5, "name": "=1+1", "ok": None, "tags": '["x"]'},
    ]


def test_csv_marks_what_a_spreadsheet_would_run():
    text = written("csv", [{"a": "=cmd()", "b": -1, "c": "@x"}]).decode()

    assert text == "a,b,c\r\n'=cmd(),-1,'@x\r\n"


@pytest.mark.parametrize("kind", ["json", "jsonl"])
def test_json_goes_there_and_back(kind):
    assert rows(kind, written(kind, ITEMS)) == ITEMS


def zipped(**entries):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def test_the_text_of_a_word_document():
    body = "<w:p><w:r><w:t>One</w:t><w:tab/><w:t>two</w:t></w:r></w:p><w:p><w:t>three</w:t></w:p>"
    content = zipped(word__document_xml=f"<w:document {W}>{body}</w:document>")

    assert rows("docx", content) == [{"text": "One\ttwo\nthree"}]


def a_pdf(text):
    stream = f"BT /F1 12 Tf 20 100 Td ({text}) Tj ET"
    parts = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(stream)}>>stream\n{stream}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = "%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += f"{number} 0 obj{part}endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 6\n0000000000 65535 f \n{table}trailer<</Size 6/Root 1 0 R>>\n"
    return f"{out}{end}startxref\n{len(out)}\n%%EOF".encode()


def test_the_text_of_a_pdf_page_by_page():
    assert rows("pdf", a_pdf("Hello PDF")) == [{"page": 1, "text": "Hello PDF"}]


LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("json", b"{broken"),
        ("json", b"[" * 10_000),
        ("jsonl", b'{"a": NaN}'),
        ("xlsx", b"no zip"),
        ("xlsx", zipped(a_xml="<x/>")),
        ("docx", b"PK\x03\x04"),
        ("docx", zipped(a_xml="<x/>")),
        ("docx", zipped(word__document_xml=f"{LAUGHS}<w:document {W}><w:p>&b;</w:p></w:document>")),
        ("pdf", b"no pdf"),
        ("pdf", b"%PDF-1.4\n%%EOF"),
        ("csv", b'a\n"' + b"x" * 1_000_001 + b'"'),
    ],
)  # fmt: skip
def test_what_is_broken_or_a_bomb_is_refused(kind, content):
    with pytest.raises(UserError) as caught:
        rows(kind, content)

    assert caught.value.code == "unreadable_file"


def test_an_archive_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(documents, "MAX_UNPACKED", 10_000)

    for kind in ("docx", "xlsx"):
        with pytest.raises(UserError, match="unpacks to more than"):
            rows(kind, zipped(word__document_xml=b"0" * 10_001))


def test_a_sheet_that_is_not_there_is_an_error_that_names_the_others():
    with pytest.raises(UserError, match="Items"):
        rows("xlsx", written("xlsx", ITEMS), sheet="None")


@pytest.mark.parametrize(
    ("name", "mime"), [("a.CSV", "x/y"), ("noname", "text/csv; charset=utf-8")]
)
def test_the_format_follows_the_name_or_the_type(name, mime):
    files = MemoryFiles()
    item = Item({}, {"data": files.add(b"a\n1\n2\n", name=name, mime=mime)})

    result = run_node(ReadFile, {}, [Item({}, item.binary), item], files=files)

    assert result.json() == [{"a": "1"}, {"a": "2"}] * 2
    assert result.outputs["main"][2].paired == (Pair(0, 1),)


@pytest.mark.parametrize(
    ("params", "item", "code"),
    [({}, Item({}), "no_file"), ({"source": "text", "text": "a"}, Item({}), "no_format")],
)
def test_what_cannot_be_read_says_why(params, item, code):
    with pytest.raises(UserError) as caught:
        run_node(ReadFile, params, [item])

    assert (caught.value.code, caught.value.item) == (code, 0)


def test_all_items_become_one_file():
    result = run_node(MakeFile, {"kind": "xlsx", "name": "a/b.xlsx"}, ITEMS)

    (item,) = result.outputs["main"]
    file = item.binary["data"]
    assert (file.name, item.json["rows"]) == ("a_b.xlsx", 2)
    assert rows("xlsx", result.context.files.by_id[file.id])[0]["name"] == "Ada"


def test_each_item_can_have_a_text_file_of_its_own():
    params = [{"kind": "text", "text": text, "field": "page"} for text in ("one", "two")]

    result = run_node(MakeFile, params, [{"id": 1}, {"id": 2}])

    contents = [
        result.context.files.by_id[item.binary["page"].id] for item in result.outputs["main"]
    ]
    assert contents == [b"one", b"two"]
