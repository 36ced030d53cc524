"""Hashes, signs, encrypts, and makes ids."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Final, Literal
from uuid import UUID

from headrace_sdk import (
    Context,
    CredentialSlot,
    Effect,
    Example,
    Inputs,
    Item,
    JsonObject,
    JsonValue,
    Node,
    NodeError,
    Outputs,
    Pair,
    Params,
    ParamSet,
    UserError,
    fields,
    to_main,
)
from headrace_sdk.fields import show_if
from headrace_sdk.mapping import with_field
from headrace_sdk.strict_json import InvalidJson, checked_text
from nodes.data.ciphers import (
    Encoding,
    HashName,
    decoded,
    decrypted,
    encoded,
    encrypted,
    hashed,
    is_signature,
    key_of,
    signed,
)

Operation = Literal["hash", "sign", "verify", "encrypt", "decrypt", "uuid", "random"]
KEYED: Final = ("sign", "verify", "encrypt", "decrypt")
UNREPEATABLE: Final = ("encrypt", "uuid", "random")


class Form(Params):
    """What to do with which data."""

    operation: Operation = fields.select(
        "Operation",
        "hash",
        labels={
            "hash": "Hash",
            "sign": "Sign (HMAC)",
            "verify": "Check a signature (HMAC)",
            "encrypt": "Encrypt (AES-256-GCM)",
            "decrypt": "Decrypt",
            "uuid": "Make a UUID",
            "random": "Make random characters",
        },
        expression=False,
    )
    source: Literal["text", "file"] = fields.select(
        "Of",
        "text",
        labels={"text": "A text", "file": "A file of the item"},
        show_if=show_if("operation", "hash", "sign", "verify"),
        expression=False,
    )
    text: str = fields.textarea(
        "Text",
        "",
        rows=3,
        help="Taken as UTF-8. To decrypt: what Encrypt gave, in the encoding below.",
        show_if=show_if("operation", "hash", *KEYED),
    )
    file: str = fields.file(
        "File", "data", help="The name of a file on the item.", show_if=show_if("source", "file")
    )
    algorithm: HashName = fields.select(
        "Algorithm",
        "sha256",
        labels={
            "sha256": "SHA-256",
            "sha384": "SHA-384",
            "sha512": "SHA-512",
            "sha3_256": "SHA3-256",
            "blake2b": "BLAKE2b",
            "sha1": "SHA-1 (broken)",
            "md5": "MD5 (broken)",
        },
        show_if=show_if("operation", "hash", "sign", "verify"),
        half=True,
    )
    signature: str = fields.text(
        "Signature",
        "",
        help="What came with the data, such as sha256=9f86d0….",
        show_if=show_if("operation", "verify"),
    )
    encoding: Encoding = fields.select(
        "Encoding",
        "hex",
        labels={"hex": "Hexadecimal", "base64": "Base64", "base64url": "Base64 for addresses"},
        show_if=show_if("operation", "hash", "sign", "encrypt", "decrypt", "random"),
        half=True,
    )
    size: int = fields.number(
        "Random bytes", 32, minimum=1, maximum=1_024, show_if=show_if("operation", "random")
    )
    field: str = fields.text("Into the field", "result", help="The result stands there.")


class Crypto(Node[Form]):
    """Hashes, signs, checks signatures, encrypts, decrypts, and makes random ids.

    The key for signing and encrypting comes from a credential, never from a field. **Check a
    signature** gives true or false; follow it by **If**. It reads hexadecimal and Base64, with or
    without a prefix such as `sha256=`, and takes the same time for a wrong signature. **Encrypt**
    gives another text each time, and Decrypt notices every change to it.

    For tokens see **JSON Web Token**. To keep passwords, none of these is right.
    """

    type = "data.crypto"
    title = "Crypto"
    category = "data"
    icon = "shield-check"
    synonyms = (
        "hash",
        "sha256",
        "md5",
        "hmac",
        "sign",
        "verify",
        "encrypt",
        "aes",
        "uuid",
        "random",
    )
    effect = "varies"
    credentials = (
        CredentialSlot("key", ("crypto_key",), required=False, show_if=("operation", KEYED)),
    )
    Params = Form
    examples = (
        Example(
            "SHA-256",
            {"text": "hello", "field": "digest"},
            [{"id": 1}],
            {
                "main": [
                    {
                        "id": 1,
                        "digest": "2cf24dba5fb0a30e26e83b2ac5b9e29e"
                        "1b161e5c1fa7425e73043362938b9824",
                    }
                ]
            },
        ),
        Example("A new id", {"operation": "uuid", "field": "id"}, [{}]),
    )

    @classmethod
    def effect_of(cls, params: Form) -> Effect:
        """What is different each time is kept once it was made."""
        return "read" if params.operation in UNREPEATABLE else "pure"

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The operation."""
        return " ".join(str(params.get("operation") or "hash").split()).capitalize()

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """Every item with the result."""
        is_keyed = params.first.operation in KEYED
        key = key_of(await ctx.credential("key")) if is_keyed else b""
        out: list[Item] = []
        for index, item in enumerate(inputs.main):
            form = params[index]
            try:
                content = await _content(ctx, form, item)
                result = _OPERATIONS[form.operation](form, content, key)
                json = with_field(item.json, form.field or "result", result)
            except NodeError as error:
                error.item = index
                raise
            out.append(Item(json, item.binary, (Pair(0, index),)))
            if index % 100 == 99:
                await ctx.checkpoint()
        return to_main(out)


async def _content(ctx: Context, form: Form, item: Item) -> bytes:
    if form.source == "text" or form.operation not in ("hash", "sign", "verify"):
        try:
            return checked_text(form.text.replace("\0", "")).encode()
        except InvalidJson as error:
            raise UserError(error.message, field="text", code=error.code) from None
    file = (item.binary or {}).get(form.file)
    if file is None:
        message = (
            f"The item has no file {form.file!r}; it has {', '.join(item.binary or {}) or 'none'}."
        )
        raise UserError(message, field="file", code="no_file")
    return await ctx.files.read(file)


def _decrypted(form: Form, content: bytes, key: bytes) -> str:
    try:
        return decrypted(decoded(form.text, form.encoding), key).decode()
    except UnicodeDecodeError:
        message = "What was encrypted is no text."
        raise UserError(message, field="text", code="cannot_decrypt") from None


_OPERATIONS: Final[dict[Operation, Callable[[Form, bytes, bytes], JsonValue]]] = {
    "hash": lambda form, content, _: encoded(hashed(content, form.algorithm), form.encoding),
    "sign": lambda form, content, key: encoded(signed(content, key, form.algorithm), form.encoding),
    "verify": lambda form, content, key: is_signature(content, key, form.algorithm, form.signature),
    "encrypt": lambda form, content, key: encoded(encrypted(content, key), form.encoding),
    "decrypt": _decrypted,
    "uuid": lambda _form, _content, _key: str(UUID(bytes=secrets.token_bytes(16), version=4)),
    "random": lambda form, _content, _key: encoded(secrets.token_bytes(form.size), form.encoding),
}
