import { QueryClient } from "@tanstack/react-query";
import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Workflow, WorkflowDocument } from "@/api/types";
import { buildCatalog } from "@/features/palette";
import * as runs from "@/features/runs";
import { emptyRun, RunStore } from "@/features/runs";
import { listenForKeys } from "@/lib/keyboard";
import { aNode, anEdge, documentOf, SPECS } from "@/test/documents";
import { TooltipProvider } from "@/ui/tooltip";
import type { Editor } from "../editor-context";
import { EditorProvider } from "../editor-context";
import { EditorWorkspace } from "../editor-workspace";
import { openEditor } from "../open-editor";
import { memoryJournal } from "../saving/journal";
import { ReactFlowProvider } from "./rf";

// Counts how often cards ask for their run; the real one answers.
vi.mock("@/features/runs", async (original) => {
  const actual = await original<typeof runs>();
  return { ...actual, useNodeRun: vi.fn(actual.useNodeRun) };
});

const three = documentOf(
  [
    aNode("a", { type: "triggers.manual", name: "Start" }),
    aNode("b", { position: [320, 0], name: "Shape" }),
    aNode("c", { position: [640, 0], name: "Store" }),
  ],
  [anEdge("a", "b"), anEdge("b", "c")],
);

let stopKeys: () => void = () => undefined;

afterEach(() => stopKeys());

function open(document: WorkflowDocument, readOnly = false): { editor: Editor; store: RunStore } {
  const store = new RunStore();
  const workflow = { id: "w", document, revision: 1 } as Workflow;
  const catalog = buildCatalog({ nodes: SPECS, broken: [], categories: [] });
  const editor = openEditor({
    workflow,
    catalog,
    runStore: store,
    journal: memoryJournal(),
    client: new QueryClient(),
    readOnly,
    inspecting: null,
  });
  stopKeys = listenForKeys();
  render(
    <TooltipProvider>
      <EditorProvider editor={editor}>
        <ReactFlowProvider>
          <EditorWorkspace inspector={null} place="dock" log={null} corner={null} />
        </ReactFlowProvider>
      </EditorProvider>
    </TooltipProvider>,
  );
  return { editor, store };
}

const card = (name: string) => screen.getByRole("group", { name: new RegExp(`^${name},`) });
const names = (editor: Editor) => editor.docStore.getState().document.nodes.map(({ name }) => name);

describe("the canvas", () => {
  it("draws one card again for one step of a run, and no other", () => {
    const { store } = open(three);
    act(() => {
      store.show(emptyRun("run", 1));
    });
    const asked = vi.mocked(runs.useNodeRun);
    asked.mockClear();

    act(() => {
      store.receive([
        {
          seq: 1,
          type: "workflow.step.started",
          at_ms: 1_000,
          node: "b",
          run: "r",
          run_index: 0,
          attempt: 1,
          data: { inputs: [] },
        },
      ]);
      store.flush();
    });

    // The card, and the one wire that leads into it.
    expect(asked.mock.calls.map(([node]) => node)).toEqual(["b", "b"]);
    expect(card("Shape")).toHaveAttribute("data-status", "running");
  });

  it("says on a card how many items of a step that completed failed", () => {
    const { store } = open(three);
    const data = { inputs: [{ port: "main", items: 10 }], failed_items: 3 };
    act(() => {
      store.show(emptyRun("run", 1));
      store.receive([
        { seq: 1, type: "workflow.step.completed", at_ms: 1, node: "b", run: "0", data },
      ]);
      store.flush();
    });

    expect(card("Shape")).toHaveTextContent("3 of 10 items failed");
  });

  it("keeps cards that an edit does not concern", () => {
    const { editor } = open(three);
    const asked = vi.mocked(runs.useNodeRun);
    asked.mockClear();

    act(() => {
      editor.commit("Rename", (document) => ({
        ...document,
        nodes: document.nodes.map((node) => (node.id === "c" ? { ...node, name: "Kept" } : node)),
      }));
    });

    expect(asked.mock.calls.map(([node]) => node)).toEqual(["c"]);
  });

  it("builds from the keyboard alone", async () => {
    const user = userEvent.setup();
    const { editor } = open(three);
    screen.getByRole("application").focus();

    await user.keyboard("{ArrowRight}{ArrowRight}{ArrowRight}n");
    await user.keyboard("if{Enter}");

    expect(names(editor)).toEqual(["Start", "Shape", "Store", "If"]);
    const { edges } = editor.docStore.getState().document;
    expect(edges.at(-1)?.from).toEqual(["c", "main"]);
  });

  it("connects, disables, deletes with healing and undoes by keys", async () => {
    const user = userEvent.setup();
    const { editor } = open(three);
    screen.getByRole("application").focus();

    await user.keyboard("{ArrowRight}{ArrowRight}d");
    expect(card("Shape")).toHaveAccessibleName(/Disabled/);
    await user.keyboard("{Delete}");
    expect(names(editor)).toEqual(["Start", "Store"]);
    expect(editor.docStore.getState().document.edges).toEqual([anEdge("a", "c")]);
    await user.keyboard("{Control>}z{/Control}{Control>}z{/Control}");

    expect(editor.docStore.getState().document).toBe(three);
  });

  it("closes a loop from the keyboard", async () => {
    const user = userEvent.setup();
    const { editor } = open(three);
    screen.getByRole("application").focus();

    await user.keyboard("{ArrowRight}{ArrowRight}{ArrowRight}c{ArrowLeft}{Enter}");

    expect(editor.docStore.getState().document.edges).toContainEqual(anEdge("c", "b"));
    expect(editor.ui.getState().connectingFrom).toBeNull();
  });

  it("changes nothing where one may only look", async () => {
    const user = userEvent.setup();
    const { editor } = open(three, true);
    screen.getByRole("application").focus();

    await user.keyboard("{ArrowRight}{Delete}nd");

    expect(editor.docStore.getState().document).toBe(three);
    expect(editor.ui.getState().quickAdd).toBeNull();
  });

  it("offers the same in the outline", async () => {
    const user = userEvent.setup();
    const { editor } = open(three);
    screen.getByRole("application").focus();

    await user.keyboard("o");
    const [first] = screen.getAllByRole("treeitem");
    act(() => first?.focus());
    await user.keyboard("{ArrowDown}{Enter}");
    expect(editor.ui.getState().inspecting).toBe("b");
    await user.keyboard("{Delete}");

    expect(names(editor)).toEqual(["Start", "Store"]);
  });
});
