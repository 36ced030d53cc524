"""Connects a credential to a person's account: authorization code with PKCE (RFC 6749, 7636).

The question is remembered in the session of the browser that asks it, so that an answer which
another browser brings, or brings twice, is worth nothing (S-050).
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Mapping, MutableMapping
from typing import Any, Final, cast
from uuid import UUID

from django.core.signing import BadSignature, TimestampSigner
from django.db import transaction

from headrace.accounts.permissions import require
from headrace.accounts.types import Actor
from headrace.audit import actions as audit
from headrace.audit.types import Outcome
from headrace.credentials import grants, queries, rows, token_endpoint
from headrace.credentials.errors import AuthorizationFailed, NotConnectable
from headrace.credentials.models import Credential
from headrace.credentials.opening import fields_of
from headrace.credentials.ports import ports
from headrace.credentials.token_endpoint import Client, Refused
from headrace.credentials.types import CredentialRow, Level
from headrace.egress.client import with_query
from headrace.tenants.addresses import origin_of
from headrace.tenants.context import current
from headrace_sdk.errors import HeadraceError
from headrace_sdk.oauth2 import OAuth2Type

CALLBACK: Final = "/app/oauth2/callback"
"""The page of the editor that a provider sends people back to."""

ANSWER_WITHIN_S: Final = 600
_QUESTIONS: Final = "oauth2"
_MOST_QUESTIONS: Final = 5

Session = MutableMapping[str, Any]


def begin(actor: Actor, credential_id: UUID, session: Session) -> str:
    """The provider's address at which a person gives consent.

    Raises:
        Forbidden, CredentialNotFound: as they say.
        NotConnectable: its type has no such account.
        SecretError: it cannot be opened.
        InvalidAddress: the provider's address is none.
    """
    require(actor, "credential.edit")
    row = rows.reachable(actor, credential_id, Level.EDIT)
    client = Client.of(_kind(row), fields_of(row))
    state = _signer().sign(secrets.token_urlsafe(32))
    verifier = secrets.token_urlsafe(48)
    _remember(session, state, {"credential": str(row.pk), "verifier": verifier})
    challenge = hashlib.sha256(verifier.encode()).digest()
    asked = {
        **client.provider.extra,
        "response_type": "code",
        "client_id": client.client_id,
        "redirect_uri": callback_address(),
        "scope": client.provider.scopes,
        "state": state,
        "code_challenge": base64.urlsafe_b64encode(challenge).decode().rstrip("="),
        "code_challenge_method": "S256",
    }
    given = [(name, text) for name, text in asked.items() if text]
    return with_query(client.provider.authorize_url, given)


def complete(
    actor: Actor, session: Session, *, state: str, code: str = "", error: str = ""
) -> CredentialRow:
    """Exchange the provider's answer for tokens and keep them.

    Raises:
        Forbidden, CredentialNotFound: as they say.
        AuthorizationFailed: it answers no question of this session, or access was refused.
    """
    require(actor, "credential.edit")
    question = _recall(session, state)
    try:
        return _completed(actor, question, code, error)
    except AuthorizationFailed as failed:
        what = ("credential.connected", "credential", question["credential"])
        audit.record(actor.value, *what, {"code": failed.code}, outcome=Outcome.FAILED)
        raise


def _completed(actor: Actor, question: Mapping[str, str], code: str, error: str) -> CredentialRow:
    if error or not code:
        word = token_endpoint.word_of(error)
        raise AuthorizationFailed(f"The provider gave no access: {word}. Try to connect again.")
    row = rows.reachable(actor, UUID(question["credential"]), Level.EDIT)
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": callback_address(),
        "code_verifier": question["verifier"],
    }
    try:
        tokens = token_endpoint.ask(Client.of(_kind(row), fields_of(row)), form)
    except Refused as refused:
        message = f"The code could not be exchanged: {refused.message}. Try to connect again."
        raise AuthorizationFailed(message) from None
    except HeadraceError as failed:
        raise AuthorizationFailed(failed.message) from None
    with transaction.atomic():
        locked = rows.locked(row.pk)
        grants.store(locked, tokens)
        facts = {"name": locked.name, "type": locked.type}
        audit.record(actor.value, "credential.connected", "credential", locked.pk, facts)
    return queries.credential(actor, row.pk)


def callback_address() -> str:
    """What has to be registered at the provider."""
    return origin_of(current()) + CALLBACK


def _kind(row: Credential) -> type[OAuth2Type]:
    kind = ports.types.find(row.type)
    if kind is None or not issubclass(kind, OAuth2Type) or kind.flow != "authorization_code":
        raise NotConnectable
    return kind


def _remember(session: Session, state: str, question: dict[str, str]) -> None:
    open_questions = dict(session.get(_QUESTIONS, {}))
    open_questions[_digest(state)] = question
    session[_QUESTIONS] = dict(list(open_questions.items())[-_MOST_QUESTIONS:])


def _recall(session: Session, state: str) -> dict[str, str]:
    """The question, which is forgotten at once: an answer counts one time."""
    open_questions = dict(session.get(_QUESTIONS, {}))
    question = open_questions.pop(_digest(state), None)
    session[_QUESTIONS] = open_questions
    try:
        _signer().unsign(state, max_age=ANSWER_WITHIN_S)
    except BadSignature:
        question = None
    if question is None:
        message = (
            "This answer belongs to no question that this browser asked within the last ten "
            "minutes. Press Connect again."
        )
        raise AuthorizationFailed(message)
    return cast("dict[str, str]", question)


def _digest(state: str) -> str:
    return hashlib.sha256(state.encode()).hexdigest()


def _signer() -> TimestampSigner:
    return TimestampSigner(salt=f"credentials.oauth2.{current().id}")
