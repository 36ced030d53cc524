import { describe, expect, it } from "vitest";
import { aNode, documentOf } from "@/test/documents";
import { renameNode } from "./edit-nodes";
import {
  EMPTY_HISTORY,
  HISTORY_LIMIT,
  type History,
  rebase,
  record,
  redo,
  type Step,
  undo,
} from "./history";

const versions = Array.from({ length: HISTORY_LIMIT + 5 }, (_, index) =>
  documentOf([aNode("a", { name: `v${index}` })]),
);
const at = (index: number) => versions[index] ?? documentOf([]);

function step(index: number, given: Partial<Step> = {}): Step {
  return {
    label: `step ${index}`,
    before: at(index),
    after: at(index + 1),
    key: null,
    at: index * 10_000,
    ...given,
  };
}

const play = (steps: readonly Step[]): History => steps.reduce(record, EMPTY_HISTORY);

describe("history", () => {
  it("goes back and forth by named steps", () => {
    const history = play([step(0), step(1)]);

    const back = undo(history);
    const forth = back && redo(back.history);

    expect(back).toMatchObject({ document: at(1), label: "step 1" });
    expect(forth).toMatchObject({ document: at(2), label: "step 1" });
    expect(forth && redo(forth.history)).toBeNull();
  });

  it("joins steps of one key within 800 ms", () => {
    const history = play([step(0, { key: "url", at: 0 }), step(1, { key: "url", at: 800 })]);

    expect(history.past).toHaveLength(1);
    expect(undo(history)?.document).toBe(at(0));
  });

  it("keeps steps apart after a pause or under another key", () => {
    const paused = play([step(0, { key: "url", at: 0 }), step(1, { key: "url", at: 801 })]);
    const other = play([step(0, { key: "url", at: 0 }), step(1, { key: "name", at: 1 })]);

    expect(paused.past).toHaveLength(2);
    expect(other.past).toHaveLength(2);
  });

  it("forgets what was undone once something new is done", () => {
    const back = undo(play([step(0)]));

    expect(back && redo(record(back.history, step(5)))).toBeNull();
  });

  it("keeps the last 200 steps", () => {
    const history = play(versions.slice(0, -1).map((_, index) => step(index)));

    expect(history.past).toHaveLength(HISTORY_LIMIT);
    expect(history.past.at(-1)?.after).toBe(versions.at(-1));
  });

  it("carries every step over to a new base, each document once", () => {
    const history = play([step(0), step(1)]);

    const moved = rebase(history, (document) => renameNode(document, "a", "carried"));

    expect(moved.past[0]?.after).toBe(moved.past[1]?.before);
    expect(moved.past[0]?.before.nodes[0]?.name).toBe("carried");
  });
});
