"""Collections over HTTP: given documents become passages that are found, and go again."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from headrace.audit.models import Entry
from headrace.files.models import Hold
from headrace.knowledge import documents, limits
from headrace.knowledge.embedding import local_model
from headrace.knowledge.models import Chunk, Document

WARRANTY = """The kettle is covered for two years. Keep the receipt.

| part | price |
| --- | --- |
| lid | 4 |"""
MANUAL = f"""# Kettle

## Descaling

Fill the kettle with vinegar and water. Boil it, wait an hour, and rinse it twice.

## Warranty

{WARRANTY}
"""


def texts_of(collection):
    return list(
        Chunk.objects.filter(collection_id=collection["id"])
        .order_by("position")
        .values_list("text", flat=True)
    )


def test_a_document_is_found_by_meaning_with_the_place_where_it_says_so(
    collection, give, index, found
):
    made = collection()
    assert give(made, "kettle.md", MANUAL, metadata={"product": "kettle"}).status_code == 201
    assert index() == 1

    hit = found(made, "How do I remove limescale?", top=1)[0]

    assert hit["heading"] == "Kettle / Descaling"
    text = Document.objects.get(pk=hit["document_id"]).text
    assert text[hit["start"] : hit["end"]] == hit["text"]
    assert (hit["document"], hit["metadata"]) == ("kettle.md", {"product": "kettle"})


def test_only_what_changed_is_given_to_the_model_again(collection, give, index, monkeypatch):
    made = collection()
    give(made, "kettle.md", MANUAL)
    index()
    before = dict(Chunk.objects.values_list("digest", "pk"))
    asked = []
    embed = local_model.embed
    monkeypatch.setattr(local_model, "embed", lambda texts: asked.extend(texts) or embed(texts))

    give(made, "kettle.md", MANUAL.replace("two years", "three years") + "\n## New\n\nIt is red.\n")
    index()

    assert sorted(asked) == sorted(
        [
            f"Kettle / Warranty\n{WARRANTY.replace('two', 'three')}",
            "Kettle / New\nIt is red.",
        ]
    )
    after = dict(Chunk.objects.values_list("digest", "pk"))
    assert len(set(before.items()) & set(after.items())) == len(before) - 1
    assert "two years" not in "".join(texts_of(made))


def test_the_same_document_again_is_no_work(collection, give, index):
    made = collection()
    first = give(made, "kettle.md", MANUAL).json()
    index()

    again = give(made, "kettle.md", MANUAL).json()

    assert (again["id"], again["status"]) == (first["id"], "ready")
    assert index() == 0


def word_file():
    def paragraph(text, style=""):
        inner = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
        return f"<w:p>{inner}<w:r><w:t>{text}</w:t></w:r></w:p>"

    body = paragraph("Returns", "Heading1") + paragraph("Send it back within thirty days.")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "word/document.xml",
            '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            f"<w:body>{body}</w:body></w:document>",
        )
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "heading"),
    [
        ("a.txt", b"Send it back within thirty days.", ""),
        ("a.html", b"<h1>Returns</h1><p>Send it back within thirty days.</p>", "Returns"),
        ("a.csv", b"topic;answer\nreturns;Send it back within thirty days.\n", ""),
        ("a.docx", word_file(), "Returns"),
    ],
)
def test_files_are_read_by_their_kind(api, collection, index, found, name, content, heading):
    made = collection()
    body = {"file": SimpleUploadedFile(name, content), "metadata": '{"year": 2026}'}
    path = api().address(f"collections/{made['id']}/documents/")
    answer = api().django.post(path, body, format="multipart")
    assert answer.status_code == 201, answer.json()
    index()

    hit = found(made, "send back")[0]

    assert "Send it back within thirty days." in hit["text"]
    assert (hit["heading"], hit["metadata"]) == (heading, {"year": 2026})


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.pdf", b"no pdf at all", "unreadable_document"),
        ("a.docx", b"no archive", "unreadable_document"),
        ("a.txt", b"  \n ", "no_text"),
    ],
)
def test_what_cannot_be_read_says_why_and_stops_nobody(
    api, collection, give, index, name, content, code
):
    made = collection()
    path = api().address(f"collections/{made['id']}/documents/")
    api().django.post(path, {"file": SimpleUploadedFile(name, content)}, format="multipart")
    give(made, "good.txt", "All is well here.", format="text")
    index()

    rows = api().get(f"collections/{made['id']}/documents/").json()["results"]

    assert {row["name"]: (row["status"], row["error_code"]) for row in rows} == {
        "good.txt": ("ready", ""),
        name: ("failed", code),
    }
    assert api().get(f"collections/{made['id']}/").json()["failed_count"] == 1


def test_a_document_whose_indexer_died_is_indexed_by_the_next(collection, give, index):
    made = collection()
    give(made, "kettle.md", MANUAL)
    died = documents.claim()
    assert died is not None
    assert index() == 0

    Document.objects.update(claimed_until="2020-01-01T00:00:00Z")

    assert index() == 1
    assert Document.objects.get().status == "ready"


def test_what_was_given_anew_meanwhile_is_not_overwritten(collection, give, index):
    made = collection()
    give(made, "kettle.md", MANUAL)
    slow = documents.claim()
    give(made, "kettle.md", "Something else entirely.")

    assert documents.hold(slow) is False
    index()

    assert texts_of(made) == ["Something else entirely."]


def test_a_deleted_document_is_found_no_more_and_lets_go_of_its_file(
    api, collection, give, index, found
):
    made = collection()
    document = give(made, "kettle.md", MANUAL).json()
    index()

    gone = api().delete(f"collections/{made['id']}/documents/{document['id']}/")

    assert gone.status_code == 204
    assert found(made, "limescale") == []
    assert not Hold.objects.filter(holder_id=document["id"]).exists()
    names = Entry.objects.values_list("action", flat=True)
    assert {"collection.created", "document.given", "document.deleted"} <= set(names)


def test_a_collection_goes_with_everything_in_it(api, collection, give, index):
    made = collection()
    give(made, "kettle.md", MANUAL)
    index()

    assert api().delete(f"collections/{made['id']}/").status_code == 204

    assert not Chunk.objects.exists()
    assert not Document.objects.exists()
    assert api().get(f"collections/{made['id']}/").status_code == 404


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"name": " "}, "/name"),
        ({"name": "a", "language": "klingon"}, "/language"),
        ({"name": "a", "chunk_tokens": 100, "overlap_tokens": 60}, "/overlap_tokens"),
        ({"name": "a", "chunk_tokens": 900}, "/chunk_tokens"),
        ({"name": "a", "embedder": "openai", "model": "m"}, "/dim"),
        ({"name": "a", "embedder": "openai", "model": "m", "dim": 1536}, "/credential"),
        ({"name": "a", "color": "red"}, "/color"),
    ],
)
def test_a_collection_that_cannot_be_says_which_field_is_wrong(api, in_alpha, given, path):
    answer = api().post("collections/", given)

    assert answer.status_code in (400, 422)
    assert answer.json()["errors"][0]["path"] == path


@pytest.mark.parametrize(
    "given",
    [
        {"name": "a.exe", "text": "x", "format": "exe"},
        {"name": "a.txt", "text": "x", "metadata": {"a b": {"deep": 1}}},
        {"name": "a.txt", "text": "x", "metadata": {"__class__": "x" * 5_000}},
        {"name": "a.txt", "text": "x", "metadata": {"$where": 1}},
    ],
)
def test_a_document_that_cannot_be_taken_in_is_refused(collection, give, given, in_alpha):
    made = collection()

    assert 400 <= give(made, given.pop("name"), given.pop("text"), **given).status_code < 500


def test_a_full_collection_says_so(collection, give, in_alpha, monkeypatch):
    made = collection()
    monkeypatch.setattr(limits, "MAX_DOCUMENTS", 1)
    give(made, "a.txt", "one")

    refused = give(made, "b.txt", "two")

    assert (refused.status_code, refused.json()["code"]) == (409, "knowledge_limit")


def test_a_name_is_taken_once_and_can_be_changed(api, collection, in_alpha):
    made = collection()
    other = collection("Other")

    taken = api().patch(f"collections/{other['id']}/", {"name": "Manual"})
    changed = api().patch(f"collections/{made['id']}/", {"name": "Handbook"})

    assert (taken.status_code, changed.json()["name"]) == (409, "Handbook")
