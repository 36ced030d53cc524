import { fireEvent, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { documentWith, editorOf, nodeOf, showInspector, stubServer } from "@/test/show-inspector";

const URL = "https://example.com";
const request = nodeOf("web.http_request");
const flow = documentWith([
  { ...request, params: { ...request.params, url: URL } },
  nodeOf("data.edit_fields", "agent", "A"),
]);
const lent = () =>
  editorOf({ ...flow, edges: [{ from: ["node", "tool"], to: ["agent", "tools"] }] });
const urlOf = (editor: ReturnType<typeof lent>) =>
  editor.docStore.getState().document.nodes[0]?.params["url"];
const press = () => fireEvent.click(screen.getByLabelText("URL: let the model fill"));

it("a parameter of a tool is left to the model with a description, and given again as it was", () => {
  stubServer();
  const editor = lent();
  showInspector(editor);

  press();
  fireEvent.change(screen.getByLabelText("URL"), { target: { value: "Page to read" } });
  expect(urlOf(editor)).toEqual({ "=": { model: { description: "Page to read" } } });

  press();
  expect(urlOf(editor)).toBe(URL);
});

it("a node in the flow leaves nothing to a model", () => {
  stubServer();
  showInspector(editorOf(flow));

  expect(screen.getByLabelText("URL")).toBeVisible();
  expect(screen.queryByLabelText("URL: let the model fill")).toBeNull();
});
