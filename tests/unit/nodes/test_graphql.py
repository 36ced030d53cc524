"""GraphQL."""

from __future__ import annotations

import pytest

from headrace_sdk import UpstreamError, UserError
from headrace_sdk.testing import answer, run_node
from nodes.web.graphql import GraphQl

URL = "https://api.example.com/graphql"


def ask(response, **params):
    return run_node(GraphQl, {"url": URL, "query": "{ a }", **params}, http=lambda _: response)


def test_query_and_variables_go_out_as_json():
    result = ask({"data": {}}, variables={"id": 7}, operation_name="One")

    request = result.requests[0]
    assert request.json() == {"query": "{ a }", "variables": {"id": 7}, "operationName": "One"}
    assert request.method == "POST"


@pytest.mark.parametrize(
    ("data", "path", "expected"),
    [
        ({"a": 1}, "", [{"a": 1}]),
        ({"a": [{"b": 1}, 2]}, "a", [{"b": 1}, {"value": 2}]),
        ({"a": None}, "a", []),
        ({}, "a.b", []),
    ],
)
def test_what_comes_out(data, path, expected):
    assert ask({"data": data}, list_path=path).json() == expected


def test_errors_make_the_item_fail_with_their_messages():
    with pytest.raises(UpstreamError) as caught:
        ask({"data": {"a": 1}, "errors": [{"message": "No such id"}, {"message": "Denied"}]})

    error = caught.value
    assert (error.code, error.is_retryable, error.item) == ("graphql_errors", False, 0)
    assert "No such id; Denied" in error.message


def test_errors_beside_data_can_be_accepted():
    errors = [{"message": "m"}]

    assert ask({"data": {"a": 1}, "errors": errors}, partial="accept").json() == [
        {"a": 1, "errors": errors}
    ]
    with pytest.raises(UpstreamError):
        ask({"data": None, "errors": errors}, partial="accept")


@pytest.mark.parametrize(
    ("response", "code"),
    [
        (answer("down", status=503), "http_status"),
        (answer({"errors": [{"message": "bad"}]}, status=400), "graphql_errors"),
        (answer([1]), "invalid_response"),
        (answer({"x": 1}), "invalid_response"),
        (answer(b"<html>", headers={"content-type": "text/html"}), "invalid_response"),
    ],
)
def test_what_is_no_answer_is_an_error(response, code):
    with pytest.raises(UpstreamError) as caught:
        ask(response)

    assert caught.value.code == code


@pytest.mark.parametrize("variables", ["text", {"a": float("nan")}])
def test_variables_that_cannot_be_sent_are_an_error(variables):
    with pytest.raises(UserError) as caught:
        ask({"data": {}}, variables=variables)

    assert caught.value.field == "variables"


@pytest.mark.parametrize(
    ("writes", "effect", "keyed"), [(True, "write", False), (False, "read", True)]
)
def test_a_mutation_is_a_write_that_is_not_repeated_unasked(writes, effect, keyed):
    form = GraphQl.Params(url=URL, query="q", writes=writes)

    assert (GraphQl.effect_of(form), GraphQl.is_keyed(form)) == (effect, keyed)
