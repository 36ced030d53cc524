// Every node's form in a browser: each parameter has a control of its own and takes an expression.

import { expect, makeWorkflow, test, workflowOf } from "./fixtures";

type Spec = { readonly type: string; readonly title: string; readonly defaults: object };

// So many tests, each with its share of the nodes, that two browsers are done at the same time.
const SHARES = 4;

test.describe.configure({ mode: "parallel" });

for (let share = 0; share < SHARES; share += 1) {
  test(`every parameter of every node opens in its control, ${share + 1} of ${SHARES}`, async ({
    app,
  }) => {
    test.setTimeout(120_000);
    const answer = await app.request.get("/api/v1/nodes/");
    const { nodes: all } = (await answer.json()) as { readonly nodes: readonly Spec[] };
    const nodes = all.filter((_, index) => index % SHARES === share);
    const workflow = await makeWorkflow(
      app,
      workflowOf(
        `Every form ${share}`,
        nodes.map(({ type, title, defaults }, index) => ({
          id: `n${index}`,
          name: title,
          type,
          position: [index * 300, 0],
          params: defaults,
        })),
        [],
      ),
    );

    for (const [index, { title }] of nodes.entries()) {
      await app.goto(`/app/w/${workflow}?node=n${index}`);
      const form = app.getByRole("region", { name: "Parameters" });
      await expect(app.getByRole("textbox", { name: "Name of the node" })).toHaveValue(title);
      await expect(form).toBeVisible();
      const toggles = form.getByRole("button", { name: /: expression$/, pressed: false });
      for (let left = await toggles.count(); left > 0; left -= 1) await toggles.first().click();
      const on = form.getByRole("button", { name: /: expression$/, pressed: true });
      const expressions = await on.count();
      await expect
        .poll(() => form.locator(".cm-editor").count(), { message: title })
        .toBeGreaterThanOrEqual(expressions);
      while ((await on.count()) > 0) await on.first().click();
    }
  });
}
