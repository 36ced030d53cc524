// What the inspector tells of a run besides its items: marks on what is used, age, lines that were written.

import { act, fireEvent, screen, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import type { JsonValue, RunEvent } from "@/api/types";
import { emptyRun } from "@/features/runs";
import { documentWith, editorOf, nodeOf, showInspector, stubServer } from "@/test/show-inspector";

/** A node behind a trigger whose output is pinned. */
function show(type: string, params: Readonly<Record<string, JsonValue>> = {}) {
  const node = { ...nodeOf(type), params: { ...nodeOf(type).params, ...params } };
  const editor = editorOf({
    ...documentWith([nodeOf("triggers.manual", "first", "New order"), node]),
    edges: [{ from: ["first", "main"], to: ["node", "main"] }],
    pins: { first: [{ json: { total: 42, customer: { name: "Ada" } } }] },
  });
  showInspector(editor);
  return editor;
}

function receive(editor: ReturnType<typeof show>, event: Pick<RunEvent, "type" | "data">) {
  act(() => {
    editor.runStore.show(emptyRun("x"));
    editor.runStore.receive([{ seq: 1, at_ms: 2_000, node: "node", run: "0", ...event }]);
    editor.runStore.flush();
  });
}

beforeEach(() => {
  localStorage.clear();
  stubServer();
});

test("a row that an expression already reads is marked, by whichever name", async () => {
  show("web.http_request", { url: { "=": "https://shop.test/{{ $json.total }}" } });
  const input = within(screen.getByRole("region", { name: "Input" }));

  const total = await input.findByRole("treeitem", { name: /total/ });

  expect(total).toHaveAttribute("aria-selected", "true");
  expect(input.getByRole("treeitem", { name: /customer/ })).toHaveAttribute(
    "aria-selected",
    "false",
  );
});

test("a result that the draft has outgrown says so beside its state", () => {
  const editor = show("flow.no_op");
  receive(editor, { type: "workflow.step.completed", data: {} });
  expect(screen.queryByText("Changed since this run")).not.toBeInTheDocument();

  act(() => editor.ui.setState({ stale: new Set(["node"]) }));

  expect(screen.getByText("Changed since this run")).toBeInTheDocument();
});

test("what a step wrote is read in its logs, and searched", () => {
  const editor = show("flow.no_op");
  const log = [
    { at_ms: 1_500, level: "info", message: "order 7 read" },
    { at_ms: 1_600, level: "warning", message: "no stock", facts: { sku: "A" } },
  ];
  const error = { code: "code_failed", message: "Wrong.", item: 0 };
  receive(editor, { type: "workflow.step.failed", data: { started_at: 1_000, error, log } });
  const output = within(screen.getByRole("region", { name: "Output" }));

  fireEvent.click(output.getByRole("radio", { name: "Logs" }));
  expect(output.getAllByRole("listitem").map((row) => row.textContent)).toEqual([
    "+0.500 sorder 7 read",
    "+0.600 swarning: no stock sku=A",
  ]);
  fireEvent.click(output.getByRole("button", { name: "Search the Output" }));
  fireEvent.change(output.getByRole("searchbox"), { target: { value: "stock" } });

  expect(output.getAllByRole("listitem")).toHaveLength(1);
});

test("a node that wrote nothing offers no logs", () => {
  const editor = show("flow.no_op");
  receive(editor, { type: "workflow.step.completed", data: {} });

  expect(screen.queryByRole("radio", { name: "Logs" })).not.toBeInTheDocument();
});
