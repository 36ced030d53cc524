import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { RunEvent } from "@/api/types";
import { emptyRun } from "@/features/runs";
import { aNode, anEdge, documentOf } from "@/test/documents";
import { openCanvas } from "@/test/open-canvas";

const three = documentOf(
  [
    aNode("a", { type: "triggers.manual", name: "Start" }),
    aNode("b", { position: [320, 0], name: "Shape" }),
    aNode("c", { position: [640, 0], name: "Store" }),
  ],
  [anEdge("a", "b"), anEdge("b", "c")],
);
const group = { id: "g", title: "Fetch", color: "violet", nodes: ["a", "b"], collapsed: false };
const grouped = { ...three, groups: [group] };

const frame = () => screen.getByRole("group", { name: /^Fetch,/ });

describe("a group on the canvas", () => {
  it("is made, named, folded, undone and taken away by keys", async () => {
    const user = userEvent.setup();
    const { editor } = openCanvas(three);
    const groups = () => editor.docStore.getState().document.groups ?? [];
    screen.getByRole("application").focus();

    await user.keyboard("{Control>}a{/Control}g");
    await user.keyboard("Fetch{Enter}");
    expect(groups()).toMatchObject([{ title: "Fetch", nodes: ["a", "b", "c"] }]);

    act(() => frame().focus());
    await user.keyboard("{Enter}");
    expect(screen.queryByRole("group", { name: /^Shape,/ })).toBeNull();
    await user.keyboard("{Control>}z{/Control}");
    expect(screen.getByRole("group", { name: /^Shape,/ })).toBeVisible();
    act(() => frame().focus());
    await user.keyboard("{Shift>}g{/Shift}");

    expect(groups()).toEqual([]);
  });

  it("shows of its members what matters most", () => {
    const { store } = openCanvas({ ...three, groups: [{ ...group, collapsed: true }] });
    const ended = (seq: number, node: string, type: RunEvent["type"]): RunEvent => ({
      seq,
      type,
      at_ms: seq,
      node,
      run: "0",
      data: { inputs: [], error: { code: "x", message: "No" } },
    });
    act(() => {
      store.show(emptyRun("run", 1));
      store.receive([
        ended(1, "a", "workflow.step.completed"),
        ended(2, "b", "workflow.step.failed"),
      ]);
      store.flush();
    });

    expect(frame()).toHaveTextContent(/Failed.*2 of 2 done/);
  });

  it("is one stop for the arrow keys while it is folded", async () => {
    const user = userEvent.setup();
    const { editor } = openCanvas({ ...three, groups: [{ ...group, collapsed: true }] });
    screen.getByRole("application").focus();

    await user.keyboard("{ArrowRight}{ArrowRight}");

    expect([...editor.selection.getState().elements]).toEqual(["c"]);
  });

  it("can be folded by who may only look, without a change of the document", async () => {
    const user = userEvent.setup();
    const { editor } = openCanvas(grouped, true);

    await user.click(screen.getByRole("button", { name: "Fold this group into one tile" }));

    expect(screen.queryByRole("group", { name: /^Shape,/ })).toBeNull();
    expect(editor.docStore.getState().document).toBe(grouped);
  });
});
