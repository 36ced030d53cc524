// Tests of a workflow: run on the draft, with what differed shown by path.

import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { show } from "@/test/show";
import { stubServer } from "@/test/show-inspector";
import { TestsView } from "./tests-view";

const saved = (id: string, name: string, status?: string) => ({
  id,
  name,
  number: Number(id),
  created_at: new Date(0).toISOString(),
  created_by: "Ada",
  last: status ? { run: "r", status, execution: null } : null,
});

const DIFFERENCE = {
  node: "sum",
  name: "Sum",
  run: "0",
  port: "main",
  item: 1,
  path: "$.total",
  expected: 42,
  actual: 41,
};

const RESULT = {
  name: "",
  duration_ms: 12,
  execution: null,
  differences: [],
  unrecorded: [],
  error: null,
};

const UNRECORDED = {
  node: "pay",
  name: "Pay",
  run: "0",
  reason: "missing",
  message: "It has no recording.",
};

test("all tests run on the draft; a failing one shows expected and got by path", async () => {
  const asked = stubServer({
    "GET workflows/w/tests/": {
      results: [saved("1", "Small order", "passed"), saved("2", "Large order", "failed")],
    },
    "POST workflows/w/tests/run/": { run: "r" },
    "GET workflows/w/test-runs/r/": {
      id: "r",
      status: "done",
      results: [
        { ...RESULT, test: "1", status: "passed" },
        {
          ...RESULT,
          test: "2",
          status: "failed",
          differences: [DIFFERENCE],
          unrecorded: [UNRECORDED],
        },
      ],
    },
  });
  await show(<TestsView workflowId="w" />, { permissions: ["workflow.edit"] });

  await userEvent.click(await screen.findByRole("button", { name: "Run all on the draft" }));

  expect(await screen.findByText("1 of 2 tests passed")).toBeInTheDocument();
  const [difference] = within(screen.getByRole("list", { name: "Differences" })).getAllByRole(
    "listitem",
  );
  expect(difference).toHaveTextContent("Sum · item 2");
  expect(difference).toHaveTextContent("$.total");
  expect(difference).toHaveTextContent(/Expected42\+ Got41/);
  expect(screen.getByRole("list", { name: "Calls without a fitting recording" })).toHaveTextContent(
    "Pay It has no recording.",
  );
  expect(asked.find(({ request }) => request.startsWith("POST"))?.body).toEqual({
    version: "draft",
  });
});

test("a test is renamed and deleted", async () => {
  const asked = stubServer({ "GET workflows/v/tests/": { results: [saved("1", "Small order")] } });
  await show(<TestsView workflowId="v" />, { permissions: ["workflow.edit"] });
  const requests = () => asked.map(({ request }) => request);

  await userEvent.click(await screen.findByRole("button", { name: "Rename Small order" }));
  await userEvent.type(screen.getByRole("textbox", { name: "Name" }), " of two");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(requests()).toContain("PATCH workflows/v/tests/1/"));
  await userEvent.click(screen.getByRole("button", { name: "Delete Small order" }));
  await userEvent.click(screen.getByRole("button", { name: "Delete" }));

  await waitFor(() => expect(requests()).toContain("DELETE workflows/v/tests/1/"));
});
