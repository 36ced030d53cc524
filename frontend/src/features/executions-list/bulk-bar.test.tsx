// Many runs at once: those that are ticked, or all that the filter finds; never all by saying nothing.

import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { show } from "@/test/show";
import { stubServer } from "@/test/show-inspector";
import { BulkBar } from "./bulk-bar";

const permissions = ["execution.cancel", "execution.retry"];
const ANSWER = { matched: 3, accepted: 2, refused: [{ id: "c", code: "execution_ended" }] };

async function press(name: string) {
  await userEvent.click(screen.getByRole("button", { name }));
  await userEvent.click(within(screen.getByRole("alertdialog")).getByRole("button", { name }));
}

test("what is ticked is retried by id, and what was refused is counted", async () => {
  const asked = stubServer({ "POST executions/bulk/": ANSWER });
  const onClear = vi.fn();
  await show(
    <BulkBar
      chosen={new Set(["a", "b", "c"])}
      search={{ status: "failed" }}
      workflow={undefined}
      onClear={onClear}
    />,
    { permissions },
  );

  await press("Retry");

  await waitFor(() => expect(onClear).toHaveBeenCalled());
  expect(asked[0]?.body).toEqual({ action: "retry", ids: ["a", "b", "c"] });
  expect(await screen.findByText("2 runs go on")).toBeInTheDocument();
  expect(screen.getByText(/^1 was left/)).toBeInTheDocument();
});

test("those who may delete what is ticked, by id", async () => {
  const asked = stubServer({ "POST executions/bulk/": { ...ANSWER, refused: [] } });
  await show(
    <BulkBar
      chosen={new Set(["a", "b"])}
      search={{}}
      workflow={undefined}
      onClear={() => undefined}
    />,
    { permissions: ["execution.delete"] },
  );

  await press("Delete");

  expect(await screen.findByText("2 runs deleted")).toBeInTheDocument();
  expect(asked[0]?.body).toEqual({ action: "delete", ids: ["a", "b"] });
});

test("what a filter finds is never deleted unseen", async () => {
  await show(
    <BulkBar
      chosen={new Set()}
      search={{ status: "failed" }}
      workflow={undefined}
      onClear={() => undefined}
    />,
    { permissions: [...permissions, "execution.delete"] },
  );

  expect(screen.getByRole("button", { name: "Retry" })).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Delete" })).not.toBeInTheDocument();
});

test("with nothing ticked the filter is meant", async () => {
  const asked = stubServer({ "POST executions/bulk/": ANSWER });
  await show(
    <BulkBar
      chosen={new Set()}
      search={{ status: "running" }}
      workflow="w"
      onClear={() => undefined}
    />,
    { permissions },
  );

  await press("Stop");

  await waitFor(() =>
    expect(asked[0]?.body).toEqual({
      action: "cancel",
      filter: { status: ["running"], workflow: "w" },
    }),
  );
});

test.each([{}, { status: "failed", mode: "webhook" }])(
  "nothing is offered for %j, which the server cannot narrow down",
  async (search) => {
    await show(
      <BulkBar chosen={new Set()} search={search} workflow={undefined} onClear={() => undefined} />,
      { permissions },
    );

    expect(screen.queryByRole("region", { name: "Act on many runs" })).not.toBeInTheDocument();
  },
);

test("a search is no filter of commands: nothing is offered until something is ticked", async () => {
  await show(
    <BulkBar
      chosen={new Set()}
      search={{ status: "running", q: "orders" }}
      workflow="w"
      onClear={() => undefined}
    />,
    { permissions },
  );

  expect(screen.queryByRole("button", { name: "Stop" })).toBeNull();
});
