"""Makes and checks JSON Web Tokens."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final, Literal, cast

from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from headrace_sdk import (
    Context,
    Credential,
    CredentialSlot,
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
    Port,
    SecretError,
    UserError,
    fields,
)
from headrace_sdk.fields import show_if
from headrace_sdk.lazy import lazy_module
from headrace_sdk.mapping import with_field
from headrace_sdk.strict_json import InvalidJson, check, check_depth

if TYPE_CHECKING:
    import jwt
else:
    jwt = lazy_module("jwt")

ALGORITHMS: Final = ("HS256", "HS384", "HS512", "RS256", "PS256", "ES256", "EdDSA")
MAX_TOKEN: Final = 64 * 1024
"""Characters. Tokens are meant to fit into a header."""


class Form(Params):
    """The token and what is asked of it."""

    operation: Literal["sign", "verify", "decode"] = fields.select(
        "Operation",
        "sign",
        labels={"sign": "Make a token", "verify": "Check a token", "decode": "Read it unchecked"},
        expression=False,
    )
    claims: Any = fields.json(
        "Claims",
        dict,
        help="What the token says, such as sub, scope and your own fields.",
        show_if=show_if("operation", "sign"),
    )
    expires_s: float = fields.duration(
        "Valid for", 300, help="0: for ever.", show_if=show_if("operation", "sign")
    )
    token: str = fields.text(
        "Token",
        "",
        max_length=MAX_TOKEN,
        help="With or without Bearer in front.",
        show_if=show_if("operation", "verify", "decode"),
    )
    issuer: str = fields.text(
        "Issuer", "", help="Set as iss, or what iss must be. Empty: not looked at."
    )
    audience: str = fields.text(
        "Audience", "", help="Set as aud, or what aud must hold. Empty: not looked at."
    )
    leeway_s: float = fields.duration(
        "Allowed difference of clocks",
        10,
        maximum=600,
        show_if=show_if("operation", "verify"),
        advanced=True,
    )
    field: str = fields.text(
        "Into the field", "token", help="The token, or the claims that were in it."
    )


class JsonWebToken(Node[Form]):
    """Makes, checks and reads JSON Web Tokens (JWT).

    The key and its algorithm come from the credential, never from the token: a token that names
    another algorithm is refused. **Check a token** looks at signature, time, issuer and audience;
    what does not hold leaves by **Refused** with the reason in `error`. **Read it unchecked** shows
    what a token says without any proof that it is true.
    """

    type = "data.json_web_token"
    title = "JSON Web Token"
    category = "data"
    icon = "key"
    synonyms = ("jwt", "token", "sign", "verify", "bearer", "claims", "oauth", "decode")
    outputs = (Port("main", "Out"), Port("refused", "Refused"))
    effect = "read"
    credentials = (
        CredentialSlot(
            "key", ("jwt_key",), required=False, show_if=("operation", ("sign", "verify"))
        ),
    )
    Params = Form
    examples = (
        Example(
            "What a token says",
            {
                "operation": "decode",
                "field": "claims",
                "token": "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhZGEifQ.AAAA",
            },
            [{}],
            {"main": [{"claims": {"sub": "ada"}}]},
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The operation."""
        return " ".join(str(params.get("operation") or "sign").split()).capitalize()

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """Every item with its token or claims; refused tokens by their own port."""
        key = None
        if params.first.operation != "decode":
            key = _Key(await ctx.credential("key"))
        out: dict[str, list[Item]] = {"main": [], "refused": []}
        for index, item in enumerate(inputs.main):
            port, json = _treated(params[index], key, item.json, index)
            out[port].append(Item(json, item.binary, (Pair(0, index),)))
            if index % 100 == 99:
                await ctx.checkpoint()
        return out


class _Key:
    """The opened credential: what signs, what checks, and by which algorithm."""

    def __init__(self, credential: Credential | None) -> None:
        if credential is None:
            message = "Choose a credential with the key."
            raise SecretError(message, code="no_credential")
        self.algorithm = credential.values.get("algorithm", "")
        self.key_id = credential.values.get("key_id") or None
        secret = credential.secrets["key"].reveal()
        self.signing: str | bytes = secret
        self.checking: str | bytes = secret
        if self.algorithm not in ALGORITHMS:
            message = "The credential names no algorithm that is known here."
            raise SecretError(message, code="credential_refused")
        if self.algorithm.startswith("HS"):
            return
        passphrase = credential.secrets.get("passphrase")
        try:
            self._open(
                secret.encode(), (passphrase.reveal().encode() or None) if passphrase else None
            )
        except (ValueError, TypeError):
            message = "The key of the credential cannot be opened. Check its text and passphrase."
            raise SecretError(message, code="credential_refused") from None

    def _open(self, pem: bytes, passphrase: bytes | None) -> None:
        if b"PUBLIC KEY" in pem:
            load_pem_public_key(pem)
            return
        private = load_pem_private_key(pem.strip() + b"\n", passphrase)
        self.signing = cast("Any", private)
        public = private.public_key()
        self.checking = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def _treated(form: Form, key: _Key | None, json: JsonObject, index: int) -> tuple[str, JsonObject]:
    field = form.field or "token"
    try:
        if form.operation == "sign" and key is not None:
            return "main", with_field(json, field, _made(form, key))
        return "main", with_field(json, field, _claims(form, key))
    except NodeError as error:
        error.item = index
        raise
    except jwt.InvalidTokenError as error:
        reason = str(error) or type(error).__name__
        return "refused", json | {"error": {"code": "token_refused", "message": reason}}


def _made(form: Form, key: _Key) -> str:
    if not isinstance(form.claims, dict):
        message = 'The claims are an object, such as {"sub": "ada"}.'
        raise UserError(message, field="claims", code="no_object")
    now = int(time.time())
    claims: dict[str, Any] = {"iat": now, **form.claims}
    if form.expires_s:
        claims["exp"] = now + int(form.expires_s)
    claims |= {"iss": form.issuer} if form.issuer else {}
    claims |= {"aud": form.audience} if form.audience else {}
    headers = {"kid": key.key_id} if key.key_id else None
    try:
        return jwt.encode(claims, key.signing, algorithm=key.algorithm, headers=headers)
    except (jwt.PyJWTError, TypeError, ValueError) as error:
        message = f"The token cannot be made: {error}."
        raise UserError(message, field="claims", code="cannot_sign") from None


def _claims(form: Form, key: _Key | None) -> JsonValue:
    token = form.token.strip().removeprefix("Bearer ").strip()
    if key is None:
        claims = jwt.decode(token, options={"verify_signature": False})
    else:
        claims = jwt.decode(
            token,
            key.checking,
            algorithms=[key.algorithm],
            issuer=form.issuer or None,
            audience=form.audience or None,
            leeway=form.leeway_s,
            options={"verify_aud": bool(form.audience)},
        )
    try:
        check_depth(claims)
        check(claims)
    except InvalidJson as error:
        raise jwt.InvalidTokenError(error.message) from None
    return cast("JsonValue", claims)
