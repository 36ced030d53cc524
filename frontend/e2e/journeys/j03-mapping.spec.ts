// J3: values of an earlier node, taken by pointer and by keys, stay right when that node is renamed.

import { card, saved, stored } from "../editing";
import { expect, makeWorkflow, test, workflowOf } from "../fixtures";
import { expectLooks } from "../looks";

const WORKFLOW = {
  ...workflowOf(
    "Inspected",
    [
      { id: "start", name: "New order", type: "triggers.manual", position: [0, 0], params: {} },
      {
        id: "shape",
        name: "Clean up",
        type: "data.edit_fields",
        position: [300, 0],
        params: {
          assignments: [{ name: "total", type: "number", value: { "=": "{{ $json.total * 2 }}" } }],
        },
      },
    ],
    [["start", "shape"]],
  ),
  pins: {
    start: [1, 2, 3].map((number) => ({
      json: { total: number * 50, customer: { name: `Customer ${number}` } },
    })),
  },
};

test("J3 data is mapped by dragging and by keys, and references follow a new name", async ({
  app,
}) => {
  const workflow = await makeWorkflow(app, WORKFLOW);
  await app.goto(`/app/w/${workflow}?node=shape`);
  await expect(app.getByRole("complementary", { name: /^Inspector of/ })).toBeVisible();

  await app.getByRole("button", { name: "Add field" }).click();
  const second = app.getByRole("textbox", { name: "Fields to set, value 2" });
  // The preview of the first field moves what is below it: a drop beside a field adds another one.
  await expect(app.getByText("Item 1", { exact: true })).toHaveCount(1);
  await app.getByRole("treeitem", { name: /name/ }).dragTo(second);
  await expect(app.locator(".cm-content").nth(1)).toHaveText(
    '{{ $("New order").item.json.customer.name }}',
  );
  await expect(app.getByText("Customer 1", { exact: false }).last()).toBeVisible();

  await app.getByRole("button", { name: "Add field" }).click();
  await app.getByRole("textbox", { name: "Fields to set, value 3" }).focus();
  await app.keyboard.press("Alt+i");
  await expect(app.locator("[role=treeitem]:focus")).toHaveCount(1);
  await app.keyboard.press("Home");
  await app.keyboard.press("Enter");
  await expect(app.locator(".cm-content").nth(2)).toHaveText(
    '{{ $("New order").item.json.total }}',
  );
  await expect(app.locator(".cm-content").nth(2)).toBeFocused();
  await saved(app);
  // Previews and problems come a moment later, and move what is below them.
  await expect(app.getByText("Item 1", { exact: true })).toHaveCount(3);
  await expect(app.getByText("2 problems").first()).toBeVisible();
  await app
    .locator(".cm-content")
    .nth(2)
    .evaluate((field) => field.scrollIntoView({ block: "center" }));
  await expectLooks(app, "j03-mapping");

  await app.keyboard.press("Escape");
  await app.keyboard.press("Escape");
  await card(app, "New order").click();
  await app.keyboard.press("F2");
  await app.getByRole("textbox", { name: "Name" }).fill("Order of today");
  await app.keyboard.press("Enter");
  await saved(app);

  const [, shape] = (await stored(app, workflow)).nodes;
  expect(JSON.stringify(shape?.params).match(/Order of today/g)).toHaveLength(2);
  expect(JSON.stringify(shape?.params)).not.toContain("New order");
});
