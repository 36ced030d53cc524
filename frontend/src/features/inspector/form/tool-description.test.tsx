// What a model is told of a tool, as its author sees and writes it.

import { fireEvent, screen } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";
import type { WorkflowEdge } from "@/api/types";
import { documentWith, editorOf, nodeOf, showInspector, stubServer } from "@/test/show-inspector";

const LENT: readonly WorkflowEdge[] = [
  { from: ["first", "tool"], to: ["agent", "tools"] },
  { from: ["node", "tool"], to: ["agent", "tools"] },
];

function show(edges: readonly WorkflowEdge[]) {
  const editor = editorOf({
    ...documentWith([
      nodeOf("web.http_request", "first", "Straße & Ort"),
      nodeOf("web.http_request", "node", "Strasse, Ort!"),
      nodeOf("data.edit_fields", "agent", "Agent"),
    ]),
    edges,
  });
  showInspector(editor);
  return () => editor.docStore.getState().document.nodes[1]?.settings;
}

const field = () => screen.queryByLabelText(/^What the model is told/);

beforeEach(() => {
  stubServer();
});

it("a tool is shown by the name the model sees, a number where another one has it", () => {
  show(LENT);

  expect(screen.getByText("strasse_ort_2")).toBeVisible();
});

it("an empty description stands for the documentation of the node", () => {
  show(LENT);

  expect(field()).toHaveAttribute("placeholder", expect.stringMatching(/^Strasse, Ort!: \S.+/));
});

it("a description is kept as the note of the node, and gone when it is emptied", () => {
  const settings = show(LENT);

  fireEvent.change(field() as HTMLElement, { target: { value: "Finds the town." } });
  expect(settings()).toEqual({ note: "Finds the town." });
  fireEvent.change(field() as HTMLElement, { target: { value: "" } });
  expect(settings()).toEqual({});
});

it("a node in the flow is described to nobody", () => {
  show([{ from: ["node", "main"], to: ["agent", "main"] }]);

  expect(field()).toBeNull();
});
