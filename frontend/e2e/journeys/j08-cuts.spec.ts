// J8: the socket drops in the middle of a run, and the canvas catches up.

import type { WebSocketRoute } from "@playwright/test";
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
      {
        id: "pause",
        name: "Cool off",
        type: "flow.wait",
        position: [600, 0],
        params: { mode: "for", duration_s: 2 },
      },
      { id: "end", name: "Finish", type: "flow.no_op", position: [900, 0], params: {} },
    ],
    [
      ["start", "shape"],
      ["shape", "pause"],
      ["pause", "end"],
    ],
  ),
  pins: {
    start: [1, 2, 3].map((number) => ({
      json: { total: number * 50, customer: { name: `Customer ${number}` } },
    })),
  },
};

test("J8 through three cuts the log arrives without gap and without a request for run state", async ({
  app,
}) => {
  const workflow = await makeWorkflow(app, WORKFLOW);
  const seen = new Set<number>();
  const requests: string[] = [];
  let current: WebSocketRoute | null = null;
  await app.routeWebSocket(/\/ws\/$/, (page) => {
    const server = page.connectToServer();
    current = page;
    page.onMessage((text) => server.send(text));
    server.onMessage((text) => {
      page.send(text);
      const frame = JSON.parse(String(text)) as { ch?: string; events?: { seq: number }[] };
      if (!frame.ch?.startsWith("execution:")) return;
      for (const { seq } of frame.events ?? []) seen.add(seq);
    });
  });
  await app.goto(`/app/w/${workflow}`);
  await expect(app.getByRole("application")).toBeVisible();
  app.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (/\/executions\/[^/]+\/(events\/)?$/.test(pathname)) requests.push(pathname);
  });

  await app.getByRole("button", { name: "Run", exact: true }).click();
  await expect(app.getByRole("group", { name: /^Cool off,.*waiting/i })).toBeVisible();
  for (let cut = 0; cut < 3; cut += 1) {
    await (current as WebSocketRoute | null)?.close({ code: 4000 });
    await app.waitForTimeout(600);
  }

  await expect(app.getByRole("region", { name: /^Run #/ })).toContainText("4 of 4 nodes");
  await expect(app.getByRole("group", { name: /^Finish,.*success/i })).toBeVisible();
  expect([...seen].sort((a, b) => a - b)).toEqual(
    Array.from({ length: seen.size }, (_, index) => index + 1),
  );
  expect(requests).toEqual([]);
  await expectLooks(app, "j08-caught-up");
});
