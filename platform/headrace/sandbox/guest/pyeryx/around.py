"""Runs inside an interpreter of pyeryx, after `inside`: its modules, its clock, what it prints.

Executed once, when the image that all interpreters begin from is made.
"""

from __future__ import annotations

import datetime
import importlib
import importlib.abc
import importlib.machinery
import io
import json
import os
import pathlib
import sys
import time
import types
import zlib
from collections.abc import Callable, Sequence
from datetime import date as true_date
from datetime import datetime as true_datetime
from typing import Any

from headrace.sandbox.guest.inside import answer_to

MOST_PRINTED = 256 << 10
LOADED = """
_strptime asyncio bisect calendar cmath colorsys configparser contextlib copy dataclasses difflib
email.message email.parser email.policy enum fractions functools gzip heapq hmac html html.parser
http ipaddress json locale logging numbers operator pprint secrets shlex string struct textwrap
tomllib traceback typing unicodedata urllib.parse xml.dom.minidom xml.etree.ElementTree zipfile
zoneinfo encodings.ascii encodings.cp1252 encodings.idna encodings.latin_1 encodings.utf_16
encodings.utf_8_sig
"""
"""What code may ask for: here it costs nothing, later a tenth of a second each."""
LEFT_OUT = (
    "idlelib",
    "tkinter",
    "turtledemo",
    "pydoc_data",
    "ensurepip",
    "config-",
    "site-packages",
)

true: Any = types.SimpleNamespace(**vars(time))


class Modules(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    """The standard library in memory: when a job runs there are no files to load it from."""

    def __init__(self, folder: str) -> None:
        self._sources: dict[str, tuple[bytes, bool]] = {}
        for place, folders, files in os.walk(folder):
            folders[:] = [name for name in folders if not name.startswith(LEFT_OUT)]
            package = place.removeprefix(folder).strip("/").replace("/", ".")
            for file in files:
                self._keep(package, f"{place}/{file}")

    def _keep(self, package: str, path: str) -> None:
        stem, _, ending = path.rpartition("/")[2].partition(".")
        if ending != "py":
            return
        is_package = stem == "__init__"
        name = package if is_package else f"{package}.{stem}".strip(".")
        self._sources[name] = zlib.compress(pathlib.Path(path).read_bytes()), is_package

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,  # noqa: ARG002 - the name is enough
        target: object = None,  # noqa: ARG002
    ) -> importlib.machinery.ModuleSpec | None:
        """The one of this name."""
        if fullname not in self._sources:
            return None
        is_package = self._sources[fullname][1]
        return importlib.machinery.ModuleSpec(fullname, self, is_package=is_package)

    def is_package(self, fullname: str) -> bool:
        """Has it modules of its own?"""
        return self._sources[fullname][1]

    def get_source(self, fullname: str) -> str:
        """Its text."""
        return zlib.decompress(self._sources[fullname][0]).decode()


class Named(type):
    """Lets a stand-in pass for the type that it stands for; what is made from it is itself."""

    def __instancecheck__(cls, instance: object) -> bool:
        known = cls.__mro__[1] if cls in {Date, DateTime} else cls
        return type.__instancecheck__(known, instance)

    def __subclasscheck__(cls, subclass: type) -> bool:
        known = cls.__mro__[1] if cls in {Date, DateTime} else cls
        return type.__subclasscheck__(known, subclass)


class Date(true_date, metaclass=Named):
    """`datetime.date` by the clock of the job."""

    def __new__(cls, *parts: Any, **named: Any) -> Any:
        """A date as every other."""
        return true_date.__new__(true_date if cls is Date else cls, *parts, **named)

    @classmethod
    def today(cls) -> Any:
        """The day of the job."""
        return cls.fromtimestamp(time.time())


class DateTime(true_datetime, metaclass=Named):
    """`datetime.datetime` by the clock of the job."""

    def __new__(cls, *parts: Any, **named: Any) -> Any:
        """A moment as every other."""
        return true_datetime.__new__(true_datetime if cls is DateTime else cls, *parts, **named)

    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> Any:
        """The moment of the job."""
        return cls.fromtimestamp(time.time(), tz)

    @classmethod
    def today(cls) -> Any:
        """The same, of no zone."""
        return cls.now()

    @classmethod
    def utcnow(cls) -> Any:
        """The same, of no zone: that of this system is UTC."""
        return cls.now()


class Printed(io.TextIOBase):
    """What the code prints: a line at a time, and not more than anybody would read."""

    def __init__(self, out: Any) -> None:
        self._out = out
        self._left = MOST_PRINTED
        self._line = ""

    def writable(self) -> bool:
        """Yes."""
        return True

    def write(self, text: str) -> int:
        """Goes out with the end of its line."""
        kept = text[: self._left]
        self._left -= len(kept)
        self._line += kept
        if "\n" in kept or len(self._line) > 4_000:
            self.flush()
        return len(text)

    def flush(self) -> None:
        """Out with what is there."""
        line, self._line = self._line, ""
        if line:
            self._out.write(line.encode(errors="replace").decode())


def set_clock(now_ns: int) -> None:
    """Let the time be this one from now on."""
    ahead = now_ns - true.time_ns()
    clock: Any = time

    def time_ns() -> int:
        return true.time_ns() + ahead  # type: ignore[no-any-return]

    def by_default(function: Callable[..., Any], at: int) -> Callable[..., Any]:
        """The same, with the time of the job where its argument number `at` is not given."""

        def call(*given: Any) -> Any:
            if len(given) > at and given[at] is not None:
                return function(*given)
            now_s = time_ns() / 1e9
            return function(*given[:at], true.gmtime(now_s) if takes_parts else now_s)

        takes_parts = function in {true.asctime, true.strftime}
        return call

    clock.time_ns = time_ns
    clock.time = lambda: time_ns() / 1e9
    for name, at in {"gmtime": 0, "localtime": 0, "ctime": 0, "asctime": 0, "strftime": 1}.items():
        setattr(clock, name, by_default(getattr(true, name), at))


datetime.date, datetime.datetime = Date, DateTime  # type: ignore[misc]


def serve(text: str, now_ns: int) -> None:
    """One job; its answer is the first line that it writes where errors are written."""
    os.environ.clear()  # noqa: TID251 - that of the interpreter
    out, answers = sys.stdout, sys.stderr
    printed: Any = Printed(out)
    sys.stdout = sys.stderr = printed
    set_clock(now_ns)
    answer = answer_to(json.loads(text))
    printed.flush()
    answers.write(answer.encode(errors="replace").decode() + "\n")


sys.meta_path.insert(0, Modules("/python-stdlib"))
sys.path[:] = []
for name in LOADED.split():
    importlib.import_module(name)
