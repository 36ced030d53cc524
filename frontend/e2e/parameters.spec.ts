// Every kind of control in a browser: it takes an expression, and gives its value back.

import { expect, makeWorkflow, test, workflowOf } from "./fixtures";

type Hints = { readonly [hint: string]: unknown };
type Schema = { readonly type?: unknown; readonly enum?: unknown; readonly "x-ui"?: Hints };
type Spec = {
  readonly type: string;
  readonly title: string;
  readonly defaults: object;
  readonly params: { readonly properties?: { readonly [name: string]: Schema } };
};

/** What decides about a control; that each node shows all of its parameters is tested by vitest. */
function kindOf({ type, enum: choices, "x-ui": hints = NO_HINTS }: Schema): string {
  const { widget, expression, language, options_from: offers } = hints;
  return JSON.stringify([type, !choices, widget, expression, language, !offers]);
}

const NO_HINTS: Hints = {};

const kindsOf = ({ params }: Spec) => Object.values(params.properties ?? {}).map(kindOf);

/** Of the nodes, largest first, those with a control that none before them has. */
function ofEachKind(nodes: readonly Spec[]): readonly Spec[] {
  const seen = new Set<string>();
  const largestFirst = [...nodes].sort((a, b) => kindsOf(b).length - kindsOf(a).length);
  return largestFirst.filter((node) => {
    const before = seen.size;
    for (const kind of kindsOf(node)) seen.add(kind);
    return seen.size > before;
  });
}

// So many tests, each with its share of the nodes, that two browsers are done at the same time.
const SHARES = 2;

test.describe.configure({ mode: "parallel" });

for (let share = 0; share < SHARES; share += 1) {
  test(`every kind of parameter opens in its control, ${share + 1} of ${SHARES}`, async ({
    app,
  }) => {
    test.slow();
    const answer = await app.request.get("/api/v1/nodes/");
    const { nodes: all } = (await answer.json()) as { readonly nodes: readonly Spec[] };
    const nodes = ofEachKind(all).filter((_, index) => index % SHARES === share);
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
