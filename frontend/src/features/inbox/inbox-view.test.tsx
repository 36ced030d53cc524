// The inbox: the card in view; deciding by button, key and finger, with a moment to undo.

import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import type { Approval } from "@/api/types";
import { show } from "@/test/show";
import { stubServer } from "@/test/show-inspector";
import { InboxView } from "./inbox-view";
import { UNDO_MS } from "./pending";

vi.mock("@/api/page-socket", () => ({ pageSocket: { subscribe: () => () => undefined } }));

const anApproval = (id: string, given: Partial<Approval> = {}): Approval => ({
  id,
  title: `Invoice ${id}`,
  message: "Above the usual amount.",
  execution: { id: "run", number: 12 },
  workflow: { id: "w", name: "Invoices" },
  node: "ask",
  run: "0",
  state: "open",
  created_at: new Date(0).toISOString(),
  expires_at: null,
  decided_at: null,
  decided_by: null,
  reason: "",
  assignees: [],
  needs_reason: true,
  can_decide: true,
  items: [{ total: 5903.44 }],
  ...given,
});

async function showInbox(approvals: readonly Approval[]) {
  const asked = stubServer({ "GET approvals/": { results: approvals, next: null } });
  const onSearch = vi.fn();
  await show(<InboxView search={{}} onSearch={onSearch} />, {
    permissions: ["approval.view", "approval.decide"],
  });
  await screen.findByRole("article");
  const posted = () => asked.filter(({ request }) => request.startsWith("POST"));
  return { posted, onSearch };
}

test("the first card shows what is asked and the data it is about", async () => {
  await showInbox([anApproval("1"), anApproval("2")]);

  const card = screen.getByRole("article", { name: "Invoice 1" });
  expect(card).toHaveTextContent("Above the usual amount.");
  expect(within(card).getByText("5903.44")).toBeInTheDocument();
  expect(screen.getByText(/^2 waiting/)).toBeInTheDocument();
});

test("an approval is sent when nobody has taken it back in time", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const { posted } = await showInbox([anApproval("1"), anApproval("2")]);

  fireEvent.click(screen.getByRole("button", { name: "Approve" }));
  expect(await screen.findByRole("article", { name: "Invoice 2" })).toBeInTheDocument();
  expect(posted()).toEqual([]);
  await vi.advanceTimersByTimeAsync(UNDO_MS);

  expect(posted()).toEqual([{ request: "POST approvals/1/approve/", body: {} }]);
  vi.useRealTimers();
});

test("a decision that is undone is never sent, and its card is back", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const { posted } = await showInbox([anApproval("3"), anApproval("4")]);

  fireEvent.click(screen.getByRole("button", { name: "Approve" }));
  await screen.findByRole("article", { name: "Invoice 4" });
  fireEvent.click(await screen.findByRole("button", { name: "Undo" }));
  await vi.advanceTimersByTimeAsync(UNDO_MS);

  expect(screen.getByRole("article", { name: "Invoice 3" })).toBeInTheDocument();
  expect(posted()).toEqual([]);
  vi.useRealTimers();
});

test("a decision is sent at once when the page goes away", async () => {
  const { posted } = await showInbox([anApproval("5")]);

  await userEvent.click(screen.getByRole("button", { name: "Approve" }));
  fireEvent(window, new Event("pagehide"));

  await waitFor(() =>
    expect(posted()).toEqual([{ request: "POST approvals/5/approve/", body: {} }]),
  );
});

test("a rejection that must say why cannot be given without", async () => {
  const { posted } = await showInbox([anApproval("6")]);

  await userEvent.click(screen.getByRole("button", { name: "Reject" }));
  const dialog = screen.getByRole("dialog");
  expect(within(dialog).getByRole("button", { name: "Reject" })).toBeDisabled();
  await userEvent.type(within(dialog).getByRole("textbox"), "Too much");
  await userEvent.click(within(dialog).getByRole("button", { name: "Reject" }));
  fireEvent(window, new Event("pagehide"));

  await waitFor(() =>
    expect(posted()).toEqual([
      { request: "POST approvals/6/reject/", body: { reason: "Too much" } },
    ]),
  );
});

test("a card pushed far enough does as its button; a little push springs back", async () => {
  await showInbox([anApproval("7")]);
  const card = screen.getByRole("article");
  const push = (by: number) => {
    fireEvent.pointerDown(card, { pointerType: "touch", clientX: 100 });
    fireEvent.pointerMove(card, { clientX: 100 + by });
    fireEvent.pointerUp(card, { clientX: 100 + by });
  };

  push(-30);
  expect(screen.queryByRole("dialog")).not.toBeInTheDocument();
  push(-150);

  expect(screen.getByRole("dialog", { name: /^Reject: Invoice 7/ })).toBeInTheDocument();
});

test("who is not asked may read only", async () => {
  await showInbox([anApproval("1", { can_decide: false, assignees: ["bo@shop.test"] })]);

  expect(screen.getByRole("article")).toHaveTextContent("Asked: bo@shop.test");
  expect(screen.queryByRole("button", { name: "Approve" })).not.toBeInTheDocument();
});

test("an empty inbox says so", async () => {
  stubServer();
  await show(<InboxView search={{}} onSearch={() => undefined} />);

  expect(await screen.findByText("Nothing waits for you")).toBeInTheDocument();
});
