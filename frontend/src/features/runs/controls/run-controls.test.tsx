// What can be done to a run follows from its state, from the person's rights, and is asked back
// where it may leave something half done.

import { act, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { logOf, show } from "@/test/show";
import { stubServer } from "@/test/show-inspector";
import { OutcomeBanner } from "./outcome-banner";
import { RunControls } from "./run-controls";

const ALL = ["execution.pause", "execution.cancel", "execution.retry", "execution.decide"];
const press = (name: string) => userEvent.click(screen.getByRole("button", { name }));

const running = logOf(["workflow.started"], ["workflow.step.queued", "a"]);
const atWork = logOf(["workflow.started"], ["workflow.step.started", "a"]);
const paused = logOf(["workflow.started"], ["workflow.paused"]);
const failed = logOf(["workflow.started"], ["workflow.failed"]);

test.each([
  ["Pause", running, "pause"],
  ["Resume", paused, "resume"],
  ["Stop", running, "cancel"],
  ["Retry from failed", failed, "retry"],
])("%s asks the server", async (name, events, command) => {
  const asked = stubServer();
  await show(<RunControls executionId="run" />, { permissions: ALL, events });

  await press(name);

  await waitFor(() =>
    expect(asked.map(({ request }) => request)).toContain(`POST executions/run/${command}/`),
  );
});

test("a run whose steps are at work is stopped only after asking back", async () => {
  const asked = stubServer();
  await show(<RunControls executionId="run" />, { permissions: ALL, events: atWork });

  await press("Stop");
  expect(screen.getByRole("alertdialog")).toHaveTextContent("1 step is at work");
  expect(asked).toEqual([]);
  await press("Stop");

  await waitFor(() => expect(asked[0]?.request).toBe("POST executions/run/cancel/"));
});

test.each(["undone", "bound"])("a retry that would only fail again says why: %s", async (final) => {
  const asked = stubServer();
  const error = { code: "x", message: "No", final };
  const events = logOf(["workflow.started"], ["workflow.failed", undefined, { error }]);
  await show(<RunControls executionId="run" />, { permissions: ALL, events });

  await press("Retry from failed");

  expect(screen.getByRole("button")).toHaveAccessibleDescription(/Fork it from a step/);
  expect(asked).toEqual([]);
});

test("who may only look gets no buttons", async () => {
  await show(<RunControls executionId="run" />, { events: failed });

  expect(screen.queryByRole("button")).not.toBeInTheDocument();
});

test("a retry reopens what failed, in the same run", async () => {
  stubServer();
  const events = logOf(
    ["workflow.started"],
    ["workflow.step.failed", "a", { error: { code: "x", message: "No" } }],
    ["workflow.failed"],
    ["workflow.retried", undefined, { runs: [["a", "0"]] }],
  );
  const { store } = await show(<RunControls executionId="run" />, { permissions: ALL, events });

  act(() => store.flush());

  expect(store.current).toMatchObject({ status: "running", error: null, endedAtMs: null });
  expect(store.nodeRun("a")?.latest).toMatchObject({ status: "queued", attempt: 2, error: null });
  expect(screen.getByRole("button", { name: "Pause" })).toBeInTheDocument();
});

const unknown = logOf(
  ["workflow.started"],
  ["workflow.step.unknown", "pay", { in_doubt: { items: [1, 3], count: 2, done: 1 } }],
);

async function showOutcome() {
  const asked = stubServer();
  const { store } = await show(null, { permissions: ALL, events: unknown });
  const step = store.nodeRun("pay")?.latest;
  if (!step) throw new Error("The step is not there.");
  await show(<OutcomeBanner step={step} nodeName="Pay" />, { permissions: ALL, events: unknown });
  return asked;
}

test("what did happen goes on with what it answered", async () => {
  const asked = await showOutcome();

  await press("It did happen");
  await userEvent.click(screen.getByRole("textbox"));
  await userEvent.paste('[{"paid": true}]');
  await press("It did happen");

  await waitFor(() =>
    expect(asked).toEqual([
      {
        request: "POST executions/run/decide/",
        body: { node: "pay", run: "0", decision: "happened", items: [{ json: { paid: true } }] },
      },
    ]),
  );
});

test("the items in doubt are named as people count them", async () => {
  await showOutcome();

  expect(screen.getByText(/^2 items are in doubt/)).toHaveTextContent(
    "2 items are in doubt: item 2, item 4. 1 item went through.",
  );
});

test("running it again says that it may happen twice", async () => {
  const asked = await showOutcome();

  await press("Run it again");
  expect(screen.getByRole("dialog")).toHaveTextContent("it happens twice");
  await press("Run it again");

  await waitFor(() =>
    expect(asked[0]?.body).toEqual({ node: "pay", run: "0", decision: "run_again" }),
  );
});

test("what is no list of objects is not sent", async () => {
  await showOutcome();

  await press("It did happen");
  await userEvent.click(screen.getByRole("textbox"));
  await userEvent.paste("42");

  expect(screen.getByRole("button", { name: "It did happen" })).toBeDisabled();
  expect(screen.getByText("It must be a list of objects.")).toBeInTheDocument();
});
