// Renders a component as a signed-in person sees it: session, queries, tooltips, a router for links.

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import {
  createMemoryHistory,
  createRootRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { render } from "@testing-library/react";
import { type ReactNode, Suspense } from "react";
import { sessionQuery } from "@/api/queries";
import type { RunEvent, Session } from "@/api/types";
import { emptyRun, RunStore, RunStoreProvider } from "@/features/runs";
import { Toaster } from "@/ui/toast";
import { TooltipProvider } from "@/ui/tooltip";

const SESSION: Omit<Session, "permissions"> = {
  person: { id: "p", email: "ada@shop.test", name: "Ada" },
  tenant: { id: "t", slug: "shop", name: "Shop" },
  role: "member",
  operators_url: null,
  multi_tenant: false,
  csrf_token: "",
  version: "0",
};

/** Ada, a member who may do what is named. */
export const sessionWith = (permissions: readonly string[]): Session => ({
  ...SESSION,
  permissions,
});

type Options = {
  readonly permissions?: readonly string[];
  /** The run that is watched, as its log. */
  readonly events?: readonly RunEvent[];
};

export async function show(children: ReactNode, { permissions = [], events = [] }: Options = {}) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  client.setQueryData(sessionQuery.queryKey, sessionWith(permissions));
  const store = new RunStore();
  store.show(emptyRun("run", 7));
  store.receive(events);
  store.flush();
  const root = createRootRoute({
    component: () => (
      <RunStoreProvider store={store}>
        <Suspense>{children}</Suspense>
        <Toaster />
      </RunStoreProvider>
    ),
    notFoundComponent: () => null,
  });
  const router = createRouter({
    routeTree: root,
    history: createMemoryHistory({ initialEntries: ["/"] }),
  });
  await router.load();
  const view = render(
    <QueryClientProvider client={client}>
      <TooltipProvider>
        {/* The app's router has other routes; links only need some router above them. */}
        <RouterProvider router={router as never} />
      </TooltipProvider>
    </QueryClientProvider>,
  );
  return { ...view, store, client };
}

/** Events of one run in order, numbered from 1. */
export function logOf(
  ...entries: readonly (readonly [
    type: RunEvent["type"],
    node?: string | undefined,
    data?: object,
  ])[]
): readonly RunEvent[] {
  return entries.map(([type, node, data], index): RunEvent => {
    const event = { seq: index + 1, type, at_ms: index * 100, data: { ...data } };
    return node === undefined ? event : { ...event, node, run: "0" };
  });
}
