// A small workflow to try things with: an order comes in, is shaped, and goes one of two ways.

import type { WorkflowDocument } from "./model/types";

const ORDER = { customer: "Nordlicht GmbH", total: 120, currency: "EUR" };

const SAMPLE: WorkflowDocument = {
  format: "headrace/1",
  name: "Sample",
  nodes: [
    {
      id: "start",
      name: "Try it",
      type: "triggers.manual",
      version: 1,
      position: [0, 0],
      params: {},
    },
    {
      id: "shape",
      name: "Shape order",
      type: "data.edit_fields",
      version: 1,
      position: [320, 0],
      params: {
        assignments: [
          { name: "customer", type: "text", value: ORDER.customer },
          { name: "total", type: "number", value: ORDER.total },
          { name: "label", type: "text", value: { "=": "Order of {{ $now }}" } },
        ],
      },
    },
    {
      id: "big",
      name: "Over 100?",
      type: "flow.if",
      version: 1,
      position: [640, 0],
      params: {
        conditions: {
          all: [{ left: { "=": '{{ $("Shape order").item.json.total }}' }, op: "gt", right: 100 }],
        },
      },
    },
    {
      id: "large",
      name: "Large order",
      type: "flow.no_op",
      version: 1,
      position: [960, -80],
      params: {},
    },
    {
      id: "small",
      name: "Small order",
      type: "flow.no_op",
      version: 1,
      position: [960, 80],
      params: {},
    },
  ],
  edges: [
    { from: ["start", "main"], to: ["shape", "main"] },
    { from: ["shape", "main"], to: ["big", "main"] },
    { from: ["big", "true"], to: ["large", "main"] },
    { from: ["big", "false"], to: ["small", "main"] },
  ],
};

export function sampleText(): string {
  return JSON.stringify(SAMPLE);
}
