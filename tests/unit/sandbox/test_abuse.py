"""Nineteen ways to take a machine down; each ends with an error, and the next job runs (S-009)."""

from __future__ import annotations

import pytest

from headrace.sandbox.limits import Limits
from headrace_sdk.errors import NodeError

TIGHT = Limits(time_s=0.3, memory_bytes=64 << 20, output_bytes=1 << 20)

CASES = {
    "an endless loop": "while (true) {}",
    "an endless loop that catches": "for (;;) { try { for (;;) {} } catch {} }",
    "an endless loop in finally": "try { for (;;) {} } finally { for (;;) {} }",
    "a pattern that tries everything": "return { found: /^(a+)+$/.test('a'.repeat(40) + 'b') };",
    "a tower of big numbers": "let n = 3n; for (;;) n = n * n;",
    "a power of big numbers": "return { n: String(7n ** (10n ** 8n)) };",
    "searching natively": "const s = 'a'.repeat(2e6); for (;;) s.indexOf('a'.repeat(1e6) + 'b');",
    "searching from behind": "const s = 'a'.repeat(2e6); for (;;) s.lastIndexOf('b' + 'a'.repeat(1e6));",
    "arrays without end": "const a = []; for (;;) a.push([1, 2, 3]);",
    "texts without end": "let s = 'x'; const all = []; for (;;) { s += s; all.push(s + all.length); }",
    "buffers without end": "const a = []; for (;;) a.push(new Uint8Array(1e7));",
    "filling and sorting": "const a = new Array(5e7).fill(0).map(Math.random); a.sort(); return [];",
    "calling itself": "const f = () => f() + 1; return { n: f() };",
    "a text that asks for itself": "const o = { toString() { return '' + o; } }; return { s: '' + o };",
    "deep JSON to read": "return { v: JSON.parse('['.repeat(3e5)) };",
    "deep JSON to write": "let a = []; for (let i = 0; i < 3e5; i++) a = [a]; return { a };",
    "deep source": "return { v: eval('('.repeat(2e5) + ')'.repeat(2e5)) };",
    "a deep pattern": "return { v: new RegExp('(?:'.repeat(3e4) + ')'.repeat(3e4)).test('') };",
    "promises without end": "const again = () => Promise.resolve().then(again); await again();",
}
STOPPED = {"code_timeout", "code_memory", "code_too_deep", "code_failed", "code_result_invalid"}


@pytest.mark.parametrize("source", CASES.values(), ids=CASES.keys())
async def test_abuse_is_stopped_by_the_sandbox_itself_and_the_next_job_succeeds(run, source):
    with pytest.raises(NodeError) as stopped:
        await run(source, limits=TIGHT)

    assert stopped.value.code in STOPPED
    assert [item.json for item in await run("return { alive: true };")] == [{"alive": True}]
