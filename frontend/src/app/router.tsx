// Every address of the app, with its typed search parameters. Each page is its own chunk.

import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { isProblem } from "@/api/problem";
import { sessionQuery } from "@/api/queries";
import { AppShell } from "@/features/shell";
import { NotFoundPage, PageError } from "./error-pages";
import * as search from "./search";

export const BASE_PATH = "/app";

type RouterContext = { readonly queryClient: QueryClient };

type Coming = { readonly context: RouterContext; readonly location: { readonly href: string } };

/** Leads whoever is not signed in to the sign-in page, and from there back. */
async function requireSession({ context, location }: Coming): Promise<void> {
  try {
    await context.queryClient.ensureQueryData(sessionQuery);
  } catch (error) {
    if (!isProblem(error, 401)) throw error;
    const next = BASE_PATH + location.href;
    throw redirect({ to: "/sign-in", search: location.href === "/" ? {} : { next } });
  }
}

const rootRoute = createRootRouteWithContext<RouterContext>()({ component: Outlet });

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sign-in",
  validateSearch: search.signIn,
  component: lazyRouteComponent(() => import("@/routes/sign-in"), "SignInPage"),
});

const invitationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/invitation",
  validateSearch: search.signIn,
  component: lazyRouteComponent(() => import("@/routes/invitation"), "InvitationPage"),
});

const newPasswordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/new-password",
  validateSearch: search.signIn,
  component: lazyRouteComponent(() => import("@/routes/new-password"), "NewPasswordPage"),
});

/** On the way to a hosted page for members. */
const visitRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/visit",
  validateSearch: search.visit,
  beforeLoad: requireSession,
  component: lazyRouteComponent(() => import("@/routes/visit"), "VisitPage"),
});

/** Everything behind the sign-in. */
const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "shell",
  component: AppShell,
  beforeLoad: requireSession,
});

const homeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/",
  validateSearch: search.home,
  component: lazyRouteComponent(() => import("@/routes/home"), "HomePage"),
});

const templatesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/templates",
  validateSearch: search.templates,
  component: lazyRouteComponent(() => import("@/routes/templates"), "TemplatesPage"),
});

const templateRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/templates/$slug",
  component: lazyRouteComponent(() => import("@/routes/template"), "TemplatePage"),
});

const workflowsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/workflows",
  validateSearch: search.workflows,
  component: lazyRouteComponent(() => import("@/routes/workflows"), "WorkflowsPage"),
});

const workflowEditorRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/w/$workflowId",
  validateSearch: search.editor,
  component: lazyRouteComponent(() => import("@/routes/workflow-editor"), "WorkflowEditorPage"),
});

const workflowExecutionsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/w/$workflowId/executions",
  validateSearch: search.executions,
  component: lazyRouteComponent(
    () => import("@/routes/workflow-executions"),
    "WorkflowExecutionsPage",
  ),
});

const executionsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/executions",
  validateSearch: search.executions,
  component: lazyRouteComponent(() => import("@/routes/executions"), "ExecutionsPage"),
});

const runRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/runs/$executionId",
  validateSearch: search.run,
  component: lazyRouteComponent(() => import("@/routes/run"), "RunPage"),
});

const compareRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/runs/compare/$left/$right",
  validateSearch: search.compare,
  component: lazyRouteComponent(() => import("@/routes/compare"), "ComparePage"),
});

const workflowTestsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/w/$workflowId/tests",
  component: lazyRouteComponent(() => import("@/routes/workflow-tests"), "WorkflowTestsPage"),
});

const workflowHistoryRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/w/$workflowId/history",
  validateSearch: search.history,
  component: lazyRouteComponent(() => import("@/routes/workflow-history"), "WorkflowHistoryPage"),
});

const inboxRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/inbox",
  validateSearch: search.inbox,
  component: lazyRouteComponent(() => import("@/routes/inbox"), "InboxPage"),
});

const credentialsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/credentials",
  component: lazyRouteComponent(() => import("@/routes/credentials"), "CredentialsPage"),
});

const chatRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/chat/$workflowId",
  component: lazyRouteComponent(() => import("@/routes/chat"), "ChatPage"),
});

const agentsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/agents",
  component: lazyRouteComponent(() => import("@/routes/agents"), "AgentsPage"),
});

const tablesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/tables",
  component: lazyRouteComponent(() => import("@/routes/tables"), "TablesPage"),
});

const tableRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/tables/$tableId",
  component: lazyRouteComponent(() => import("@/routes/table"), "TablePage"),
});

const knowledgeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/knowledge",
  component: lazyRouteComponent(() => import("@/routes/knowledge"), "KnowledgePage"),
});

const memoriesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/knowledge/memories",
  component: lazyRouteComponent(() => import("@/routes/knowledge-memories"), "MemoriesPage"),
});

const labelsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/knowledge/labels",
  component: lazyRouteComponent(() => import("@/routes/knowledge-labels"), "LabelsPage"),
});

const collectionRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/knowledge/$collectionId",
  component: lazyRouteComponent(() => import("@/routes/collection"), "CollectionPage"),
});

/** Where providers of accounts send people back to. */
const oauth2Route = createRoute({
  getParentRoute: () => shellRoute,
  path: "/oauth2/callback",
  component: lazyRouteComponent(() => import("@/routes/oauth2-callback"), "OAuth2CallbackPage"),
});

const settingsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/settings",
  component: lazyRouteComponent(() => import("@/routes/settings"), "SettingsPage"),
});

const settingsIndexRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/settings/members" });
  },
});

const membersRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/members",
  component: lazyRouteComponent(() => import("@/routes/settings-members"), "MembersPage"),
});

const apiKeysRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/api-keys",
  component: lazyRouteComponent(() => import("@/routes/settings-api-keys"), "ApiKeysPage"),
});

const variablesRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/variables",
  component: lazyRouteComponent(() => import("@/routes/settings-variables"), "VariablesPage"),
});

const modelsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/models",
  component: lazyRouteComponent(() => import("@/routes/settings-models"), "ModelsPage"),
});

const auditRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/audit",
  validateSearch: search.audit,
  component: lazyRouteComponent(() => import("@/routes/settings-audit"), "AuditPage"),
});

const pluginsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/plugins",
  component: lazyRouteComponent(() => import("@/routes/settings-plugins"), "PluginsPage"),
});

const accountRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/me",
  component: lazyRouteComponent(() => import("@/routes/account"), "AccountPage"),
});

/** Any other address: the frame stays. */
const unknownRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "$",
  component: NotFoundPage,
});

const routeTree = rootRoute.addChildren([
  signInRoute,
  invitationRoute,
  newPasswordRoute,
  visitRoute,
  shellRoute.addChildren([
    homeRoute,
    workflowsRoute,
    templatesRoute,
    templateRoute,
    workflowEditorRoute,
    workflowExecutionsRoute,
    executionsRoute,
    runRoute,
    compareRoute,
    workflowTestsRoute,
    workflowHistoryRoute,
    inboxRoute,
    credentialsRoute,
    agentsRoute,
    chatRoute,
    tablesRoute,
    tableRoute,
    knowledgeRoute,
    memoriesRoute,
    labelsRoute,
    collectionRoute,
    oauth2Route,
    settingsRoute.addChildren([
      settingsIndexRoute,
      membersRoute,
      apiKeysRoute,
      variablesRoute,
      modelsRoute,
      auditRoute,
      pluginsRoute,
    ]),
    accountRoute,
    unknownRoute,
  ]),
]);

export function createAppRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    basepath: BASE_PATH,
    context: { queryClient },
    defaultPreload: "intent",
    defaultErrorComponent: PageError,
    defaultNotFoundComponent: NotFoundPage,
  });
}

declare module "@tanstack/react-router" {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface can be merged.
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
