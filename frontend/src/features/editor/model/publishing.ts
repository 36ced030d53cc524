// What publishing will switch on: how the workflow starts, at which addresses, and how to try them.

import { isJsonList } from "./json";
import type { JsonObject, SpecOf, WorkflowDocument, WorkflowNode } from "./types";

export type WebhookAddress = {
  readonly node: WorkflowNode;
  readonly methods: readonly string[];
  readonly url: string;
  /** A command to try it; pages are opened instead. */
  readonly curl: string | null;
};

export type Activation = {
  readonly triggers: readonly WorkflowNode[];
  readonly webhooks: readonly WebhookAddress[];
};

/** The first part of the address of each trigger that has one. */
const PLACES: Readonly<Record<string, string>> = {
  "triggers.webhook": "webhook",
  "triggers.form": "form",
  "triggers.chat": "chat",
};

/** Where a workflow is served, and under which id. */
export type Site = { readonly origin: string; readonly workflowId: string };

/** The enabled triggers, and the address of each that has one. */
export function activationOf(document: WorkflowDocument, specOf: SpecOf, site: Site): Activation {
  const triggers = document.nodes.filter(
    (node) => !node.disabled && specOf(node.type)?.kind === "trigger",
  );
  return { triggers, webhooks: triggers.flatMap((node) => addressOf(node, specOf, site) ?? []) };
}

function addressOf(node: WorkflowNode, specOf: SpecOf, site: Site): WebhookAddress | null {
  if (node.type === "triggers.mcp") return toolAddress(node, site.origin);
  const place = PLACES[node.type];
  if (!place) return null;
  const params: JsonObject = { ...specOf(node.type)?.defaults, ...node.params };
  const chosen = typeof params["path"] === "string" ? params["path"].replace(/^\/+|\/+$/g, "") : "";
  // The server's own rule for a trigger without a path.
  const path = chosen || `${site.workflowId.replaceAll("-", "")}-${node.id}`;
  const url = `${site.origin}/${place}/${path}`;
  if (place !== "webhook") return { node, methods: [], url, curl: null };
  const given = params["method"] ?? "POST";
  const methods = (isJsonList(given) ? given : [given]).map(String);
  return { node, methods, url, curl: curlFor(methods[0] ?? "POST", url) };
}

/** All tools of a workspace are at one address; a key says whose they are. */
function toolAddress(node: WorkflowNode, origin: string): WebhookAddress {
  const url = `${origin}/mcp`;
  const asked = `-H 'Authorization: Bearer hr_…' \\\n  -H 'Content-Type: application/json'`;
  const list = `{"jsonrpc": "2.0", "id": 1, "method": "tools/list"}`;
  return { node, methods: ["POST"], url, curl: `curl '${url}' \\\n  ${asked} \\\n  -d '${list}'` };
}

const WITHOUT_BODY = new Set(["GET", "HEAD", "DELETE", "OPTIONS"]);

function curlFor(method: string, url: string): string {
  if (WITHOUT_BODY.has(method)) return `curl -X ${method} '${url}'`;
  return `curl -X ${method} '${url}' \\\n  -H 'Content-Type: application/json' \\\n  -d '{"hello": "world"}'`;
}
