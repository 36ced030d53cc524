import { describe, expect, it } from "vitest";
import type { ExecutionRow, ExecutionStatus } from "@/api/types";
import { summarize, troubles } from "./summary";

const NOW = Date.parse("2026-11-21T10:30:00Z");

function run(status: ExecutionStatus, minutesAgo: number, workflow = "a"): ExecutionRow {
  const at = new Date(NOW - minutesAgo * 60_000).toISOString();
  const isEnded = status !== "running";
  return {
    id: `${workflow}-${minutesAgo}`,
    number: minutesAgo,
    workflow: { id: workflow, name: workflow },
    version: { number: 1, kind: "published" },
    status,
    mode: "webhook",
    trigger_type: null,
    queued_at: at,
    started_at: at,
    ended_at: isEnded ? at : null,
    duration_ms: isEnded ? minutesAgo : null,
    error: null,
    waiting_for: null,
  };
}

describe("summarize", () => {
  it("counts ended runs only for failures and durations", () => {
    const runs = [run("completed", 10), run("failed", 20), run("running", 5)];

    const summary = summarize(runs, NOW);

    expect(summary).toMatchObject({ runs: 3, failureShare: 0.5, medianMs: 15 });
  });

  it("leaves out what started more than a day ago", () => {
    expect(summarize([run("failed", 24 * 60 + 1)], NOW)).toMatchObject({
      runs: 0,
      failureShare: null,
      medianMs: null,
    });
  });

  it("puts each run into its hour, the present hour last", () => {
    const { hours } = summarize([run("completed", 1), run("crashed", 31)], NOW);

    expect(hours).toHaveLength(24);
    expect(hours.at(-1)).toMatchObject({ succeeded: 1, failed: 0 });
    expect(hours.at(-2)).toMatchObject({ succeeded: 0, failed: 1 });
  });
});

describe("troubles", () => {
  it("names a workflow whose newest ended run failed, with the failures in a row", () => {
    const runs = [run("failed", 10), run("running", 1), run("failed", 20), run("completed", 30)];

    expect(troubles(runs)).toEqual([
      expect.objectContaining({ count: 2, sinceIso: runs[2]?.started_at, run: runs[0] }),
    ]);
  });

  it("is quiet about a workflow that works again", () => {
    expect(troubles([run("completed", 1), run("failed", 2)])).toEqual([]);
  });
});
