// A node that an older version of its type wrote says what an upgrade changes, and waits for the press.

import { fireEvent, screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { documentWith, editorOf, nodeOf, showInspector, stubServer } from "@/test/show-inspector";

const OLD = { ...nodeOf("data.edit_fields"), version: 0, params: { keep: "all" } };
const UPGRADE = {
  type: OLD.type,
  from_version: 0,
  to_version: 1,
  params: { include: "all" },
  changes: [
    { name: "keep", change: "removed", before: "all", after: null },
    { name: "include", change: "added", before: null, after: "all" },
  ],
  faults: [],
  error: null,
};

const notice = () => screen.getByRole("region", { name: /^Version 0 of this node wrote it/ });

test("what differs is shown before anything changes, and one press brings it over", async () => {
  const asked = stubServer({ "POST nodes/data.edit_fields/upgrade/": UPGRADE });
  const editor = editorOf(documentWith([OLD]));
  showInspector(editor);

  const press = await within(notice()).findByRole("button", { name: "Bring it to version 1" });
  const lines = within(notice()).getAllByRole("listitem");
  expect(lines.map((line) => line.textContent)).toEqual(['Goeskeep"all"', 'Newinclude"all"']);
  expect(asked.find(({ request }) => request.includes("upgrade"))?.body).toEqual({
    version: 0,
    params: OLD.params,
  });
  expect(editor.docStore.getState().document.nodes).toEqual([OLD]);

  fireEvent.click(press);

  const [node] = editor.docStore.getState().document.nodes;
  expect([node?.version, node?.params]).toEqual([1, { include: "all" }]);
  expect(screen.queryByRole("region", { name: /^Version 0/ })).toBeNull();
});

test("its form is closed until then, so that nothing is written for another version", () => {
  stubServer({ "POST nodes/web.http_request/upgrade/": UPGRADE });
  showInspector(editorOf(documentWith([{ ...nodeOf("web.http_request"), version: 0 }])));

  expect(screen.getByRole("textbox", { name: "URL" })).toBeDisabled();
});

test("whoever may only look sees what differs and cannot press", async () => {
  stubServer({ "POST nodes/data.edit_fields/upgrade/": { ...UPGRADE, changes: [] } });
  showInspector(editorOf(documentWith([OLD]), { readOnly: true }));

  expect(await within(notice()).findByText("Its parameters stay as they are.")).toBeVisible();
  expect(within(notice()).queryByRole("button")).toBeNull();
});
