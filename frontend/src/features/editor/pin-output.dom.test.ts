// Pinning from the canvas takes what the run has, and only what a pin can give back.

import { afterEach, expect, test, vi } from "vitest";
import { emptyRun, RunStore } from "@/features/runs";
import { catalog } from "@/test/catalog";
import { aNode, documentOf } from "@/test/documents";
import { createViewer } from "./open-editor";
import { pinShown } from "./pin-output";

const ITEMS = [{ json: { total: 1 } }, { json: { total: 2 } }];

/** An editor that shows a run in which node `a` put `outputs` out. */
function editorWith(type: string, outputs: { readonly [port: string]: number }) {
  const runStore = new RunStore();
  const document = documentOf([aNode("a", { type })]);
  const editor = createViewer({ workflowId: "w", document, catalog, runStore });
  editor.docStore.setState({ readOnly: false });
  const counts = Object.entries(outputs).map(([port, items]) => [port, { items, bytes: 9 }]);
  runStore.show(emptyRun("x"));
  runStore.receive([
    {
      seq: 1,
      type: "workflow.step.completed",
      at_ms: 1,
      node: "a",
      run: "0",
      data: { outputs: Object.fromEntries(counts) },
    },
  ]);
  runStore.flush();
  const asked = vi.fn(async (_: string) =>
    Response.json({ items: ITEMS, total: outputs["main"] ?? 0, ports: outputs }),
  );
  vi.stubGlobal("fetch", asked);
  return { editor, asked, pins: () => editor.docStore.getState().document.pins };
}

afterEach(() => vi.unstubAllGlobals());

test("what the shown run has is pinned as one named step", async () => {
  const { editor, pins } = editorWith("flow.no_op", { main: 2 });

  expect(await pinShown(editor, "a")).toBe(true);

  expect(pins()).toEqual({ a: ITEMS });
  expect(editor.docStore.getState().history.past).toHaveLength(1);
});

test("what came out elsewhere than a pin would give it back is not pinned", async () => {
  const { editor, asked, pins } = editorWith("flow.if", { false: 2 });

  expect(await pinShown(editor, "a")).toBe(false);

  expect(asked).not.toHaveBeenCalled();
  expect(pins()?.["a"]).toBeUndefined();
});
