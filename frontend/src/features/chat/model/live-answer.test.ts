// What is shown of a run while it works on an answer.

import { expect, test } from "vitest";
import type { JsonObject, RunEvent } from "@/api/types";
import { hear, hint, NOTHING_YET } from "./live-answer";

let seq = 0;
const event = (type: string, data: JsonObject = {}, node?: string): RunEvent =>
  ({ seq: ++seq, type, at_ms: 0, node, run: "0", data }) as unknown as RunEvent;
const call = (what: string, data: JsonObject = {}) =>
  event(
    `workflow.step.call.${what}`,
    { call: "0.0.0", kind: "tool", name: "find_order", ...data },
    "agent",
  );

test("a tool is shown once, with its newest state; models are no tools", () => {
  const tried = hear(NOTHING_YET, [
    call("started", { kind: "model", call: "0.0" }),
    call("started"),
    call("failed", { will_retry: true }),
  ]);
  const done = hear(tried, [call("completed")]);

  expect(tried.calls.map(({ name, status }) => [name, status])).toEqual([
    ["find_order", "running"],
  ]);
  expect(done.calls.map(({ status }) => status)).toEqual(["completed"]);
});

test("nodes are named in the order in which they ran", () => {
  const answer = hear(NOTHING_YET, [
    event("workflow.step.started", {}, "find"),
    event("workflow.step.completed", {}, "find"),
    event("workflow.step.completed", {}, "agent"),
  ]);

  expect(answer.nodes).toEqual(["find", "agent"]);
});

test("it is over with a reply or with the end, whichever comes first", () => {
  expect(hear(NOTHING_YET, [event("workflow.step.completed", { reply: {} }, "say")]).isOver).toBe(
    true,
  );
  expect(hear(NOTHING_YET, [event("workflow.failed")]).isOver).toBe(true);
  expect(hear(NOTHING_YET, [event("workflow.started")]).isOver).toBe(false);
});

test("that it waits for a person is said until it goes on", () => {
  const waiting = hear(NOTHING_YET, [event("workflow.waiting", { for: "approval" })]);

  expect(waiting.waits).toBe(true);
  expect(hear(waiting, [event("workflow.resumed")]).waits).toBe(false);
});

test("the text is all that was streamed, and progress is none", () => {
  const hints = [
    { kind: "stream", text: "It is" },
    { kind: "progress", text: "Calls find_order" },
  ] as const;

  expect(hint(NOTHING_YET, hints).text).toBe("It is");
});
