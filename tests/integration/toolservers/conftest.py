"""A database of the tenant's own, as far as the guard can tell."""

# ruff: noqa: PLC0415 - what needs Django is imported once its environment is complete
from __future__ import annotations

import os
from urllib.parse import unquote, urlsplit

import psycopg
import pytest

from tests.support.forwarding import forwarding

DATABASE = f"headrace_test_library_{os.getpid()}"
TABLES = """
create table books (id int primary key, title text not null, price numeric(9, 2));
comment on table books is 'What we sell';
comment on column books.price is 'In euros';
insert into books select one, 'Book ' || one, one + 0.5 from generate_series(1, 1500) one;
create view cheap as select * from books where price < 10;
create schema stock;
"""
END_OWN = """
select pg_terminate_backend(pid) from pg_stat_activity where datname = %s and usename = current_user
"""


@pytest.fixture(scope="session")
def library():
    """Its address."""
    from django.conf import settings as configured

    own = urlsplit(configured.DATABASE_URL)
    at = own._replace(path=f"/{DATABASE}").geturl()
    with psycopg.connect(own._replace(path="/postgres").geturl(), autocommit=True) as admin:
        admin.execute(f"create database {DATABASE} template template0")
        with psycopg.connect(at, autocommit=True) as connection:
            connection.execute(TABLES)
        yield at
        # By ourselves: `with (force)` may not end a vacuum, which a plain drop waits for.
        admin.execute(END_OWN, [DATABASE])
        admin.execute(f"drop database {DATABASE}")


@pytest.fixture
def login(library, owner, settings, monkeypatch):
    """A credential for it. Another server stands in for it, which only the tests' own can be."""
    from headrace.credentials import actions as credentials

    monkeypatch.setattr("headrace.egress.client.refuse_own", lambda *_: None)
    own = urlsplit(library)
    with forwarding(own.hostname, own.port) as port:
        settings.HEADRACE_EGRESS_ALLOW = (f"127.0.0.1:{port}",)
        yield credentials.create(owner, name="library", kind="postgresql", data=account(own, port))


def account(own, port):
    """The fields of a credential."""
    return {
        "host": "127.0.0.1",
        "port": str(port),
        "database": own.path.removeprefix("/"),
        "user": unquote(own.username or ""),
        "password": unquote(own.password or "") or "unused",
        "tls": "disable",
    }
