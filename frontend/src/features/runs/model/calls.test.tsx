import { expect, it } from "vitest";
import type { JsonObject, RunEvent, RunEventType } from "@/api/types";
import { RunStore } from "../store";
import { applyEvents } from "./apply-event";
import { emptyRun, nodeRunOf } from "./run";

let seq = 0;
const call = (what: string, data: JsonObject, at_ms: number): RunEvent => ({
  seq: ++seq,
  type: `workflow.step.call.${what}` as RunEventType,
  at_ms,
  node: "agent",
  run: "0",
  run_index: 0,
  attempt: 1,
  data,
});
const lookUp = { call: "0.0", kind: "tool", name: "look_up", node: "look" };
const ask = { call: "0", kind: "model", name: "offline", node: "agent" };
const LOG = [
  call("started", ask, 1_000),
  call("completed", { ...ask, duration_ms: 50, cost_micro: 700 }, 1_050),
  call("started", { ...lookUp, try: 1 }, 1_060),
  call(
    "failed",
    { ...lookUp, error: { code: "timeout", message: "Too slow" }, will_retry: true },
    1_070,
  ),
  call("started", { ...lookUp, try: 2 }, 1_080),
  call("completed", { ...lookUp, duration_ms: 20 }, 1_100),
];

it("calls are runs of the node that is lent, and their cost is the agent's", () => {
  const run = applyEvents(emptyRun("r", 1), LOG);

  expect(nodeRunOf(run.calls["look"])).toMatchObject({
    status: "completed",
    runs: 1,
    retries: 1,
    durationMs: 20,
    error: null,
  });
  expect(run.costs).toEqual({ agent: 700 });
  expect(run.steps).toEqual({});
});

it("what an agent says stays while its calls come and go", () => {
  const store = new RunStore();
  store.show(emptyRun("r", 1));
  store.hint([{ node: "agent", run: "0", kind: "stream", text: "Let me look." }]);
  store.receive(LOG);
  store.flush();

  expect(store.progressOf("agent")?.text).toBe("Let me look.");
  expect(store.nodeRun("look")?.status).toBe("completed");
  expect(store.costOf("agent")).toBe(700);
});
