// What publishing will switch on: how the workflow starts, at which addresses, and how to try them.

import { isJsonList } from "./json";
import type { JsonObject, SpecOf, WorkflowDocument, WorkflowNode } from "./types";

export type WebhookAddress = {
  readonly node: WorkflowNode;
  readonly methods: readonly string[];
  readonly url: string;
  readonly curl: string;
};

export type Activation = {
  readonly triggers: readonly WorkflowNode[];
  readonly webhooks: readonly WebhookAddress[];
};

const WEBHOOK_TYPE = "triggers.webhook";

/** The enabled triggers, and the address of each that has one. `origin` is where the app is served. */
export function activationOf(
  document: WorkflowDocument,
  specOf: SpecOf,
  origin: string,
): Activation {
  const triggers = document.nodes.filter(
    (node) => !node.disabled && specOf(node.type)?.kind === "trigger",
  );
  return { triggers, webhooks: triggers.flatMap((node) => addressOf(node, specOf, origin) ?? []) };
}

function addressOf(node: WorkflowNode, specOf: SpecOf, origin: string): WebhookAddress | null {
  if (node.type !== WEBHOOK_TYPE) return null;
  const params: JsonObject = { ...specOf(node.type)?.defaults, ...node.params };
  const path = typeof params["path"] === "string" ? params["path"].replace(/^\/+/, "") : "";
  // Without a path the server gives a random one when it publishes.
  if (path === "") return null;
  const given = params["methods"] ?? params["method"] ?? "POST";
  const methods = (isJsonList(given) ? given : [given]).map(String);
  const url = `${origin}/webhook/${path}`;
  return { node, methods, url, curl: curlFor(methods[0] ?? "POST", url) };
}

const WITHOUT_BODY = new Set(["GET", "HEAD", "DELETE", "OPTIONS"]);

function curlFor(method: string, url: string): string {
  if (WITHOUT_BODY.has(method)) return `curl -X ${method} '${url}'`;
  return `curl -X ${method} '${url}' \\\n  -H 'Content-Type: application/json' \\\n  -d '{"hello": "world"}'`;
}
