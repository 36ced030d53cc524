"""What is sealed opens for its tenant, row and key only."""

from __future__ import annotations

import base64
import json
import pickle
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from headrace.accounts.types import Actor
from headrace.audit.models import Entry
from headrace.credentials import actions, cipher
from headrace.credentials.errors import VaultDamaged, VaultKeyMissing
from headrace.credentials.models import Credential, TenantKey
from headrace.credentials.ports import ports
from headrace.credentials.types import CredentialRow
from headrace.tenants.context import TenantRef, tenant
from headrace_sdk.errors import SecretError
from tests.integration.credentials.conftest import CANARY, MASTER_KEY
from tests.support.clients import actor

OTHER_KEY = bytes(reversed(range(32)))


@pytest.fixture
def sealed(in_alpha: TenantRef, owner: Actor) -> CredentialRow:
    """A credential of alpha."""
    return actions.create(
        owner, name="api", kind="test_token", data={"user": "ann", "token": CANARY}
    )


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=100), st.lists(st.text("aé|\0", max_size=5), max_size=4))
def test_what_is_sealed_opens_with_its_context(plain: bytes, context: list[str]) -> None:
    """Design 5.1."""
    key = cipher.new_key()

    assert cipher.unseal(key, cipher.seal(key, plain, *context), *context) == plain


@pytest.mark.parametrize(
    ("made", "used"),
    [(("a", "bc"), ("ab", "c")), (("a",), ("a", "")), ((), ("",)), (("1", "2"), ("2", "1"))],
)
def test_contexts_that_look_alike_are_different(
    made: tuple[str, ...], used: tuple[str, ...]
) -> None:
    """Design 5.1: length-prefixed."""
    key = cipher.new_key()

    with pytest.raises(VaultDamaged):
        cipher.unseal(key, cipher.seal(key, b"x", *made), *used)


def test_every_flipped_bit_is_noticed() -> None:
    """Design 5.1."""
    key = cipher.new_key()
    sealed = cipher.seal(key, b"secret", "context")

    for index in range(len(sealed) * 8):
        flipped = bytearray(sealed)
        flipped[index // 8] ^= 1 << index % 8
        with pytest.raises(VaultDamaged):
            cipher.unseal(key, bytes(flipped), "context")


@pytest.mark.parametrize("damaged", [b"", b"short", b"x" * 12])
def test_truncated_bytes_are_noticed(damaged: bytes) -> None:
    """Design 5.1."""
    with pytest.raises(VaultDamaged):
        cipher.unseal(MASTER_KEY, damaged)


def test_a_node_gets_open_and_secret_fields_apart(sealed: CredentialRow) -> None:
    """The one door."""
    opened = actions.open_for_node(sealed.id, node_type="test.node")

    assert dict(opened.values) == {"user": "ann"}
    assert opened.secrets["token"].reveal() == CANARY
    assert (opened.name, opened.type, opened.hosts) == ("api", "test_token", ())


def test_an_opened_secret_shows_itself_nowhere(sealed: CredentialRow) -> None:
    """S-060: not in repr, str, JSON or pickle."""
    opened = actions.open_for_node(sealed.id)

    assert CANARY not in repr(opened)
    assert CANARY not in f"{opened.secrets['token']}"
    with pytest.raises(TypeError):
        pickle.dumps(opened.secrets["token"])
    with pytest.raises(TypeError):
        json.dumps(opened.secrets)


def test_nothing_in_the_database_holds_the_secret(sealed: CredentialRow) -> None:
    """Plain, base64, JSON, and in the audit record."""
    encoded = base64.b64encode(CANARY.encode()).decode().rstrip("=")
    with connection.cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = 't_alpha'")
        dump = ""
        for (table,) in cursor.fetchall():
            cursor.execute(f'select * from "{table}"')
            rows = [[bytes(c) if isinstance(c, memoryview) else c for c in r] for r in cursor]
            dump += str(rows)

    assert CANARY not in dump
    assert encoded not in dump
    assert Entry.objects.get(action="credential.created")


def test_a_node_without_a_slot_for_the_type_gets_nothing(sealed: CredentialRow) -> None:
    """S-055: re-checked when it runs."""
    with pytest.raises(SecretError) as caught:
        actions.open_for_node(sealed.id, node_type="other.node")

    assert caught.value.code == "credential_not_accepted"


def test_a_row_copied_to_another_tenant_does_not_open(
    sealed: CredentialRow, beta: TenantRef
) -> None:
    """Design 5.1: the tenant is bound into the ciphertext."""
    key, row = TenantKey.objects.get(), Credential.objects.get()
    with tenant(beta):
        TenantKey(id=key.id, master_key_id=key.master_key_id, wrapped=key.wrapped).save(
            force_insert=True
        )
        Credential(
            id=row.id,
            name=row.name,
            type=row.type,
            version=row.version,
            tenant_key_id=key.id,
            data_key=row.data_key,
            sealed=row.sealed,
        ).save(force_insert=True)

        with pytest.raises(SecretError) as caught:
            actions.open_for_node(sealed.id)

    assert caught.value.code == "vault_damaged"


@pytest.mark.parametrize("change", [{"version": 2}, {"type": "other"}, {"sealed": b"x" * 40}])
def test_a_changed_row_does_not_open(sealed: CredentialRow, change: dict[str, object]) -> None:
    """Design 5.1: version and type are bound in."""
    Credential.objects.update(**change)

    with pytest.raises(SecretError) as caught:
        actions.open_for_node(sealed.id)

    assert caught.value.code == "vault_damaged"


def test_a_value_swapped_with_another_credentials_does_not_open(
    sealed: CredentialRow, owner: Actor
) -> None:
    """Design 5.1: the id is bound in."""
    other = actions.create(
        owner, name="other", kind="test_token", data={"user": "bob", "token": "t"}
    )
    source = Credential.objects.get(pk=other.id)
    Credential.objects.filter(pk=sealed.id).update(sealed=source.sealed, data_key=source.data_key)

    with pytest.raises(SecretError):
        actions.open_for_node(sealed.id)


def test_a_missing_master_key_is_named_by_its_id(sealed: CredentialRow) -> None:
    """Design 5.1: a clear error, no plaintext."""
    ports.master_keys = (OTHER_KEY,)

    with pytest.raises(SecretError, match=cipher.key_id(MASTER_KEY)) as caught:
        actions.open_for_node(sealed.id)

    assert caught.value.code == "vault_key_missing"


def test_each_version_has_a_key_of_its_own(sealed: CredentialRow, owner: Actor) -> None:
    """Design 5.1: one encryption per data key."""
    before = bytes(Credential.objects.get().data_key)

    actions.update(owner, sealed.id, data={"user": "ann", "token": "new"})

    assert bytes(Credential.objects.get().data_key) != before
    assert actions.open_for_node(sealed.id).secrets["token"].reveal() == "new"


def test_a_new_name_keeps_the_values(sealed: CredentialRow, owner: Actor) -> None:
    """Only what is given changes."""
    actions.update(owner, sealed.id, name="renamed", hosts=["api.example.com"])

    opened = actions.open_for_node(sealed.id)
    assert (opened.name, opened.hosts) == ("renamed", ("api.example.com",))
    assert opened.secrets["token"].reveal() == CANARY


@pytest.mark.parametrize("deep", [False, True])
def test_rotation_moves_every_tenant_under_the_new_master_key(
    sealed: CredentialRow, beta: TenantRef, deep: bool
) -> None:
    """Design 5.1: re-wrap, resumable, the old key is read-only until no row needs it."""
    with tenant(beta):
        theirs = actions.create(
            actor(beta), name="b", kind="test_token", data={"user": "u", "token": "theirs"}
        )
    ports.master_keys = (OTHER_KEY, MASTER_KEY)
    printed = StringIO()

    call_command("rotate_vault", tenant_keys=deep, stdout=printed)
    call_command("rotate_vault", stdout=printed)
    ports.master_keys = (OTHER_KEY,)

    assert actions.open_for_node(sealed.id).secrets["token"].reveal() == CANARY
    with tenant(beta):
        assert actions.open_for_node(theirs.id).secrets["token"].reveal() == "theirs"
    assert "0 rows written." in printed.getvalue()
    assert cipher.key_id(MASTER_KEY) not in printed.getvalue()
    assert TenantKey.objects.count() == 1


def test_rotation_without_the_old_key_changes_nothing(sealed: CredentialRow) -> None:
    """Nothing is lost by a wrong configuration."""
    ports.master_keys = (OTHER_KEY,)
    with pytest.raises(VaultKeyMissing):
        actions.rotate(new_tenant_key=True)
    ports.master_keys = (MASTER_KEY,)

    assert actions.open_for_node(sealed.id).secrets["token"].reveal() == CANARY
