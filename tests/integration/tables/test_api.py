"""Tables over HTTP: their structure, typed cells, conditions and order, pages, limits."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from headrace.audit.models import Entry
from headrace.tables import actions, limits, rows

COLUMNS = [
    {"name": "Name", "type": "text"},
    {"name": "Age", "type": "number"},
    {"name": "Active", "type": "boolean"},
    {"name": "Since", "type": "date_time"},
    {"name": "More", "type": "json"},
]
ADA = {
    "Name": "Ada",
    "Age": 36,
    "Active": True,
    "Since": "2026-01-31T09:30:00.000Z",
    "More": {"tags": ["a"]},
}


@pytest.fixture
def table(api):
    made = api().post("tables/", {"name": "People", "columns": COLUMNS})
    assert made.status_code == 201, made.json()
    return made.json()


@pytest.fixture
def add(api, table):
    def add(*given):
        return api().post(f"tables/{table['id']}/rows/", {"rows": list(given)})

    return add


@pytest.fixture
def names(api, table):
    """Who is found."""

    def names(*conditions, **query):
        given = {"filter": json.dumps([*conditions]), **query} if conditions else query
        found = api().get(f"tables/{table['id']}/rows/", **given)
        assert found.status_code == 200, found.json()
        return [row["Name"] for row in found.json()["results"]]

    return names


def when(column, op, value=None):
    return {"column": column, "op": op, "value": value}


def test_a_row_comes_back_as_it_was_given(add):
    made = add(ADA).json()["results"][0]

    assert {name: made[name] for name in ADA} == ADA
    assert made["created_at"] == made["updated_at"]


def test_cells_are_read_as_the_type_of_their_column(add):
    made = add({"Name": 7, "Age": "36.5", "Active": "no", "Since": "2026-01-31"}).json()

    shown = made["results"][0]
    assert [shown[one] for one in ("Name", "Age", "Active", "More")] == ["7", 36.5, False, None]
    assert shown["Since"] == "2026-01-31T00:00:00.000Z"


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        ({"Age": "old"}, "Age", "number"),
        ({"Age": "1" + "0" * 20}, "Age", "too large"),
        ({"Since": "yesterday"}, "Since", "2026-01-31T09:30:00Z"),
        ({"Active": "perhaps"}, "Active", "boolean"),
        ({"Name": "x" * 70_000}, "Name", "64 KiB"),
    ],
)
def test_what_does_not_fit_is_refused_by_its_place_and_nothing_is_kept(
    add, names, row, column, said
):
    refused = add(ADA, row)

    assert refused.status_code == 400, refused.json()
    fault = refused.json()["errors"][0]
    assert (fault["path"], said in fault["message"]) == (f"/rows/1/{column}", True)
    assert names() == []


def test_a_row_with_a_column_that_the_table_lacks_is_refused(add):
    refused = add({"Nmae": "Ada"})

    assert (refused.status_code, refused.json()["code"]) == (400, "unknown_column")


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        ([when("Name", "equals", "Ada")], ["Ada"]),
        ([when("Name", "not_equals", "Ada")], ["Bob", "Cy"]),
        ([when("Name", "contains", "O")], ["Bob"]),
        ([when("Name", "contains", "%")], []),
        ([when("Name", "starts_with", "c")], ["Cy"]),
        ([when("Age", "gt", "9")], ["Ada", "Bob"]),
        ([when("Age", "lte", 10), when("Name", "starts_with", "b")], ["Bob"]),
        ([when("Age", "is_empty")], ["Cy"]),
        ([when("Age", "is_not_empty")], ["Ada", "Bob"]),
        ([when("Active", "equals", True)], ["Ada"]),
        ([when("Since", "lt", "2026-02-01")], ["Ada"]),
        ([when("More", "equals", {"tags": ["a"]})], ["Ada"]),
        ([when("created_at", "gt", "2020-01-01")], ["Ada", "Bob", "Cy"]),
    ],
)
def test_rows_are_found_by_conditions(add, names, conditions, found):
    add(ADA, {"Name": "Bob", "Age": 10, "Since": "2026-03-01"}, {"Name": "Cy"})

    assert names(*conditions) == found


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        (when("Nobody", "equals", 1), "unknown_column"),
        (when("Age", "contains", "1"), "invalid_condition"),
        (when("Age", "gt", "old"), "invalid_condition"),
        (when("More", "lt", 1), "invalid_condition"),
        (when("id", "equals", "1"), "invalid_condition"),
        (when("Name", "like", "1"), "invalid_input"),
    ],
)
def test_a_condition_that_cannot_be_asked_says_so(api, table, condition, code):
    refused = api().get(f"tables/{table['id']}/rows/", filter=json.dumps([condition]))

    assert (refused.status_code, refused.json()["code"]) == (400, code)


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("", ["Bo", "Al", "Di", "Cy"]),
        ("Age", ["Cy", "Al", "Di", "Bo"]),
        ("-Age", ["Bo", "Di", "Al", "Cy"]),
        ("-created_at", ["Cy", "Di", "Al", "Bo"]),
    ],
)
def test_pages_follow_an_order_without_gap_or_repeat(api, table, add, sort, order):
    add({"Name": "Bo", "Age": 30}, {"Name": "Al", "Age": 4}, {"Name": "Di", "Age": 4})
    add({"Name": "Cy"})

    seen, cursor = [], ""
    for _ in range(4):
        given = {"limit": 1, "sort": sort, "cursor": cursor}
        page = api().get(f"tables/{table['id']}/rows/", **given).json()
        seen += [row["Name"] for row in page["results"]]
        cursor = page["next"]

    assert (seen, cursor) == (order, None)


def test_a_row_is_changed_by_cells_and_taken_away(api, table, add, names):
    row = add(ADA).json()["results"][0]["id"]
    address = f"tables/{table['id']}/rows/{row}/"

    changed = api().patch(address, {"values": {"Age": None, "Name": "Ada L."}}).json()

    assert (changed["Name"], changed["Age"], changed["Active"]) == ("Ada L.", None, True)
    assert api().delete(address).status_code == 204
    assert (names(), api().delete(address).status_code) == ([], 404)
    assert api().get(f"tables/{table['id']}/").json()["row_count"] == 0


def test_a_column_is_renamed_with_its_cells_and_deleted_with_them(api, table, add):
    add(ADA)
    address = f"tables/{table['id']}/columns/"

    api().patch(f"{address}c1/", {"name": "Who"})
    assert api().delete(f"{address}c2/").status_code == 204
    api().post(address, {"name": "Age", "type": "text"})

    row = api().get(f"tables/{table['id']}/rows/").json()["results"][0]
    assert (row["Who"], row["Age"], row["Active"]) == ("Ada", None, True)


@pytest.mark.parametrize(
    ("name", "status", "code"),
    [("Name", 409, "name_taken"), ("id", 400, "bad_name"), (" x", 400, "bad_name")],
)
def test_a_column_needs_a_name_of_its_own(api, table, name, status, code):
    refused = api().post(f"tables/{table['id']}/columns/", {"name": name, "type": "text"})

    assert (refused.status_code, refused.json()["code"]) == (status, code)


def test_what_changes_the_structure_is_on_record(api, table, in_alpha):
    address = f"tables/{table['id']}/"
    api().post(f"{address}columns/", {"name": "New", "type": "text"})
    api().patch(address, {"name": "Persons"})
    api().delete(address)

    noted = Entry.objects.filter(object_id=table["id"]).order_by("seq")
    assert [entry.action for entry in noted] == [
        "table.created",
        "table.changed",
        "table.changed",
        "table.deleted",
    ]
    assert api().get(address).status_code == 404


def test_viewers_read_and_change_nothing(api, table):
    viewer = api("viewer")

    assert viewer.get(f"tables/{table['id']}/rows/").status_code == 200
    assert viewer.post(f"tables/{table['id']}/rows/", {"rows": [ADA]}).status_code == 403


def test_a_full_table_takes_no_more_rows(add, monkeypatch):
    monkeypatch.setattr(limits, "MAX_ROWS", 2)
    add(ADA)

    refused = add(ADA, ADA)

    assert (refused.status_code, refused.json()["code"]) == (409, "table_limit")


def test_two_tables_of_one_name_are_refused(api, table):
    refused = api().post("tables/", {"name": "People"})

    assert (refused.status_code, refused.json()["errors"][0]["path"]) == (409, "/name")


# --- CSV ---


def imported(api, table, text, **more):
    file = SimpleUploadedFile("a.csv", text.encode(), "text/csv")
    return api().django.post(
        f"/api/v1/tables/{table['id']}/import/", {"file": file, **more}, format="multipart"
    )


def exported(api, table):
    answer = api().get(f"tables/{table['id']}/export/")
    return b"".join(answer.streaming_content).decode("utf-8-sig")


def test_a_table_survives_the_way_through_csv(api, table, add):
    add(ADA, {"Name": '=1+1,"x"\nnext'})
    text = exported(api, table)
    assert "'=1+1" in text

    copy = api().post("tables/", {"name": "Copy", "columns": COLUMNS}).json()
    assert imported(api, copy, text).json() == {"rows": 2}

    address = f"tables/{copy['id']}/rows/"
    first, second = api().get(address).json()["results"]
    assert {name: first[name] for name in ADA} == ADA
    assert second["Name"] == '=1+1,"x"\nnext'


def test_an_import_can_add_columns_of_the_types_that_their_cells_have(api):
    table = api().post("tables/", {"name": "Empty"}).json()
    text = "City;Zip;Size;Big;Since\nUlm;01234;120;true;2026-01-01\nBonn;;3.5;false;\n"

    made = imported(api, table, text, adds_columns="true")

    assert made.status_code == 201, made.json()
    columns = api().get(f"tables/{table['id']}/").json()["columns"]
    assert [one["type"] for one in columns] == ["text", "text", "number", "boolean", "date_time"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Nobody\nx\n", "Nobody"),
        ("Name,Name\nx,y\n", "once"),
        ("Name\nx,y\n", "Line 2"),
        ("", "first line"),
        ("Age\nold\n", "number"),
    ],
)
def test_an_import_that_does_not_fit_adds_nothing(api, table, names, text, said):
    refused = imported(api, table, text)

    assert (refused.status_code, said in refused.json()["detail"]) == (400, True), refused.json()
    assert names() == []


# --- below HTTP ---


def test_rows_are_added_or_changed_by_the_columns_that_name_them(owner, in_alpha):
    table = actions.create(owner, "Stock", [("sku", "text"), ("left", "number")])
    rows.insert("Stock", [{"sku": "a", "left": 1}])

    given = [{"sku": "a", "left": 5}, {"sku": "b"}, {"sku": "b", "left": 2}]
    made = rows.upsert(str(table), given, ["sku"])

    assert [(one["sku"], one["left"]) for one in made] == [("a", 5), ("b", None), ("b", 2)]
    assert rows.found("Stock").row_count == 2


def test_the_form_of_the_node_offers_tables_and_their_columns(api, table):
    def offered(parameter, **params):
        path = f"nodes/data.data_table/options/{parameter}/"
        return api().post(path, {"params": params, "credentials": {}}).json()["options"]

    assert offered("table") == [{"value": table["id"], "label": "People"}]
    rows = offered("values", table=table["id"])
    assert [(one["value"], one["type"]) for one in rows[:2]] == [
        ("Name", "text"),
        ("Age", "number"),
    ]
    assert offered("values", table="no such table") == []
