// What an approver corrects goes with the approval; several cards of one step are answered together.

import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import type { Approval, CorrectableField } from "@/api/types";
import { anApproval } from "@/test/approvals";
import { show } from "@/test/show";
import { stubServer } from "@/test/show-inspector";
import { InboxView } from "./inbox-view";

vi.mock("@/api/page-socket", () => ({ pageSocket: { subscribe: () => () => undefined } }));

async function showInbox(approvals: readonly Approval[], more: object = {}, state?: string) {
  const asked = stubServer({ "GET approvals/": { results: approvals, next: null }, ...more });
  await show(<InboxView search={state ? { state } : {}} onSearch={() => undefined} />, {
    permissions: ["approval.view", "approval.decide"],
  });
  await screen.findByRole("article");
  return () => asked.filter(({ request }) => request.startsWith("POST"));
}

const leave = () => fireEvent(window, new Event("pagehide"));

const TOTAL: CorrectableField = {
  name: "total",
  item: null,
  label: "Total",
  kind: "number",
  options: [],
  value: 5903.44,
};

test("a corrected field is sent with the approval, and what is no number is not", async () => {
  const note: CorrectableField = { ...TOTAL, name: "note", label: "Note", kind: "text", value: "" };
  const posted = await showInbox([anApproval("50", { correctable: [TOTAL, note] })]);
  const field = await screen.findByRole("textbox", { name: "Total" });

  await userEvent.clear(field);
  await userEvent.type(field, "a lot");
  await userEvent.click(screen.getByRole("button", { name: "Approve" }));
  expect(field).toHaveFocus();
  expect(field).toHaveAccessibleDescription(/Give a number/);
  await userEvent.clear(field);
  await userEvent.type(field, "5930,44");
  await userEvent.click(screen.getByRole("button", { name: "Approve" }));
  leave();

  await waitFor(() =>
    expect(posted()).toEqual([
      { request: "POST approvals/50/approve/", body: { corrections: { total: 5930.44 } } },
    ]),
  );
});

test("every item of a card is corrected by itself", async () => {
  const city = (item: number): CorrectableField => ({
    name: `[${item}].address.city`,
    item,
    label: "City",
    kind: "text",
    options: [],
    value: "Kil",
  });
  const posted = await showInbox([anApproval("53", { correctable: [city(0), city(1)] })]);
  const second = await screen.findByRole("group", { name: "Item 2" });

  await userEvent.type(within(second).getByRole("textbox", { name: "City" }), "n");
  await userEvent.click(screen.getByRole("button", { name: "Approve" }));
  leave();

  const corrections = { "[1].address.city": "Kiln" };
  await waitFor(() =>
    expect(posted()).toEqual([{ request: "POST approvals/53/approve/", body: { corrections } }]),
  );
});

test("what was typed is still there when the decision is taken back", async () => {
  await showInbox([anApproval("51", { correctable: [TOTAL] }), anApproval("52")]);
  const field = await screen.findByRole("textbox", { name: "Total" });
  await userEvent.clear(field);
  await userEvent.type(field, "7");

  await userEvent.click(screen.getByRole("button", { name: "Approve" }));
  await screen.findByRole("article", { name: "Invoice 52" });
  await userEvent.click(await screen.findByRole("button", { name: "Undo" }));

  expect(await screen.findByRole("textbox", { name: "Total" })).toHaveValue("7");
});

test("a decided card says what was corrected", async () => {
  const decided = { state: "approved", decided_by: "Ada", can_decide: false } as const;
  const given = { correctable: [TOTAL], corrections: { total: 5930.44 }, ...decided };
  await showInbox([anApproval("53", given)], {}, "decided");

  expect(screen.getByRole("article")).toHaveTextContent("Total, corrected5903.44 5930.44");
  expect(screen.queryByRole("textbox", { name: "Total" })).not.toBeInTheDocument();
});

test("files that the author shows stand on the card, the first one open", async () => {
  const file = { id: "f", name: "note.txt", mime: "text/plain", size: 5, sha256: "" };
  const pdf = { ...file, id: "g", name: "40-771.pdf", mime: "application/pdf" };
  await showInbox([anApproval("54", { documents: [file, pdf] })]);

  const files = await screen.findByRole("list", { name: "Files" });
  expect(within(files).getByRole("button", { name: "Preview note.txt" })).toHaveAttribute(
    "aria-expanded",
    "true",
  );
  expect(within(files).getByRole("button", { name: "Download 40-771.pdf" })).toBeInTheDocument();
});

const safe = (id: string, given: Partial<Approval> = {}) =>
  anApproval(id, { is_bulk_safe: true, ...given });
const box = (id: string) => screen.getByRole("checkbox", { name: `Select Invoice ${id}` });

test("cards of one step are answered together, and what went wrong is told of each", async () => {
  const error = { code: "approval_decided", detail: "It was approved." };
  const results = [
    { approval: "60", error: null },
    { approval: "61", error },
  ];
  const rows = [safe("60"), safe("61"), safe("62", { node: "other" }), anApproval("63")];
  const posted = await showInbox(rows, { "POST approvals/decide/": { results } });

  expect(screen.queryByRole("checkbox", { name: "Select Invoice 63" })).not.toBeInTheDocument();
  await userEvent.click(box("60"));
  expect(box("62")).toBeDisabled();
  await userEvent.click(screen.getByRole("button", { name: "Select all 2 of this step" }));
  const bar = screen.getByRole("region", { name: "Several at once" });
  await userEvent.click(within(bar).getByRole("button", { name: "Reject" }));
  const dialog = await screen.findByRole("dialog", { name: "Reject all 2?" });
  expect(within(dialog).getByRole("button", { name: "Reject" })).toBeDisabled();
  await userEvent.type(within(dialog).getByRole("textbox"), "Twice");
  await userEvent.click(within(dialog).getByRole("button", { name: "Reject" }));
  expect(screen.queryByRole("button", { name: /^Invoice 60/ })).not.toBeInTheDocument();
  leave();

  const body = { approvals: ["60", "61"], decision: "rejected", reason: "Twice" };
  await waitFor(() => expect(posted()).toEqual([{ request: "POST approvals/decide/", body }]));
  expect(await screen.findByRole("alert")).toHaveTextContent("Invoice 61: It was approved.");
});

test("what was answered together is taken back together", async () => {
  const posted = await showInbox([safe("64"), safe("65"), anApproval("66")]);

  await userEvent.click(box("64"));
  await userEvent.click(box("65"));
  const bar = screen.getByRole("region", { name: "Several at once" });
  await userEvent.click(within(bar).getByRole("button", { name: "Approve" }));
  const dialog = await screen.findByRole("dialog", { name: "Approve all 2?" });
  await userEvent.click(within(dialog).getByRole("button", { name: "Approve" }));
  await userEvent.click(await screen.findByRole("button", { name: "Undo" }));
  leave();

  expect(await screen.findByRole("checkbox", { name: "Select Invoice 65" })).toBeInTheDocument();
  expect(posted()).toEqual([]);
});
