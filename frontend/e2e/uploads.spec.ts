// Files of a hosted form: sent as they are chosen, with progress, refused at the field at once.

import { expect, expectAccessible, makeWorkflow, PHONE, post, test, workflowOf } from "./fixtures";

const ROWS = [
  { label: "Name", required: true },
  { kind: "file", label: "Letter", required: true, accept: [".txt"], max_megabytes: 1 },
];

test("a file is sent as it is chosen, and a wrong one is refused at its field", async ({ app }) => {
  const path = `uploads-${crypto.randomUUID()}`;
  const form = { path, title: "Apply", rows: ROWS };
  const workflow = await makeWorkflow(
    app,
    workflowOf(
      path,
      [
        { id: "form", name: "Form", type: "triggers.form", position: [0, 0], params: form },
        { id: "end", name: "End", type: "flow.no_op", position: [280, 0], params: {} },
      ],
      [["form", "end"]],
    ),
  );
  await post(app, `workflows/${workflow}/activate/`);
  await app.setViewportSize(PHONE);
  await app.goto(`/form/${path}`);
  await app.getByLabel("Name").fill("Ada");
  const letter = app.getByRole("button", { name: "Letter (required)" });
  const file = (name: string, size: number) => ({
    name,
    mimeType: "text/plain",
    buffer: Buffer.alloc(size, "x"),
  });

  await letter.setInputFiles(file("large.txt", 1_000_001));
  await expect(letter).toHaveAccessibleDescription(/at most 1 MB/);
  await letter.setInputFiles(file("letter.exe", 10));
  await expect(letter).toHaveAccessibleDescription(/one of these types: .txt/);
  await expectAccessible(app);

  await letter.setInputFiles(file("letter.txt", 900_000));
  await expect(app.getByRole("status")).toHaveText(/Attached: letter.txt/);
  await expect(letter).not.toHaveAttribute("aria-invalid");
  await app.getByRole("button", { name: "Submit" }).click();

  await expect(app.getByRole("heading", { name: "Thank you" })).toBeVisible();
  const { results } = await (
    await app.request.get(`/api/v1/executions/?workflow=${workflow}`)
  ).json();
  const step = `/api/v1/executions/${results[0].id}/steps/form/0/`;
  await expect
    .poll(async () => (await (await app.request.get(step)).json()).items?.[0]?.binary.letter)
    .toMatchObject({ name: "letter.txt", size: 900_000 });
});

test("what is chosen while it is still sent waits, and goes with the press that was made", async ({
  app,
}) => {
  const path = `uploads-${crypto.randomUUID()}`;
  const form = { path, title: "Apply", rows: ROWS };
  const workflow = await makeWorkflow(
    app,
    workflowOf(
      path,
      [{ id: "form", name: "Form", type: "triggers.form", position: [0, 0], params: form }],
      [],
    ),
  );
  await post(app, `workflows/${workflow}/activate/`);
  await app.goto(`/form/${path}`);
  let go: () => void = () => undefined;
  const isHeld = new Promise<void>((resolve) => {
    go = resolve;
  });
  await app.route("**/*?upload=*", async (route) => {
    await isHeld;
    await route.continue();
  });
  await app.getByLabel("Name").fill("Ada");
  await app
    .getByLabel("Letter")
    .setInputFiles({ name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("x") });
  await expect(app.getByRole("progressbar", { name: "Sending a.txt" })).toBeVisible();
  await app.getByRole("button", { name: "Submit" }).click();
  await expect(app.getByRole("button", { name: "Submit" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );

  go();

  await expect(app.getByRole("heading", { name: "Thank you" })).toBeVisible();
});
