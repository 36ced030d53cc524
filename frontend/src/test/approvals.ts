// Approvals as the API gives them.

import type { Approval } from "@/api/types";

export const anApproval = (id: string, given: Partial<Approval> = {}): Approval => ({
  id,
  title: `Invoice ${id}`,
  message: "Above the usual amount.",
  headline: "",
  why: "",
  facts: [],
  documents: [],
  correctable: [],
  corrections: {},
  is_bulk_safe: false,
  execution: { id: "run", number: 12 },
  workflow: { id: "w", name: "Invoices" },
  node: "ask",
  node_name: "",
  run: "0",
  state: "open",
  created_at: new Date(0).toISOString(),
  expires_at: null,
  decided_at: null,
  decided_by: null,
  reason: "",
  assignees: [],
  handed_over_by: null,
  needs_reason: true,
  is_risky: false,
  can_decide: true,
  items: [{ total: 5903.44 }],
  ...given,
});
