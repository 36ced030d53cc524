// What the inspector shows of people: their notes, and who pinned an output when.

import { act, fireEvent, screen, within } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { pinning, setParams } from "@/features/editor";
import { documentWith, editorOf, nodeOf, showInspector, stubServer } from "@/test/show-inspector";

beforeEach(() => {
  localStorage.clear();
  stubServer();
});

test("what is written stands below as it reads, and is one step of the history", () => {
  vi.spyOn(Date, "now").mockReturnValue(0);
  const editor = editorOf(documentWith([nodeOf("web.http_request")]));
  showInspector(editor);
  fireEvent.click(screen.getByRole("radio", { name: "Notes" }));
  const field = screen.getByRole("textbox", { name: "Notes" });

  fireEvent.change(field, { target: { value: "Ask **Ad" } });
  fireEvent.change(field, { target: { value: "Ask **Ada**" } });

  const shown = screen.getByRole("region", { name: "How it reads" });
  expect(within(shown).getByText("Ada").tagName).toBe("STRONG");
  const { document, history } = editor.docStore.getState();
  expect(document.nodes[0]?.notes).toBe("Ask **Ada**");
  expect(history.past).toHaveLength(1);

  fireEvent.change(field, { target: { value: "" } });
  expect(editor.docStore.getState().document.nodes[0]).not.toHaveProperty("notes");
});

test("a pin says how old it is and whose, and that its node has changed since", () => {
  const editor = { ...editorOf(documentWith([nodeOf("web.http_request")])), person: "Ada" };
  vi.setSystemTime("2026-11-20T10:00:00Z");
  editor.commit("Pin", pinning(editor, "node", [{ json: {} }]));
  vi.setSystemTime("2026-11-22T12:00:00Z");
  showInspector(editor);

  expect(screen.getByText("Pinned 2 days ago by Ada. Published runs ignore it.")).toBeVisible();
  expect(screen.queryByText("The node has changed since.")).toBeNull();

  const params = { url: "https://x.test" };
  act(() => editor.commit("Change", (document) => setParams(document, "node", params)));

  expect(screen.getByText("The node has changed since.")).toBeVisible();
});
