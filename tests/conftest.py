"""Test infrastructure: servers, a database with two tenants, clients, and plain async tests.

Tests below `tests/integration` and `tests/contract` get the database; each runs in a transaction
that is rolled back. A test whose code opens connections of its own asks for `committed`.
"""

# ruff: noqa: PLC0415 - what needs Django is imported once its environment is complete
from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import async_to_sync

from headrace.conf.process import settle_down
from tests.support import environment

HERE = Path(__file__).parent
WITH_DATABASE = ("integration", "contract")
WITHOUT_SERVERS = ("unit", "acceptance")

_undo = ExitStack()


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Complete the environment before anything reads the settings."""
    needs_none = all(
        any(f"tests/{area}" in str(argument) for area in WITHOUT_SERVERS)
        for argument in config.args
    )
    environment.fill(with_servers=not needs_none, undo=_undo)
    if not needs_none:
        import django

        _keep_files_apart()
        django.setup()
        _hash_quickly()
        _find_static_files_once()


def _keep_files_apart() -> None:
    """Tenants have the same ids in every process's database, so their files must not meet."""
    from django.conf import settings

    options = settings.STORAGES["default"]["OPTIONS"]
    options["location"] += f"-{os.environ.get('PYTEST_XDIST_WORKER', 'tests')}"


def _hash_quickly() -> None:
    """The same way of hashing passwords, without the cost that is its purpose elsewhere."""
    from django.contrib.auth.hashers import Argon2PasswordHasher

    Argon2PasswordHasher.time_cost = 1
    Argon2PasswordHasher.memory_cost = 1024


def _find_static_files_once() -> None:
    """Each client has a handler of its own, and each of those would look at every built file."""
    from whitenoise.middleware import WhiteNoiseMiddleware

    look = WhiteNoiseMiddleware.add_files_from_finders
    found: dict[str, Any] = {}

    def add(noise: WhiteNoiseMiddleware) -> None:
        if not found:
            look(noise)
            found.update(noise.files)
        noise.files.update(found)

    WhiteNoiseMiddleware.add_files_from_finders = add


def pytest_unconfigure() -> None:
    """Stop the servers that this run started."""
    _undo.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark a test by its folder."""
    for item in items:
        if _area(item) in WITH_DATABASE:
            item.add_marker(pytest.mark.db)


def pytest_collection_finish() -> None:
    """Thousands of tests and modules stay: the garbage collector need not walk over them."""
    settle_down()


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run `async def` tests; their database calls share the test's thread and transaction."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    names = inspect.signature(pyfuncitem.obj).parameters
    async_to_sync(pyfuncitem.obj)(**{name: pyfuncitem.funcargs[name] for name in names})
    return True


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """One database a process, copied from the template."""
    from tests.support.database import own_database

    with django_db_blocker.unblock(), own_database():
        yield


@pytest.fixture
def _django_db_helper(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any
) -> Iterator[None]:
    """The database for one test, in place of pytest-django's, whose clean-up knows no tenants."""
    from django.db import connections, transaction

    from headrace.tenants.context import public
    from tests.support.database import close_unless_clean, empty_tables, forget_changes

    with django_db_blocker.unblock():
        if "committed" in request.fixturenames:
            yield
            close_unless_clean(connections["default"])
            empty_tables()
            return
        with public():
            around = transaction.atomic()
            around.__enter__()
        try:
            yield
        finally:
            with public():
                transaction.set_rollback(True)
                around.__exit__(None, None, None)
            if "beta" in request.fixturenames:
                forget_changes()


@pytest.fixture
def committed(_django_db_helper: None) -> None:
    """The database without a transaction around the test; its rows are deleted afterwards."""


@pytest.fixture(autouse=True)
def _database(request: pytest.FixtureRequest) -> None:
    """Give a test the database by its folder."""
    if _area(request.node) in WITH_DATABASE:
        request.getfixturevalue("_django_db_helper")


def _area(item: pytest.Item) -> str:
    return item.path.relative_to(HERE).parts[0] if item.path.is_relative_to(HERE) else ""


@pytest.fixture(autouse=True)
def _forget_hosts() -> Iterator[None]:
    """What one test taught the host directory must not reach the next."""
    yield
    # Tests without Django never load the directory, and could not.
    hosts = sys.modules.get("headrace.tenants.hosts")
    if hosts is not None:
        hosts.directory.forget()


@pytest.fixture
def alpha(_database: None) -> Any:
    """The tenant that tests work in."""
    from headrace.tenants.queries import by_slug

    return by_slug("alpha")


@pytest.fixture
def beta(_database: None) -> Any:
    """The tenant that must not notice. Asking for it allows the test to change its rows."""
    from headrace.tenants.queries import by_slug

    return by_slug("beta")


@pytest.fixture
def in_alpha(alpha: Any) -> Iterator[Any]:
    """Run the whole test inside alpha."""
    from headrace.tenants.context import tenant

    with tenant(alpha):
        yield alpha


@pytest.fixture
def as_tenant() -> Callable[..., Any]:
    """`with as_tenant(beta):`."""
    from headrace.tenants.context import tenant

    return tenant


@pytest.fixture
def owner(alpha: Any) -> Any:
    """Alpha's owner as an actor."""
    from tests.support.clients import actor

    return actor(alpha)


@pytest.fixture
def api(alpha: Any) -> Callable[..., Any]:
    """`api()` is alpha's owner in a browser; `api("viewer", beta)` is somebody else.

    `key=True` makes a program with a key, `scopes=[…]` one with a limited key, and `api(None)` a
    stranger.
    """
    from headrace.accounts.types import Role
    from tests.support.clients import Api, signed_in, with_key

    def make(
        role: str | None = "owner",
        ref: Any = None,
        *,
        key: bool = False,
        scopes: list[str] | None = None,
    ) -> Api:
        where = ref or alpha
        if role is None:
            return Api(where)
        if key or scopes is not None:
            return with_key(where, Role(role), scopes)
        return signed_in(where, Role(role))

    return make


@pytest.fixture(autouse=True)
def _beta_unchanged(request: pytest.FixtureRequest, _database: None) -> Iterator[None]:
    """Fail a test that works in alpha and changed a row of beta."""
    names = request.fixturenames
    if "alpha" not in names or "beta" in names:
        yield
        return
    from tests.support.database import fingerprint, may_have_changed

    # What is rolled back has passed through the connection that can tell; the rest is compared.
    is_committed = "committed" in names
    before = fingerprint("t_beta") if is_committed else None
    yield
    changed = fingerprint("t_beta") != before if is_committed else may_have_changed("t_beta")
    assert not changed, "the test changed rows of the other tenant"
