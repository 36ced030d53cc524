"""What the process of its own is asked to do in tests; it is found there by name."""

from __future__ import annotations

import os
import sys
import time

from headrace_sdk import UserError


def echo(given, content):
    return given, content


def surroundings(given, content):
    return {"environment": sorted(set(os.environ) - {"LC_CTYPE"}), "pid": os.getpid()}, b""


def refuse(given, content):
    raise UserError("No.", code="refused", item=given["item"], field="text")


def spin(given, content):
    while True:
        pass


def sleep(given, content):
    time.sleep(1_000)


def hoard(given, content):
    return [bytearray(1 << 30) for _ in range(4)], b""


def die(given, content):
    os.abort()


def recurse(given, content):
    return recurse(given, content)


def fail(given, content):
    raise ValueError(given)


def chatter(given, content):
    sys.stdout.write("louder")
    return "quiet", b""
