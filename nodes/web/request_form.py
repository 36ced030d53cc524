"""The form of HTTP Request."""

from __future__ import annotations

from typing import Any, Literal

from headrace_sdk import NameValue, Params, fields
from headrace_sdk.fields import show_if
from nodes.web.response import ReadAs

Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]
METHODS: tuple[Method, ...] = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
Paging = Literal["none", "link", "next_url", "cursor", "page", "offset", "expression"]
NUMBERED = ("page", "offset")
NAMED = ("cursor", *NUMBERED)


class Form(Params):
    """The request, how its answer is read, and where the next page is."""

    method: Method = fields.select(
        "Method", "GET", labels={name: name for name in METHODS}, half=True
    )
    url: str = fields.text(
        "URL", placeholder="https://api.example.com/orders", help="With http:// or https://."
    )
    query: list[NameValue] = fields.key_value("Query", help="Added to the URL, well encoded.")
    headers: list[NameValue] = fields.key_value("Headers")
    body: Literal["none", "json", "form", "multipart", "raw", "file"] = fields.select(
        "Body",
        "none",
        labels={
            "none": "None",
            "json": "JSON",
            "form": "Form",
            "multipart": "Form with files",
            "raw": "Text",
            "file": "A file of the item",
        },
        expression=False,
    )
    body_json: Any = fields.json(
        "JSON",
        None,
        help="Any JSON value; an expression may give a whole object.",
        show_if=show_if("body", "json"),
    )
    body_fields: list[NameValue] = fields.key_value(
        "Form fields", show_if=show_if("body", "form", "multipart")
    )
    body_files: list[str] = fields.tags(
        "Files",
        help="Names of files on the item; each is sent as a field of that name.",
        placeholder="data",
        show_if=show_if("body", "multipart"),
    )
    body_text: str = fields.textarea("Text", "", rows=6, show_if=show_if("body", "raw"))
    body_file: str = fields.file(
        "File", "data", help="The name of a file on the item.", show_if=show_if("body", "file")
    )
    content_type: str = fields.text(
        "Content type",
        "",
        placeholder="text/plain; charset=utf-8",
        help="Empty: that of the body.",
        show_if=show_if("body", "raw", "file", "json"),
        advanced=True,
    )
    paging: Paging = fields.select(
        "Further pages",
        "none",
        labels={
            "none": "None: one request",
            "link": "Link header, rel=next",
            "next_url": "Address in the answer",
            "cursor": "Cursor in the answer",
            "page": "Page number",
            "offset": "Offset",
            "expression": "Expression",
        },
        expression=False,
    )
    next_path: str = fields.text(
        "Where in the answer",
        "next",
        help="The field with the next address or cursor. Missing, null or empty: the last page.",
        placeholder="paging.next",
        show_if=show_if("paging", "next_url", "cursor"),
    )
    next_expression: str = fields.text(
        "Next page",
        "{{ $json.body.next }}",
        help="$json is the answer: status, headers, body, url, page. Give the next address, or an "
        "object of query parameters to set; null ends.",
        show_if=show_if("paging", "expression"),
        expression=False,
    )
    page_name: str = fields.text(
        "Send it as",
        "page",
        help="The name of the query parameter, or the field of the JSON body.",
        show_if=show_if("paging", *NAMED),
        half=True,
    )
    page_in: Literal["query", "body"] = fields.select(
        "In the",
        "query",
        labels={"query": "Query", "body": "JSON body"},
        show_if=show_if("paging", *NAMED),
        half=True,
    )
    page_start: int = fields.number(
        "Begin with", 1, minimum=0, show_if=show_if("paging", *NUMBERED), half=True
    )
    max_pages: int = fields.number(
        "At most so many pages",
        100,
        minimum=1,
        maximum=10_000,
        show_if=show_if("paging", "link", "next_url", "expression", *NAMED),
        half=True,
    )
    list_path: str = fields.text(
        "Field with the list",
        "",
        placeholder="data.orders",
        help="Its elements become the items. Empty: the whole answer.",
        advanced=True,
    )
    read_as: ReadAs = fields.select(
        "Read the answer as",
        "auto",
        labels={"auto": "What it says it is", "json": "JSON", "text": "Text", "file": "A file"},
    )
    file_field: str = fields.text(
        "Name of the file",
        "data",
        help="The answer's file stands on the item under this name.",
        show_if=show_if("read_as", "auto", "file"),
        advanced=True,
    )
    split: bool = fields.toggle(
        "One item for each element of a list",
        True,
        help="Off: a list stays one item, in the field `body`.",
        advanced=True,
    )
    full_response: bool = fields.toggle(
        "Status and headers, too",
        False,
        help="The item is then `{status, headers, body}`.",
        advanced=True,
    )
    fail_on_status: bool = fields.toggle("Fail when the status is 400 or more", True, advanced=True)
    retry_statuses: list[str] = fields.tags(
        "Statuses worth another try",
        help="Used where Behaviour says retry. Empty: 408, 425, 429, 500, 502, 503 and 504.",
        placeholder="503",
        at_most=50,
        show_if=show_if("fail_on_status", True),
        advanced=True,
    )
    follow_redirects: bool = fields.toggle("Follow redirects", True, advanced=True)
    timeout_s: float = fields.duration(
        "Time limit", 30, minimum=0.1, maximum=600, help="For each request.", advanced=True
    )
    max_mib: float = fields.number(
        "Largest answer",
        64,
        minimum=0.001,
        maximum=64,
        unit="MiB",
        help="Reading stops there and the item fails. Of all pages of an item: four times that.",
        advanced=True,
    )
    honours_key: bool = fields.toggle(
        "The service honours idempotency keys",
        False,
        help="Then a POST or PATCH is repeated by itself when nobody knows whether it arrived.",
        show_if=show_if("method", "POST", "PATCH"),
        advanced=True,
    )
    parallel: int = fields.number(
        "Requests at a time",
        5,
        minimum=1,
        maximum=50,
        help="1 sends them strictly one after another.",
        advanced=True,
    )
    rate: int = fields.number(
        "At most so many requests",
        0,
        minimum=0,
        maximum=10_000,
        help="Spread evenly over the time beside it. 0: as fast as they go.",
        half=True,
        advanced=True,
    )
    rate_s: float = fields.duration("In", 1, minimum=0.1, maximum=3_600, half=True, advanced=True)
