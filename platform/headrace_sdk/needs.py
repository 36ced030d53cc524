"""What a package reaches outside of itself: declared once, shown before use, refused beyond it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from headrace_sdk.errors import ContractError


@dataclass(frozen=True, slots=True)
class Needs:
    """Returned by the hook `headrace_needs`; a package without that hook needs nothing.

    `hosts` are names that `ctx.http` may call: `api.example.com`, `*.example.com` for those below
    it, or `*` for whatever host a person enters. `credentials` are the ids of the credential types
    that its nodes have slots for, its own included. `files` is the tenant's store behind
    `ctx.files`, and `tables` the tables behind `ctx.tables`. `processes` are the programs that it
    starts.
    """

    hosts: tuple[str, ...] = ()
    credentials: tuple[str, ...] = ()
    files: bool = False
    processes: tuple[str, ...] = ()
    tables: bool = False

    def __post_init__(self) -> None:
        given: tuple[object, ...] = (self.hosts, self.credentials, self.processes)
        for names in given:
            if not _are_names(names):
                message = f"Needs are tuples of names, such as ('api.example.com',): not {names!r}."
                raise ContractError(message)
        for host in self.hosts:
            if host != "*" and (set(host) & set("/: ") or "*" in host.removeprefix("*.")):
                message = f"{host!r} is no host: write api.example.com, *.example.com or *."
                raise ContractError(message)

    def allows(self, url: str) -> bool:
        """Is the host of this address declared?"""
        try:
            host = (urlsplit(url).hostname or "").rstrip(".")
        except ValueError:
            return False
        return any(_matches(host, declared.lower()) for declared in self.hosts)


def _are_names(given: object) -> bool:
    return isinstance(given, tuple) and all(isinstance(one, str) and one for one in given)


def _matches(host: str, declared: str) -> bool:
    if declared.startswith("*."):
        return host.endswith(declared[1:])
    return declared in {"*", host}
