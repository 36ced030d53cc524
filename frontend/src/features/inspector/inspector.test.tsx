// The inspector at work: forms, expressions, mapping, messages, data, run states.

import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import type { JsonValue, WorkflowEdge, WorkflowNode } from "@/api/types";
import { emptyRun } from "@/features/runs";
import { documentWith, editorOf, nodeOf, showInspector, stubServer } from "@/test/show-inspector";
import { REFERENCE_MIME } from "./mapping";

const EDGE: WorkflowEdge = { from: ["first", "main"], to: ["node", "main"] };
const ITEM = { json: { total: 42, customer: { name: "Ada" } } };

/** A node behind a trigger whose output is pinned. */
function show(type: string, params: Readonly<Record<string, JsonValue>> = {}) {
  const node: WorkflowNode = { ...nodeOf(type), params: { ...nodeOf(type).params, ...params } };
  const document = {
    ...documentWith([nodeOf("triggers.manual", "first", "New order"), node]),
    edges: [EDGE],
    pins: { first: [ITEM, { json: { total: 7 } }] },
  };
  const editor = editorOf(document);
  const view = showInspector(editor);
  const stored = (name: string) =>
    editor.docStore.getState().document.nodes.find(({ id }) => id === "node")?.params[name];
  return { ...view, editor, stored };
}

beforeEach(() => {
  localStorage.clear();
  stubServer();
});

const textbox = (name: string) => screen.getByRole("textbox", { name });

test("what is typed is stored under one step of the history", () => {
  vi.spyOn(Date, "now").mockReturnValue(0);
  const { editor, stored } = show("web.http_request");

  fireEvent.change(textbox("URL"), { target: { value: "https://shop.test" } });
  fireEvent.change(textbox("URL"), { target: { value: "https://shop.test/orders" } });

  expect(stored("url")).toBe("https://shop.test/orders");
  expect(editor.docStore.getState().history.past).toHaveLength(1);
});

test("two opening braces make the value an expression and close themselves", async () => {
  const { stored } = show("web.http_request", { url: "https://shop.test/" });

  fireEvent.change(textbox("URL"), { target: { value: "https://shop.test/{{" } });

  expect(stored("url")).toEqual({ "=": "https://shop.test/{{  }}" });
  await waitFor(() => expect(textbox("URL")).toHaveTextContent("https://shop.test/{{ }}"));
});

test("what is wrong is said after the field was left, not before", () => {
  show("web.http_request", { url: "" });
  const said = () => screen.queryByText("Fill this in.");

  expect(said()).not.toBeInTheDocument();
  fireEvent.focus(textbox("URL"));
  fireEvent.blur(textbox("URL"));

  expect(said()).toBeInTheDocument();
  expect(textbox("URL")).toHaveAccessibleDescription(/Fill this in/);
});

test("after a run was asked for everything that is wrong is said", () => {
  const { editor } = show("web.http_request", { url: "" });

  act(() => editor.runStore.show(emptyRun("x")));

  expect(screen.getByText("Fill this in.")).toBeInTheDocument();
});

test("a dropped row makes an empty field an expression by the node's name", () => {
  const { stored } = show("web.http_request", { url: "" });
  const data = new Map([
    [
      REFERENCE_MIME,
      JSON.stringify({ name: "total", expression: '$("New order").item.json.total' }),
    ],
  ]);
  const dataTransfer = { types: [...data.keys()], getData: (type: string) => data.get(type) ?? "" };

  fireEvent.drop(textbox("URL"), { dataTransfer });

  expect(stored("url")).toEqual({ "=": '{{ $("New order").item.json.total }}' });
});

test("Enter on a row inserts into the field that was focused last, at its caret", async () => {
  const { stored } = show("web.http_request", { url: "https://shop.test/" });
  fireEvent.focus(textbox("URL"));
  const row = await screen.findByRole("treeitem", { name: /total/ });

  act(() => row.focus());
  fireEvent.keyDown(row, { key: "Enter" });

  expect(stored("url")).toEqual({
    "=": 'https://shop.test/{{ $("New order").item.json.total }}',
  });
});

test("the tree is walked by keys and shows the item that is looked at", async () => {
  show("web.http_request");
  const input = screen.getByRole("region", { name: "Input" });
  const total = await within(input).findByRole("treeitem", { name: /total/ });
  expect(total).toHaveTextContent("42");

  act(() => total.focus());
  fireEvent.keyDown(total, { key: "ArrowDown" });
  expect(document.activeElement).toHaveTextContent("customer");
  fireEvent.click(within(input).getByRole("button", { name: "Next item" }));

  expect(within(input).getByRole("treeitem", { name: /total/ })).toHaveTextContent("7");
});

test("the server's answer stands below an expression", async () => {
  const asked = stubServer({
    "POST expressions/preview/": { ok: true, value: 84, text: "84", type: "number" },
  });
  show("web.http_request", { url: { "=": "{{ $json.total * 2 }}" } });

  expect(await screen.findByText("84")).toBeInTheDocument();
  expect(asked.find(({ request }) => request.startsWith("POST expressions"))?.body).toMatchObject({
    value: { "=": "{{ $json.total * 2 }}" },
    node: "node",
    item_index: 0,
    items: [ITEM, { json: { total: 7 } }],
  });
});

test("conditions are joined, changed and taken away", () => {
  const { stored } = show("flow.if", {
    conditions: { all: [{ left: "a", op: "exists", right: "" }] },
  });

  fireEvent.click(screen.getByRole("button", { name: "Add condition" }));
  fireEvent.change(textbox("Condition 2, first value"), { target: { value: "b" } });
  fireEvent.click(screen.getByRole("radio", { name: "Any" }));
  expect(stored("conditions")).toEqual({
    any: [
      { left: "a", op: "exists", right: "" },
      { left: "b", op: "equals", right: "" },
    ],
  });
  fireEvent.click(screen.getByRole("button", { name: "Remove row 1" }));

  expect(stored("conditions")).toEqual({ any: [{ left: "b", op: "equals", right: "" }] });
});

test("a number under way is kept as typed and stored once it is one", () => {
  const { stored } = show("data.limit", { count: 5 });
  const count = textbox("Items");

  fireEvent.change(count, { target: { value: "1" } });
  fireEvent.change(count, { target: { value: "1." } });
  fireEvent.change(count, { target: { value: "1.x" } });

  expect(count).toHaveValue("1.x");
  expect(stored("count")).toBe(1);
});

test("pinning freezes the output, unpinning sets it free", async () => {
  const { editor } = show("flow.no_op");
  const pins = () => editor.docStore.getState().document.pins;
  stubServer({ "GET executions/x/steps/node/": { items: [ITEM], total: 1, ports: { main: 1 } } });
  act(() => {
    editor.runStore.show(emptyRun("x"));
    editor.runStore.receive([
      {
        seq: 1,
        type: "workflow.step.completed",
        at_ms: 1,
        node: "node",
        run: "0",
        data: { outputs: { main: { items: 1, bytes: 9 } } },
      },
    ]);
    editor.runStore.flush();
  });
  const pin = await screen.findByRole("button", { name: "Pin" });
  await waitFor(() => expect(pin).toBeEnabled());

  fireEvent.click(pin);
  expect(pins()?.["node"]).toEqual([ITEM]);
  expect(screen.getByText(/^Pinned .*Published runs ignore it/)).toBeInTheDocument();
  fireEvent.click(screen.getByRole("button", { name: "Unpin" }));

  expect(pins()?.["node"]).toBeUndefined();
});

test("a failure is told in the output with its code", () => {
  const { editor } = show("flow.no_op");

  act(() => {
    editor.runStore.show(emptyRun("x"));
    editor.runStore.receive([
      {
        seq: 1,
        type: "workflow.step.failed",
        at_ms: 1,
        node: "node",
        run: "0",
        data: { error: { code: "http_status", message: "It answered 503.", item: 2 } },
      },
    ]);
    editor.runStore.flush();
  });

  const output = screen.getByRole("region", { name: "Output" });
  expect(within(output).getByRole("alert")).toHaveTextContent(
    "It answered 503.http_status · item 3",
  );
});

test("renaming carries references over, and the neighbours are one key away", () => {
  const { editor, onSelectNode } = show("flow.no_op");
  const name = screen.getByRole("textbox", { name: "Name of the node" });

  fireEvent.change(name, { target: { value: "Do nothing" } });
  fireEvent.blur(name);
  fireEvent.click(screen.getByRole("button", { name: "Previous node" }));

  expect(editor.docStore.getState().document.nodes[1]?.name).toBe("Do nothing");
  expect(onSelectNode).toHaveBeenCalledWith("first");
  expect(screen.getByRole("button", { name: "Next node" })).toBeDisabled();
});

test("a past run is only looked at", () => {
  const editor = editorOf(documentWith([nodeOf("web.http_request")]), { readOnly: true });
  showInspector(editor);

  expect(textbox("URL")).toBeDisabled();
  expect(screen.queryByRole("button", { name: "Pin" })).not.toBeInTheDocument();
});

test("a node whose package is missing keeps its settings and says so", () => {
  const gone: WorkflowNode = { ...nodeOf("flow.no_op"), type: "acme.gone" };
  showInspector(editorOf(documentWith([gone])));

  expect(screen.getByText(/acme.gone belongs to a package/)).toBeInTheDocument();
});

test("an example of the documentation is taken over as one step", () => {
  const { editor, stored } = show("data.limit", { count: 5 });

  fireEvent.click(screen.getByRole("radio", { name: "Docs" }));
  fireEvent.click(screen.getAllByRole("button", { name: "Use this example" })[0] ?? document.body);

  expect(stored("count")).not.toBe(5);
  expect(editor.docStore.getState().history.past).toHaveLength(1);
});

test("behaviour is stored with the node", () => {
  const { editor } = show("web.http_request");

  fireEvent.click(screen.getByRole("radio", { name: "Behaviour" }));
  fireEvent.click(screen.getByRole("switch", { name: "Try again when it fails" }));
  fireEvent.click(screen.getByRole("switch", { name: "Switched off" }));

  expect(editor.docStore.getState().document.nodes[1]).toMatchObject({
    disabled: true,
    settings: { retry: { max_attempts: 3 } },
  });
  fireEvent.click(screen.getByRole("switch", { name: "Try again when it fails" }));
  expect(editor.docStore.getState().document.nodes[1]?.settings).toEqual({});
});

vi.mock("./use-layout", () => ({
  useInspectorLayout: () => ({ layout: "full", isPhone: false, setLayout: () => undefined }),
}));

test("the inputs of a called workflow are offered, added with their types, and missed", async () => {
  stubServer({
    "POST nodes/flow.run_workflow/options/inputs/": {
      options: [
        { value: "order_id", label: "order_id", type: "number", required: true, help: "" },
        { value: "note", label: "note", type: "text", required: false, help: "For the shop" },
      ],
    },
  });
  const { stored } = show("flow.run_workflow", { workflow: "called" });
  const offer = await screen.findByRole("group", { name: "Expected fields" });

  fireEvent.click(within(offer).getByRole("button", { name: /^note/ }));
  expect(stored("inputs")).toEqual([{ name: "note", type: "text", value: "" }]);
  expect(screen.getByText("Text · For the shop")).toBeInTheDocument();
  expect(within(offer).getByRole("status")).toHaveTextContent("missing: order_id");

  fireEvent.click(within(offer).getByRole("button", { name: /^order_id/ }));
  expect(stored("inputs")).toContainEqual({ name: "order_id", type: "number", value: 0 });
  expect(offer).not.toBeInTheDocument();
});

test("a node that cannot list its options says why", async () => {
  stubServer();
  const detail = "The name mcp.test does not exist.";
  const fetchElse = globalThis.fetch;
  vi.stubGlobal("fetch", async (url: string, init?: RequestInit) =>
    url.includes("/options/tool/")
      ? new Response(JSON.stringify({ status: 502, detail }), { status: 502 })
      : fetchElse(url, init),
  );
  show("ai.mcp_client", { url: "https://mcp.test/mcp" });

  expect(await screen.findByText(/could not be loaded\. The name mcp\.test/)).toBeVisible();
});

test("what a node lists is asked for with the credentials that were chosen for it", async () => {
  const asked = stubServer({ "POST nodes/ai.mcp_client/options/tool/": { options: [] } });
  const node: WorkflowNode = { ...nodeOf("ai.mcp_client"), credentials: { auth: "key" } };
  showInspector(editorOf(documentWith([node])));

  await waitFor(() =>
    expect(asked.find(({ request }) => request.includes("/options/tool/"))?.body).toMatchObject({
      credentials: { auth: "key" },
    }),
  );
});
