"""Files in Amazon S3 and whatever speaks its protocol."""

from __future__ import annotations

from datetime import timedelta
from typing import Final, Literal

from headrace_sdk import (
    Context,
    CredentialSlot,
    Effect,
    Example,
    Inputs,
    Item,
    JsonObject,
    Node,
    Outputs,
    Pair,
    Params,
    ParamSet,
    UserError,
    each_item,
    fields,
    required_credential,
    to_main,
)
from headrace_sdk.fields import show_if
from headrace_sdk.summaries import shown
from nodes.files.s3_bucket import Bucket, entry_json
from nodes.files.s3_parts import IN_PARTS_FROM, store_in_parts

MIB: Final = 1024 * 1024
WEEK_S: Final = 7 * 86_400
"""So long may an address live at most, by the protocol."""


class Form(Params):
    """What to do with which object."""

    operation: Literal["put", "get", "list", "delete", "address"] = fields.select(
        "Operation",
        "get",
        labels={
            "get": "Fetch a file",
            "put": "Store a file",
            "list": "List files",
            "delete": "Delete a file",
            "address": "Make an address that works for some time",
        },
        expression=False,
    )
    bucket: str = fields.text("Bucket", placeholder="my-bucket")
    key: str = fields.text(
        "Key",
        "",
        placeholder="invoices/2026/17.pdf",
        help="The name of the object, with its folders.",
        show_if=show_if("operation", "get", "put", "delete", "address"),
        max_length=1_024,
    )
    prefix: str = fields.text(
        "Keys that begin with", "", placeholder="invoices/", show_if=show_if("operation", "list")
    )
    limit: int = fields.number(
        "At most so many",
        1_000,
        minimum=1,
        maximum=100_000,
        show_if=show_if("operation", "list"),
    )
    file: str = fields.file(
        "File on the item",
        "data",
        help="The name of the file that is stored, or that comes out.",
        show_if=show_if("operation", "put", "get"),
    )
    overwrite: bool = fields.toggle(
        "Replace what is there",
        True,
        help="Off: it fails if there is such an object already.",
        show_if=show_if("operation", "put"),
    )
    allows: Literal["GET", "PUT"] = fields.select(
        "It allows to",
        "GET",
        labels={"GET": "Fetch", "PUT": "Store"},
        show_if=show_if("operation", "address"),
        half=True,
    )
    lives_s: float = fields.duration(
        "For",
        3_600,
        minimum=1,
        maximum=WEEK_S,
        help="Counted from the start of the step.",
        show_if=show_if("operation", "address"),
        half=True,
    )
    max_mib: float = fields.number(
        "Largest file",
        32,
        minimum=0.1,
        maximum=64,
        unit="MiB",
        show_if=show_if("operation", "get"),
        advanced=True,
    )
    parallel: int = fields.number("Requests at a time", 4, minimum=1, maximum=20, advanced=True)


class S3(Node[Form]):
    """Stores, fetches, lists and deletes files in S3, for each item.

    It works with Amazon and with every server that speaks the protocol (MinIO, R2, Ceph …): set
    the address in the credential. A file that is fetched comes out under the name you give, one
    item for each object of a list. An **address** lets a browser or another service fetch or store
    one object for some time without the keys; whoever has it may use it.

    Storing the same file under the same key again changes nothing, so that a step that was cut off
    is simply repeated. Files up to 64 MiB; from 16 MiB on they are sent in parts, so that a
    connection that breaks costs one part only.
    """

    type = "files.s3"
    title = "S3 Storage"
    category = "data"
    icon = "cloud"
    synonyms = ("aws", "amazon", "bucket", "minio", "r2", "object storage", "upload", "presign")
    place = "async"
    effect = "varies"
    per_item = True
    credentials = (CredentialSlot("keys", ("aws",)),)
    Params = Form
    examples = (
        Example(
            "Fetch an invoice",
            {"operation": "get", "bucket": "my-bucket", "key": "invoices/17.pdf"},
            [{}],
            {
                "main": [
                    {
                        "bucket": "my-bucket",
                        "key": "invoices/17.pdf",
                        "size": 20480,
                        "type": "application/pdf",
                        "etag": "9b2cf535f27731c974343645a3985328",
                    }
                ]
            },
            needs="an S3 server",
        ),
        Example(
            "List a folder",
            {"operation": "list", "bucket": "my-bucket", "prefix": "invoices/"},
            [{}],
            {
                "main": [
                    {
                        "key": "invoices/17.pdf",
                        "size": 20480,
                        "modified": "2026-11-21T12:00:00.000Z",
                        "etag": "9b2cf535f27731c974343645a3985328",
                    }
                ]
            },
            needs="an S3 server",
        ),
    )

    @classmethod
    def effect_of(cls, params: Form) -> Effect:
        """Storing and deleting write."""
        return "write" if params.operation in ("put", "delete") else "read"

    @classmethod
    def is_keyed(cls, params: Form) -> bool:
        """Both mean the same when repeated, unless nothing may be replaced."""
        return params.operation != "put" or params.overwrite

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """What, and where."""
        what = params.get("key") or params.get("prefix") or ""
        return shown(f"{shown(params.get('bucket'))}/{shown(what)}")

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """One object, or one list, for each item."""
        credential = await required_credential(ctx, "keys")

        async def call(index: int, item: Item) -> Outputs:
            form = params[index]
            bucket = Bucket(ctx, credential, form.bucket.strip(), index)
            if form.operation == "list":
                found = await bucket.entries(form.prefix, form.limit)
                pair = (Pair(0, index),)
                return to_main([Item(entry_json(entry), None, pair) for entry in found])
            if not form.key:
                message = "Say which object: its key is empty."
                raise UserError(message, field="key", item=index)
            return to_main([await _one(ctx, form, bucket, item, index)])

        return await each_item(ctx.outcomes, inputs.main, call, parallel=params.first.parallel)


async def _one(ctx: Context, form: Form, bucket: Bucket, item: Item, index: int) -> Item:
    told: JsonObject = {"bucket": form.bucket.strip(), "key": form.key}
    pair = (Pair(0, index),)
    if form.operation == "get":
        answer = await bucket.send("GET", form.key, max_bytes=int(form.max_mib * MIB))
        mime = answer.headers.get("content-type", "") or "application/octet-stream"
        name = form.key.rstrip("/").rpartition("/")[2] or "file"
        file = await ctx.files.put(answer.body, name=name, mime=mime)
        etag = answer.headers.get("etag", "").strip('"')
        told |= {"size": len(answer.body), "type": mime, "etag": etag}
        return Item(told, {form.file or "data": file}, pair)
    if form.operation == "put":
        return Item(told | await _put(ctx, form, bucket, item, index), None, pair)
    if form.operation == "delete":
        await bucket.send("DELETE", form.key)
        return Item({**told, "deleted": True}, None, pair)
    url = bucket.address_for(form.allows, form.key, int(form.lives_s))
    ends_at = ctx.now + timedelta(seconds=int(form.lives_s))
    return Item({**told, "url": url, "until": ends_at.isoformat()}, None, pair)


async def _put(ctx: Context, form: Form, bucket: Bucket, item: Item, index: int) -> JsonObject:
    file = (item.binary or {}).get(form.file)
    if file is None:
        has = ", ".join(item.binary or {}) or "none"
        message = f"The item has no file {form.file!r}; it has {has}."
        raise UserError(message, field="file", code="no_file", item=index)
    headers = {"Content-Type": file.mime}
    if not form.overwrite:
        headers["If-None-Match"] = "*"
    content = await ctx.files.read(file)
    if len(content) >= IN_PARTS_FROM:
        etag = await store_in_parts(bucket, form.key, content, headers)
        return {"size": len(content), "etag": etag}
    answer = await bucket.send("PUT", form.key, body=content, headers=headers)
    return {"size": len(content), "etag": answer.headers.get("etag", "").strip('"')}
