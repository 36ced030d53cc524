import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import * as runs from "@/features/runs";
import { emptyRun } from "@/features/runs";
import { aNode, anEdge, documentOf } from "@/test/documents";
import { openCanvas } from "@/test/open-canvas";
import type { Editor } from "../editor-context";

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

const card = (name: string) => screen.getByRole("group", { name: new RegExp(`^${name},`) });
const names = (editor: Editor) => editor.docStore.getState().document.nodes.map(({ name }) => name);

describe("the canvas", () => {
  it("draws one card again for one step of a run, and no other", () => {
    const { store } = openCanvas(three);
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
    const { store } = openCanvas(three);
    const data = { inputs: [{ port: "main", items: 10 }], failed_items: 3 };
    act(() => {
      store.show(emptyRun("run", 1));
      store.receive([
        { seq: 1, type: "workflow.step.completed", at_ms: 1, node: "b", run: "0", data },
      ]);
      store.flush();
    });

    expect(card("Shape")).toHaveTextContent("3 of 10 items failed");
    expect(card("Shape")).toHaveAttribute("data-warned");
  });

  it("leads from a failure to what came of it", async () => {
    const { editor, store } = openCanvas(three);
    const data = { inputs: [], error: { code: "http_503", message: "HTTP 503" } };
    act(() => {
      store.show(emptyRun("run", 1));
      store.receive([
        { seq: 1, type: "workflow.step.failed", at_ms: 1, node: "b", run: "0", data },
      ]);
      store.flush();
    });

    await userEvent.click(screen.getByRole("button", { name: "HTTP 503" }));

    expect(editor.ui.getState().inspecting).toBe("b");
  });

  it("keeps cards that an edit does not concern", () => {
    const { editor } = openCanvas(three);
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
    const { editor } = openCanvas(three);
    screen.getByRole("application").focus();

    await user.keyboard("{ArrowRight}{ArrowRight}{ArrowRight}n");
    await user.keyboard("if{Enter}");

    expect(names(editor)).toEqual(["Start", "Shape", "Store", "If"]);
    const { edges } = editor.docStore.getState().document;
    expect(edges.at(-1)?.from).toEqual(["c", "main"]);
  });

  it("connects, disables, deletes with healing and undoes by keys", async () => {
    const user = userEvent.setup();
    const { editor } = openCanvas(three);
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
    const { editor } = openCanvas(three);
    screen.getByRole("application").focus();

    await user.keyboard("{ArrowRight}{ArrowRight}{ArrowRight}c{ArrowLeft}{Enter}");

    expect(editor.docStore.getState().document.edges).toContainEqual(anEdge("c", "b"));
    expect(editor.ui.getState().connectingFrom).toBeNull();
  });

  it("changes nothing where one may only look", async () => {
    const user = userEvent.setup();
    const { editor } = openCanvas(three, true);
    screen.getByRole("application").focus();

    await user.keyboard("{ArrowRight}{Delete}nd");

    expect(editor.docStore.getState().document).toBe(three);
    expect(editor.ui.getState().quickAdd).toBeNull();
  });

  it("offers the same in the outline", async () => {
    const user = userEvent.setup();
    const { editor } = openCanvas(three);
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
