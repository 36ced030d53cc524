// One change of a run renders one card, once per frame, also when the tab is hidden.

import { act, render } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { RunEvent } from "@/api/types";
import { useEdgeCount, useNodeRun, useRunSummary } from "./hooks";
import { emptyRun } from "./model/run";
import { RunStoreProvider } from "./run-store-provider";
import { RunStore } from "./store";

const rendered: Record<string, number> = {};
const count = (name: string): void => {
  rendered[name] = (rendered[name] ?? 0) + 1;
};

function Card({ node }: { readonly node: string }) {
  count(node);
  return <p>{useNodeRun(node)?.status ?? "idle"}</p>;
}

function Edge({ edge }: { readonly edge: string }) {
  count(edge);
  return <p>{useEdgeCount(edge) ?? "–"}</p>;
}

function Chip() {
  count("chip");
  return <p>{useRunSummary()?.status}</p>;
}

const event = (seq: number, node: string, type: RunEvent["type"], data = {}): RunEvent => ({
  seq,
  type,
  node,
  run: "0",
  at_ms: 0,
  data,
});

beforeEach(() => {
  vi.useFakeTimers();
  for (const name of Object.keys(rendered)) delete rendered[name];
});
afterEach(() => vi.useRealTimers());

function showStore() {
  const store = new RunStore();
  store.show(emptyRun("x"));
  const view = render(
    <RunStoreProvider store={store}>
      <Card node="a" />
      <Card node="b" />
      <Edge edge="a:main>b:main" />
      <Chip />
    </RunStoreProvider>,
  );
  return { store, view };
}

test("events of one frame render the one card they are about, once", () => {
  const { store, view } = showStore();

  act(() => {
    store.receive([event(1, "a", "workflow.step.queued"), event(2, "a", "workflow.step.started")]);
    store.receive([
      event(3, "a", "workflow.step.completed", { outputs: { main: { items: 3, bytes: 9 } } }),
    ]);
    vi.advanceTimersToNextFrame();
  });

  expect(rendered).toEqual({ a: 2, b: 1, "a:main>b:main": 2, chip: 2 });
  expect(view.container.textContent).toContain("completedidle3");
});

test("a hidden tab catches up by timer and at once when it is shown again", () => {
  const hidden = vi.spyOn(document, "hidden", "get").mockReturnValue(true);
  const { store } = showStore();

  act(() => {
    store.receive([event(1, "a", "workflow.step.started")]);
    vi.advanceTimersByTime(499);
  });
  expect(store.nodeRun("a")).toBeUndefined();
  act(() => vi.advanceTimersByTime(1));
  expect(store.nodeRun("a")?.status).toBe("running");

  act(() => {
    store.receive([event(2, "a", "workflow.step.completed")]);
    hidden.mockReturnValue(false);
    document.dispatchEvent(new Event("visibilitychange"));
  });
  expect(store.nodeRun("a")?.status).toBe("completed");
});

test("progress is shown until the next event of its node", () => {
  const { store } = showStore();

  store.receive([event(1, "a", "workflow.step.started")]);
  store.hint([{ node: "a", run: "0", kind: "progress", fraction: 0.5 }]);
  expect(store.progressOf("a")).toEqual({ fraction: 0.5, text: "" });
  store.receive([event(2, "a", "workflow.step.completed")]);

  expect(store.progressOf("a")).toBeUndefined();
});
