// A tenant in which every page has something to show, made by requests.

import type { Page } from "@playwright/test";
import { CHAIN, FAILING } from "./editing";
import { makeWorkflow, post, runDraft, workflowOf } from "./fixtures";
import type { Shown } from "./places";

type Made = { readonly id: string };

export const PURCHASE = workflowOf(
  "Large purchases",
  [
    { id: "start", name: "New order", type: "triggers.manual", position: [0, 0], params: {} },
    {
      id: "ask",
      name: "Ask the boss",
      type: "human.approval",
      position: [320, 0],
      params: {
        title: "Buy two spare pumps?",
        message: "The offer holds until the end of the month.",
        headline: { "=": "{{ $json.total }} {{ $json.currency }}" },
        why: "Above what may be spent without asking.",
        facts: [
          { label: "Vendor", value: { "=": "{{ $json.vendor }}" }, mark: "ok" },
          { label: "Last price", value: "2,480.00 EUR each", mark: "warn" },
          { label: "Delivery", value: "In ten days" },
        ],
      },
    },
    { id: "buy", name: "Buy", type: "flow.no_op", position: [640, -60], params: {} },
    { id: "drop", name: "Drop", type: "flow.no_op", position: [640, 100], params: {} },
  ],
  [
    ["start", "ask"],
    ["ask:approved", "buy"],
    ["ask:rejected", "drop"],
  ],
);

export const ORDER = {
  items: [{ json: { vendor: "Stadtwerke Nord", total: 5903.44, currency: "EUR" } }],
};

const chatOf = (path: string) =>
  workflowOf(
    "Ask the shop",
    [
      { id: "chat", name: "Chat", type: "triggers.chat", position: [0, 0], params: { path } },
      { id: "end", name: "Finish", type: "flow.no_op", position: [320, 0], params: {} },
    ],
    [["chat", "end"]],
  );

const COLUMNS = [
  { name: "Customer", type: "text" },
  { name: "Orders", type: "number" },
  { name: "Pays", type: "boolean" },
  { name: "Since", type: "date_time" },
];
const ROWS = [
  { Customer: "Ada Lovelace", Orders: 12, Pays: true, Since: "2026-01-31T09:30:00Z" },
  { Customer: "Konrad Zuse", Orders: 3, Pays: false },
];

const MANUAL =
  "# Kettle\n\n## Warranty\n\nThe kettle is covered for two years. Keep the receipt.\n";

/** Whatever it makes may be there more than once: names that must differ end in the time. */
export async function furnished(page: Page): Promise<Shown> {
  const now = Date.now();
  const workflow = await makeWorkflow(page, { ...CHAIN, name: "Clean up orders" });
  await post(page, `workflows/${workflow}/activate/`, { note: "First" });
  const purchase = await makeWorkflow(page, PURCHASE);
  const chat = await makeWorkflow(page, chatOf(`chat-${now}`));
  const failing = await makeWorkflow(page, FAILING);
  const [execution, later] = await Promise.all([
    runDraft(page, workflow, ["completed"]),
    runDraft(page, workflow, ["completed"]),
    runDraft(page, purchase, ["waiting"], ORDER),
    runDraft(page, failing, ["failed"]),
  ]);
  const table = await post<Made>(page, "tables/", { name: `Customers ${now}`, columns: COLUMNS });
  await post(page, `tables/${table.id}/rows/`, { rows: ROWS });
  const collection = await post<Made>(page, "collections/", { name: `Manual ${now}` });
  const document = { name: "kettle.md", text: MANUAL };
  await post(page, `collections/${collection.id}/documents/`, document);
  await post(page, "agents/", { name: `Reader ${now}`, layer: "Support", publish: false });
  await post(page, "variables/", { name: `SHOP_${now}`, value: "https://shop.example" });
  const login = { user: "mira", password: "only-for-the-vault" };
  await post(page, "credentials/", { name: `Shop ${now}`, type: "http_basic", data: login });
  await post(page, "api-keys/", { name: `Reports ${now}` });
  return { workflow, chat, execution, later, table: table.id, collection: collection.id };
}
