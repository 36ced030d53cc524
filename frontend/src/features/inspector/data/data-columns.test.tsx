// Columns without data offer the run that would fill them.

import { fireEvent, screen, within } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { documentWith, editorOf, nodeOf, showInspector, stubServer } from "@/test/show-inspector";

beforeEach(() => {
  localStorage.clear();
  stubServer();
});

const chain = () =>
  editorOf({
    ...documentWith([
      nodeOf("triggers.manual", "start", "Start"),
      nodeOf("flow.no_op", "before", "Before"),
      nodeOf("flow.no_op"),
    ]),
    edges: [
      { from: ["start", "main"], to: ["before", "main"] },
      { from: ["before", "main"], to: ["node", "main"] },
    ],
  });

const runButton = (column: string) =>
  within(screen.getByRole("region", { name: column })).queryByRole("button", {
    name: "Run to here to see data",
  });

test("the empty input runs up to the node before, the empty output up to this one", () => {
  const runTo = vi.fn();
  showInspector(chain(), "node", runTo);

  fireEvent.click(runButton("Input") as HTMLElement);
  fireEvent.click(runButton("Output") as HTMLElement);

  expect(runTo.mock.calls).toEqual([["before"], ["node"]]);
});

test("nothing is offered to who may not run", () => {
  showInspector(chain());

  expect([runButton("Input"), runButton("Output")]).toEqual([null, null]);
});

test("where nothing but files came out, the files are what is shown first", () => {
  const file = { id: "f", name: "letter.txt", mime: "text/plain", size: 46, sha256: "" };
  const document = documentWith([nodeOf("flow.no_op")]);
  const pins = { node: [{ json: {}, binary: { data: file } }] };
  showInspector(editorOf({ ...document, pins }));
  const output = within(screen.getByRole("region", { name: "Output" }));
  const chosen = (name: string) => output.getByRole("radio", { name, checked: true });

  expect(chosen("Files")).toBeInTheDocument();
  expect(output.getByText(/letter\.txt/)).toBeInTheDocument();

  fireEvent.click(output.getByRole("radio", { name: "Table" }));

  expect(chosen("Table")).toBeInTheDocument();
});
