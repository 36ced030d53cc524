"""Eighteen ways out of the interpreter, and eighteen ways to take its machine down: none works.

S-004, S-007 and S-011 (nothing is reached), S-009 (nothing runs on).
"""

from __future__ import annotations

import pytest

from headrace.sandbox.limits import Limits
from headrace_sdk.errors import NodeError

pytestmark = pytest.mark.timeout(300)
"""The first to want pyeryx makes its image."""

TIGHT = Limits(time_s=0.3, output_bytes=1 << 20)

ESCAPES = {
    "reading a file": "return {'got': open('/etc/passwd').read()}",
    "reading up the path": "return {'got': open('../../../../etc/passwd').read()}",
    "writing a file": "open('/tmp/escaped', 'w').write('x')\nreturn {'got': 1}",
    "listing a folder": "import os\nreturn {'got': os.listdir('/')}",
    "the processes of the system": "import os\nreturn {'got': os.listdir('/proc')}",
    "a shell": "import os\nreturn {'got': os.system('id')}",
    "a process": "import subprocess\nreturn {'got': subprocess.run(['id']).returncode}",
    "a process by the back door": (
        "found = [c for c in ().__class__.__base__.__subclasses__() if c.__name__ == 'Popen']\n"
        "import subprocess\nreturn {'got': subprocess.Popen(['id']).pid}"
    ),
    "a fork": "import os\nreturn {'got': os.fork()}",
    "another program": "import os\nos.execv('/bin/sh', ['sh'])",
    "native code": "import ctypes\nreturn {'got': str(ctypes.CDLL(None))}",
    "a socket": "import socket\nsocket.create_connection(('127.0.0.1', 5432), 1)\nreturn {'got': 1}",
    "a web request": (
        "import urllib.request\n"
        "return {'got': urllib.request.urlopen('http://169.254.169.254/').status}"
    ),
    "a thread": "import threading\nthreading.Thread(target=print).start()\nreturn {'got': 1}",
    "memory of the host": "import mmap\nreturn {'got': len(mmap.mmap(3, 0))}",
    "open files of the host": "import os\nreturn {'got': [os.read(n, 9) for n in range(3, 64)]}",
    "a signal to the host": "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\nreturn {'got': 1}",
    "a package from elsewhere": "import django\nreturn {'got': 1}",
}
BOMBS = {
    "an endless loop": "while True: pass",
    "an endless loop that catches": (
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass"
    ),
    "a long sleep": "import time\ntime.sleep(600)",
    "a great power": "return {'n': len(str(7 ** 10 ** 8))}",
    "a long sum": "return {'n': sum(range(10 ** 12))}",
    "all orders": "import itertools\nreturn {'n': len(list(itertools.permutations(range(12))))}",
    "a pattern that tries everything": (
        "import re\nreturn {'m': bool(re.match('(a+)+$', 'a' * 40 + 'b'))}"
    ),
    "a long text": "return {'t': len('a' * 10 ** 10)}",
    "lists without end": "a = []\nwhile True: a.append([0] * 100_000)",
    "bytes without end": "a = []\nwhile True: a.append(bytearray(10 ** 7))",
    "a flood of output": "while True: print('x' * 1000)",
    "a large result": "return {'t': 'x' * (2 << 20)}",
    "recursion": "def f(): return f() + 1\nf()",
    "recursion without a limit": (
        "import sys\nsys.setrecursionlimit(10 ** 9)\ndef f(): return f() + 1\nf()"
    ),
    "deep JSON": "import json\njson.loads('[' * 200_000)",
    "deep source": "eval('(' * 10_000 + ')' * 10_000)",
    "a deep value": "a = []\nfor _ in range(200_000): a = [a]\nrepr(a)\nreturn {'a': a}",
    "a value that holds itself": "a = {}\na['a'] = a\nreturn a",
}
STOPPED = {
    "code_timeout", "code_memory", "code_too_deep", "code_failed", "code_result_invalid",
    "code_output_too_large",
}  # fmt: skip


def test_the_lists_are_as_long_as_they_say():
    assert (len(ESCAPES), len(BOMBS)) == (18, 18)


@pytest.mark.parametrize("source", ESCAPES.values(), ids=ESCAPES.keys())
async def test_every_way_out_is_an_error(run_python, source):
    with pytest.raises(NodeError) as stopped:
        await run_python(source)

    assert stopped.value.code == "code_failed"


async def test_nothing_of_the_host_can_be_written(run_python):
    """S-011"""
    source = (
        "opened = []\n"
        "for path in ('/etc/hosts', '/etc/resolv.conf', '/dev/shm/x', '/proc/self/mem', '/tmp/x'):\n"
        "    try:\n"
        "        open(path, 'r+b')\n"
        "        opened.append(path)\n"
        "    except OSError:\n"
        "        pass\n"
        "return {'opened': opened}"
    )

    assert [item.json for item in await run_python(source)] == [{"opened": []}]


async def test_the_interpreter_holds_nothing_of_the_host(run_python, monkeypatch):
    monkeypatch.setenv("HEADRACE_CANARY", "secret")

    made = await run_python(
        "import os, sys\nreturn {'environment': dict(os.environ), 'arguments': len(sys.argv)}"
    )

    assert [item.json for item in made] == [{"environment": {}, "arguments": 1}]


@pytest.mark.parametrize("source", BOMBS.values(), ids=BOMBS.keys())
async def test_every_bomb_is_stopped_by_the_sandbox_itself_and_the_next_job_succeeds(
    run_python, source
):
    with pytest.raises(NodeError) as stopped:
        await run_python(source, limits=TIGHT)

    assert stopped.value.code in STOPPED
    assert [item.json for item in await run_python("return {'alive': True}")] == [{"alive": True}]
