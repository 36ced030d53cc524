"""A server on this machine that describes itself by OpenAPI, and tells back what it was sent."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.support.stub import at_work

SPEC = """
openapi: 3.0.3
info: {title: Shop, version: 2026-01-01}
servers: [{url: "/v1"}]
paths:
  /orders/{id}:
    parameters:
      - $ref: "#/components/parameters/Id"
    get:
      summary: One order
      parameters:
        - {name: with, in: query, schema: {type: array, items: {type: string}}}
        - {name: tags, in: query, style: pipeDelimited, explode: false, schema: {type: array}}
        - {name: filter, in: query, style: deepObject, explode: true, schema: {type: object}}
        - {name: X-Trace, in: header, schema: {type: string, enum: [a, b]}}
    put:
      operationId: replaceOrder
      requestBody:
        required: true
        content:
          text/plain: {schema: {type: string}}
          application/json:
            schema: {$ref: "#/components/schemas/Order"}
  /orders:
    get: {operationId: listOrders}
    post:
      requestBody:
        content:
          application/x-www-form-urlencoded:
            schema: {type: object, properties: {note: {type: string}, count: {type: integer}}}
  /broken:
    post:
      requestBody: {content: {application/xml: {schema: {properties: {a: {type: string}}}}}}
  /files:
    post:
      requestBody:
        content:
          multipart/form-data:
            schema:
              properties:
                note: {type: string}
                more: {type: object}
                papers: {type: array, items: {type: string, format: binary}}
    put:
      requestBody: {content: {image/png: {schema: {type: string, format: binary}}}}
  /far:
    get:
      parameters: [{$ref: "http://169.254.169.254/parameters.yaml"}]
  /circle:
    get:
      parameters: [{$ref: "#/components/parameters/Round"}]
components:
  parameters:
    Id: {name: id, in: path, required: true, description: Its number., schema: {type: integer}}
    Round: {$ref: "#/components/parameters/Round"}
  schemas:
    Base: {type: object, required: [total], properties: {total: {type: number}}}
    Order:
      allOf:
        - $ref: "#/components/schemas/Base"
        - properties: {id: {type: [string, "null"]}, paid: {type: boolean}}
"""


class _Told(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length).decode()
        is_closed = self.path == "/closed.yaml"
        if is_closed and self.headers.get("Authorization") != "Bearer reader":
            return self._send(401, b"", "text/plain")
        if self.path == "/openapi.yaml" or is_closed:
            return self._send(200, SPEC.encode(), "application/yaml")
        if self.path == "/v1/orders/404":
            return self._send(404, b'{"error": "none"}', "application/json")
        told: Any = {
            "method": self.command,
            "path": self.path,
            "body": body,
            "type": self.headers.get("Content-Type"),
            "trace": self.headers.get("X-Trace"),
            "authorization": self.headers.get("Authorization"),
        }
        if self.path == "/v1/orders" and self.command == "GET":
            told = [{"id": 1}, {"id": 2}]
        return self._send(200, json.dumps(told).encode(), "application/json")

    do_GET = do_POST = do_PUT = _answer  # noqa: N815 - the names that the library looks for

    def _send(self, status: int, content: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: object) -> None:
        """Be quiet."""


@contextmanager
def described() -> Iterator[int]:
    """Its port."""
    with at_work(_Told) as port:
        yield port
