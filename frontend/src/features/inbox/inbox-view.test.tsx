// The inbox: the card in view; deciding by button, key and finger, with a moment to undo.

import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Approval } from "@/api/types";
import { listenForKeys } from "@/lib/keyboard";
import { anApproval } from "@/test/approvals";
import { show } from "@/test/show";
import { stubServer } from "@/test/show-inspector";
import { HOLD_MS } from "./hold-button";
import { InboxView } from "./inbox-view";
import { UNDO_MS } from "./pending";

vi.mock("@/api/page-socket", () => ({ pageSocket: { subscribe: () => () => undefined } }));

let stopKeys = () => {};
beforeAll(() => {
  stopKeys = listenForKeys();
});
afterAll(() => stopKeys());

const BO = {
  id: "m",
  person_id: "bo",
  name: "Bo",
  email: "bo@shop.test",
  role: "viewer",
  joined_at: new Date(0).toISOString(),
  is_active: true,
};

async function showInbox(approvals: readonly Approval[]) {
  const asked = stubServer({
    "GET approvals/": { results: approvals, next: null },
    "GET members/": { results: [BO], next: null },
  });
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

test("a card shows what its author chose instead of values of the item", async () => {
  await showInbox([
    anApproval("3", {
      headline: "5,903.44 EUR",
      why: "43 % above the usual",
      node_name: "Ask the boss",
      facts: [
        { label: "IBAN", value: "matches", mark: "ok" },
        { label: "Last 6 months", value: "4,120 EUR", mark: "warn" },
        { label: "Cost centre", value: "4100", mark: "none" },
      ],
      items: [{ hidden: "value of the item" }],
    }),
  ]);

  const card = screen.getByRole("article");
  expect(card).toHaveTextContent(/Invoices · Ask the boss.*Invoice 3.*5,903.44 EUR.*43 % above/);
  const facts = within(card).getAllByRole("definition");
  expect(facts.map((fact) => fact.textContent)).toEqual([
    "Fine:matches",
    "Worth a look:4,120 EUR",
    "4100",
  ]);
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

test("a decision that reaches nobody is kept, shown, and sent when the network is back", async () => {
  const { posted } = await showInbox([anApproval("20")]);
  const reach = vi.mocked(fetch).getMockImplementation();
  vi.mocked(fetch).mockRejectedValue(new TypeError("Failed to fetch"));
  await userEvent.click(screen.getByRole("button", { name: "Approve" }));
  fireEvent(window, new Event("pagehide"));
  expect(await screen.findByText(/^1 decision waits for the network/)).toBeInTheDocument();
  expect(screen.queryByRole("article", { name: "Invoice 20" })).not.toBeInTheDocument();

  if (reach) vi.mocked(fetch).mockImplementation(reach);
  fireEvent(window, new Event("online"));

  await waitFor(() => expect(screen.queryByText(/waits for the network/)).toBeNull());
  expect(posted()).toEqual([{ request: "POST approvals/20/approve/", body: {} }]);
});

test("what is risky is approved by holding the button, not by a press, a key or a swipe", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const { posted } = await showInbox([anApproval("30", { is_risky: true })]);
  const button = screen.getByRole("button", { name: "Hold to approve" });
  const card = screen.getByRole("article", { name: "Invoice 30" });

  fireEvent.pointerDown(button, { button: 0 });
  await vi.advanceTimersByTimeAsync(HOLD_MS / 2);
  fireEvent.pointerUp(button);
  fireEvent.pointerDown(card, { pointerType: "touch", clientX: 0 });
  fireEvent.pointerMove(card, { pointerType: "touch", clientX: 200 });
  fireEvent.pointerUp(card, { pointerType: "touch", clientX: 200 });
  await vi.advanceTimersByTimeAsync(HOLD_MS);
  expect(card).toBeInTheDocument();
  fireEvent.pointerDown(button, { button: 0 });
  await vi.advanceTimersByTimeAsync(HOLD_MS + UNDO_MS);

  expect(posted()).toEqual([{ request: "POST approvals/30/approve/", body: {} }]);
  vi.useRealTimers();
});

async function handTo(name: RegExp) {
  fireEvent.keyDown(document.body, { key: "h" });
  const dialog = await screen.findByRole("dialog", { name: /^Hand over/ });
  await userEvent.click(within(dialog).getByRole("button", { name: "To" }));
  await userEvent.click(await screen.findByRole("option", { name }));
  await userEvent.click(within(dialog).getByRole("button", { name: "Hand over" }));
}

test("the key H hands a card to a member, or to a role", async () => {
  const { posted } = await showInbox([anApproval("40"), anApproval("41")]);

  await handTo(/^Bo/);
  await screen.findByRole("article", { name: "Invoice 41" });
  expect(screen.getByText("Handed over to bo@shop.test")).toBeInTheDocument();
  await handTo(/^Viewer/);
  fireEvent(window, new Event("pagehide"));

  await waitFor(() =>
    expect(posted()).toEqual([
      { request: "POST approvals/40/hand-over/", body: { to: "bo@shop.test" } },
      { request: "POST approvals/41/hand-over/", body: { to: "role:viewer" } },
    ]),
  );
});

test("a card that was handed over and is taken back stays with whom it was", async () => {
  const { posted } = await showInbox([anApproval("42"), anApproval("43")]);

  await handTo(/^Bo/);
  await screen.findByRole("article", { name: "Invoice 43" });
  await userEvent.click(await screen.findByRole("button", { name: "Undo" }));
  fireEvent(window, new Event("pagehide"));

  expect(await screen.findByRole("article", { name: "Invoice 42" })).toBeInTheDocument();
  expect(posted()).toEqual([]);
});

test("a card says who handed it over, and to which role", async () => {
  await showInbox([anApproval("44", { assignees: ["role:admin"], handed_over_by: "Ada" })]);

  expect(screen.getByRole("article")).toHaveTextContent("Asked: Admin · handed over by Ada");
});
