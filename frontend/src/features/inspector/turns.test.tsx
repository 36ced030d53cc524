// The inspector beside the turns of a loop: one turn at a time, with what that turn was given.

import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import type { JsonObject, WorkflowEdge } from "@/api/types";
import { emptyRun } from "@/features/runs";
import { documentWith, editorOf, nodeOf, showInspector, stubServer } from "@/test/show-inspector";

vi.mock("./use-layout", () => ({
  useInspectorLayout: () => ({ layout: "full", isPhone: false, setLayout: () => undefined }),
}));

beforeEach(() => localStorage.clear());

test("in a loop one turn after the other is looked at, on both sides", async () => {
  stubServer({
    "GET executions/run/steps/": { items: [{ json: { total: 42 } }], total: 1, ports: {} },
  });
  const editor = editorOf(documentWith([nodeOf("data.edit_fields")]));
  showInspector(editor);
  const turn = (seq: number, node: string, run: string, items: number) => ({
    seq,
    type: "workflow.step.completed" as const,
    node,
    run,
    run_index: Number(run),
    at_ms: seq,
    data: { outputs: { main: { items, bytes: 1 } } },
  });
  editor.runStore.show(emptyRun("run"));
  act(() => {
    editor.runStore.receive([turn(1, "node", "0", 1), turn(2, "node", "1", 1)]);
    editor.runStore.flush();
  });

  expect(screen.getByRole("spinbutton", { name: "Turn, by number" })).toHaveValue(2);
  fireEvent.click(screen.getByRole("button", { name: "Previous turn" }));

  expect(screen.getByText("Turn 1")).toBeInTheDocument();
  await waitFor(() =>
    expect(vi.mocked(fetch).mock.calls.map(([url]) => url)).toContainEqual(
      expect.stringContaining("executions/run/steps/node/0/"),
    ),
  );
});

test("the input of a turn is what that turn was given, not all that its loop gave", async () => {
  const given = (n: number) => ({ items: [{ json: { n } }], total: 1, ports: { main: 1 } });
  stubServer({
    "GET executions/run/steps/node/0/?side=input": given(10),
    "GET executions/run/steps/node/1/?side=input": given(20),
  });
  const document = {
    ...documentWith([nodeOf("flow.for_each", "each", "Each"), nodeOf("data.edit_fields")]),
    edges: [{ from: ["each", "loop"], to: ["node", "main"] }] satisfies WorkflowEdge[],
  };
  const editor = editorOf(document, { readOnly: true });
  showInspector(editor);
  const completed = (seq: number, node: string, run: string, data: object) => ({
    seq,
    type: "workflow.step.completed" as const,
    node,
    run,
    run_index: Number(run),
    at_ms: seq,
    data: data as JsonObject,
  });
  const inputs = [{ port: "main", from: ["each", "0", "loop"], items: 1 }];
  editor.runStore.show(emptyRun("run"));
  act(() => {
    editor.runStore.receive([
      completed(1, "each", "0", { outputs: { loop: { items: 2 } } }),
      completed(2, "node", "0", { inputs, outputs: {} }),
      completed(3, "node", "1", { inputs, outputs: {} }),
    ]);
    editor.runStore.flush();
  });
  const input = screen.getByRole("region", { name: "Input" });

  expect(await within(input).findByRole("treeitem", { name: /n/ })).toHaveTextContent("20");
  fireEvent.click(screen.getByRole("button", { name: "Previous turn" }));

  await waitFor(() =>
    expect(within(input).getByRole("treeitem", { name: /n/ })).toHaveTextContent("10"),
  );
  expect(within(input).getByText("1 item")).toBeInTheDocument();
});
