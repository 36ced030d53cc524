// The address of every page: the compiler refuses a route that is missing here, so no page is forgotten.

import type { createAppRouter } from "../src/app/router";

type Path = keyof ReturnType<typeof createAppRouter>["routesByPath"];
/** These lead elsewhere or are only the frame of others. */
type Passing = "/settings" | "/settings/" | "/visit";
export type Place = Exclude<Path, Passing>;

/** Ids of what the pages show. */
export type Shown = {
  readonly workflow: string;
  readonly chat: string;
  readonly execution: string;
  readonly later: string;
  readonly table: string;
  readonly collection: string;
};

/** Where each page is, below the base path. */
export function placesOf(shown: Shown): Readonly<Record<Place, string>> {
  return {
    "/": "/",
    "/workflows": "/workflows",
    "/w/$workflowId": `/w/${shown.workflow}`,
    "/w/$workflowId/executions": `/w/${shown.workflow}/executions`,
    "/w/$workflowId/tests": `/w/${shown.workflow}/tests`,
    "/w/$workflowId/history": `/w/${shown.workflow}/history`,
    "/chat/$workflowId": `/chat/${shown.chat}`,
    "/templates": "/templates",
    "/templates/$slug": "/templates/csv-import",
    "/executions": "/executions",
    "/runs/$executionId": `/runs/${shown.execution}`,
    "/runs/compare/$left/$right": `/runs/compare/${shown.execution}/${shown.later}`,
    "/inbox": "/inbox",
    "/credentials": "/credentials",
    "/agents": "/agents",
    "/tables": "/tables",
    "/tables/$tableId": `/tables/${shown.table}`,
    "/knowledge": "/knowledge",
    "/knowledge/memories": "/knowledge/memories",
    "/knowledge/labels": "/knowledge/labels",
    "/knowledge/$collectionId": `/knowledge/${shown.collection}`,
    "/oauth2/callback": "/oauth2/callback",
    "/settings/members": "/settings/members",
    "/settings/api-keys": "/settings/api-keys",
    "/settings/variables": "/settings/variables",
    "/settings/models": "/settings/models",
    "/settings/audit": "/settings/audit",
    "/settings/plugins": "/settings/plugins",
    "/me": "/me",
    "/sign-in": "/sign-in",
    "/invitation": "/invitation",
    "/new-password": "/new-password",
    "/$": "/nowhere",
  };
}
