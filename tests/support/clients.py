"""HTTP clients that are somebody in a tenant."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from rest_framework.test import APIClient

from headrace.accounts import queries
from headrace.accounts.actions import create_api_key
from headrace.accounts.models import Person
from headrace.accounts.types import Actor, Role
from headrace.tenants.context import TenantRef, tenant


class Api:
    """Calls `/api/v1/…` of one tenant, with JSON in and out."""

    def __init__(self, ref: TenantRef) -> None:
        self.tenant = ref
        self.django = APIClient(HTTP_HOST=f"{ref.slug}.localhost", raise_request_exception=False)

    def get(self, path: str, **query: Any) -> HttpResponse:
        """GET with a query."""
        return self.django.get(self.address(path), query)

    def post(self, path: str, body: Any = None, **headers: Any) -> HttpResponse:
        """POST with a JSON body."""
        return self.django.post(self.address(path), body, format="json", **headers)

    def put(self, path: str, body: Any = None, **headers: Any) -> HttpResponse:
        """PUT with a JSON body."""
        return self.django.put(self.address(path), body, format="json", **headers)

    def patch(self, path: str, body: Any = None, **headers: Any) -> HttpResponse:
        """PATCH with a JSON body."""
        return self.django.patch(self.address(path), body, format="json", **headers)

    def delete(self, path: str, **headers: Any) -> HttpResponse:
        """DELETE."""
        return self.django.delete(self.address(path), **headers)

    def request(self, method: str, address: str, **options: Any) -> HttpResponse:
        """Any method on a whole address."""
        return self.django.generic(method, address, **options)

    def address(self, path: str) -> str:
        """Paths that begin with a slash are whole addresses."""
        return path if path.startswith("/") else f"/api/v1/{path}"


def person(ref: TenantRef, role: Role) -> Person:
    """The person with this role in the template."""
    return Person.objects.get(email=f"{role}@{ref.slug}.example")


def actor(ref: TenantRef, role: Role = Role.OWNER) -> Actor:
    """The same as an actor."""
    with tenant(ref):
        return queries.actor_by_email(f"{role}@{ref.slug}.example")


def signed_in(ref: TenantRef, role: Role) -> Api:
    """A browser of that person, without the cost of checking a password."""
    api = Api(ref)
    with tenant(ref):
        somebody = person(ref, role)
        session = api.django.session
        session["person"] = str(somebody.id)
        session["tenant"] = str(ref.id)
        session["proof"] = somebody.get_session_auth_hash()
        session.save()
    return api


def with_key(ref: TenantRef, role: Role, scopes: list[str] | None) -> Api:
    """A program with a key of that person."""
    with tenant(ref):
        owner = queries.actor_by_email(f"{Role.OWNER}@{ref.slug}.example")
        _, text = create_api_key(owner, "test", scopes=scopes, role=role)
    api = Api(ref)
    api.django.credentials(HTTP_X_API_KEY=text)
    return api
