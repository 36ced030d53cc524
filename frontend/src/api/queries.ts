// What can be asked of the server, as TanStack Query options. Keys nest: ["workflows", id, …].

import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api } from "./client";
import type {
  ApiKey,
  Approval,
  AuditEntry,
  Comparison,
  Credential,
  CredentialType,
  Execution,
  Member,
  NodeCatalog,
  Page,
  Place,
  Plugins,
  PricedRow,
  RunEvent,
  Session,
  StaleStep,
  StepItems,
  Template,
  TemplateRow,
  TestRun,
  Variable,
  Workflow,
  WorkflowFolder,
  WorkflowRow,
  WorkflowTag,
  WorkflowTest,
  WorkflowVersion,
} from "./types";

const MINUTE_MS = 60_000;
const EVENTS_PER_PAGE = 1_000;
/** A loop may write a million events; a browser that held them all would be of no use. */
const EVENTS_AT_MOST = 20_000;

/** The roots of all keys: invalidate by these. */
export const keys = {
  session: ["session"],
  workflows: ["workflows"],
  workflow: (id: string) => ["workflows", "one", id],
  executions: ["executions"],
  execution: (id: string) => ["executions", "one", id],
  catalog: ["catalog"],
  credentials: ["credentials"],
  credentialTypes: ["credential-types"],
  members: ["members"],
  apiKeys: ["api-keys"],
  audit: ["audit"],
  plugins: ["plugins"],
  variables: ["variables"],
  approvals: ["approvals"],
  tables: ["tables"],
  tests: (workflow: string) => ["workflows", "one", workflow, "tests"],
} as const;

export const sessionQuery = queryOptions({
  queryKey: keys.session,
  queryFn: ({ signal }) => api.get<Session>("session/", { signal, allowSignedOut: true }),
  staleTime: 5 * MINUTE_MS,
  retry: false,
});

/** Whose sign-in page this is: null on the host in front of which workspaces have their names. */
export const placeQuery = queryOptions({
  queryKey: ["place"],
  queryFn: ({ signal }) =>
    api.get<{ readonly tenant: Session["tenant"] | null; readonly can_mail: boolean }>(
      "auth/place/",
      { signal, allowSignedOut: true },
    ),
  staleTime: Number.POSITIVE_INFINITY,
});

/** The workspaces that the person may switch to. */
export const placesQuery = queryOptions({
  queryKey: [...keys.session, "tenants"],
  queryFn: ({ signal }) =>
    api.get<{ readonly results: readonly Place[] }>("session/tenants/", { signal }),
  select: ({ results }) => results,
});

export type WorkflowFilter = {
  readonly q?: string;
  readonly active?: string;
  /** An id, or "none": in no folder. */
  readonly folder?: string | undefined;
  readonly tag?: string;
  readonly owner?: string;
  readonly sort?: string;
};

export const workflowsQuery = (filter: WorkflowFilter = {}) =>
  infiniteQueryOptions({
    queryKey: [...keys.workflows, "list", filter],
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<WorkflowRow>>("workflows/", {
        signal,
        query: { ...filter, cursor: pageParam },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });

export const workflowQuery = (id: string) =>
  queryOptions({
    queryKey: keys.workflow(id),
    queryFn: ({ signal }) => api.get<Workflow>(`workflows/${id}/`, { signal }),
  });

export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: [...keys.workflow(id), "versions"],
    queryFn: ({ signal }) =>
      api.get<Page<WorkflowVersion>>(`workflows/${id}/versions/`, { signal }),
  });

export type ExecutionFilter = {
  readonly workflow?: string | undefined;
  readonly status?: string | undefined;
  readonly mode?: string | undefined;
  readonly q?: string | undefined;
  readonly since?: string | undefined;
  readonly cost?: string | undefined;
  readonly limit?: number | undefined;
};

export const executionsQuery = (filter: ExecutionFilter = {}) =>
  infiniteQueryOptions({
    queryKey: [...keys.executions, "list", filter],
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<PricedRow>>("executions/", {
        signal,
        query: { ...filter, cursor: pageParam },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });

export const executionQuery = (id: string) =>
  queryOptions({
    queryKey: keys.execution(id),
    queryFn: ({ signal }) => api.get<Execution>(`executions/${id}/`, { signal }),
  });

/** The executions that steps of this one started. */
export const childrenQuery = (id: string) =>
  queryOptions({
    queryKey: [...keys.execution(id), "children"],
    queryFn: async ({ signal }) =>
      (await api.get<Execution>(`executions/${id}/`, { signal })).children ?? [],
  });

/** The log of an execution up to `lastSeq`, which never changes again; of a huge one the beginning. */
export const executionEventsQuery = (id: string, lastSeq: number) =>
  queryOptions({
    queryKey: [...keys.execution(id), "events", lastSeq],
    queryFn: async ({ signal }) => {
      const events: RunEvent[] = [];
      let isWhole = lastSeq === 0;
      while (!isWhole) {
        const page = await api.get<EventsPage>(`executions/${id}/events/`, {
          signal,
          query: { after: events.at(-1)?.seq ?? 0, limit: EVENTS_PER_PAGE },
        });
        events.push(...page.results);
        isWhole =
          page.results.length === 0 ||
          events.length >= EVENTS_AT_MOST ||
          (events.at(-1)?.seq ?? 0) >= lastSeq;
      }
      return events as readonly RunEvent[];
    },
    staleTime: Number.POSITIVE_INFINITY,
  });

type EventsPage = { readonly results: readonly RunEvent[]; readonly last_seq: number };

export type StepItemsAsk = {
  readonly execution: string;
  readonly node: string;
  readonly run: string;
  readonly side: "input" | "output";
  readonly port: string;
  readonly offset: number;
  readonly limit: number;
};

export const stepItemsQuery = ({ execution, node, run, ...query }: StepItemsAsk) =>
  queryOptions({
    queryKey: [...keys.execution(execution), "items", node, run, query],
    queryFn: ({ signal }) =>
      api.get<StepItems>(
        `executions/${execution}/steps/${encodeURIComponent(node)}/${encodeURIComponent(run)}/`,
        { signal, query },
      ),
  });

export const catalogQuery = queryOptions({
  queryKey: keys.catalog,
  queryFn: ({ signal }) => api.get<NodeCatalog>("nodes/", { signal }),
  staleTime: 10 * MINUTE_MS,
});

export const credentialsQuery = queryOptions({
  queryKey: keys.credentials,
  queryFn: ({ signal }) =>
    api.get<Page<Credential>>("credentials/", { signal, query: { limit: 200 } }),
});

export const credentialTypesQuery = queryOptions({
  queryKey: keys.credentialTypes,
  queryFn: ({ signal }) => api.get<readonly CredentialType[]>("credential-types/", { signal }),
  staleTime: 10 * MINUTE_MS,
});

export const membersQuery = queryOptions({
  queryKey: keys.members,
  queryFn: ({ signal }) => api.get<Page<Member>>("members/", { signal, query: { limit: 200 } }),
});

export const apiKeysQuery = queryOptions({
  queryKey: keys.apiKeys,
  queryFn: ({ signal }) => api.get<Page<ApiKey>>("api-keys/", { signal, query: { limit: 200 } }),
});

export type AuditFilter = {
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly object?: string | undefined;
  readonly outcome?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
};

export const auditQuery = (filter: AuditFilter = {}) =>
  infiniteQueryOptions({
    queryKey: [...keys.audit, filter],
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<AuditEntry>>("audit/", { signal, query: { ...filter, cursor: pageParam } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });

export const pluginsQuery = queryOptions({
  queryKey: keys.plugins,
  queryFn: ({ signal }) => api.get<Plugins>("plugins/", { signal }),
});

/** The node types whose package is switched off here. */
export const typesOffQuery = queryOptions({
  queryKey: [...keys.plugins, "off"],
  queryFn: ({ signal }) =>
    api.get<{ readonly types: readonly string[] }>("node-types-off/", { signal }),
});

export const comparisonQuery = (left: string, right: string) =>
  queryOptions({
    queryKey: [...keys.execution(left), "compare", right],
    queryFn: ({ signal }) =>
      api.get<Comparison>(`executions/${left}/compare/${right}/`, { signal }),
  });

export const testsQuery = (workflow: string) =>
  queryOptions({
    queryKey: keys.tests(workflow),
    queryFn: ({ signal }) =>
      api.get<Page<WorkflowTest>>(`workflows/${workflow}/tests/`, {
        signal,
        query: { limit: 200 },
      }),
  });

const TEST_POLL_MS = 500;

/** A run of tests, asked for again and again until it is done. */
export const testRunQuery = (workflow: string, run: string) =>
  queryOptions({
    queryKey: [...keys.tests(workflow), "run", run],
    queryFn: ({ signal }) =>
      api.get<TestRun>(`workflows/${workflow}/test-runs/${run}/`, { signal }),
    refetchInterval: ({ state }) => (state.data?.status === "done" ? false : TEST_POLL_MS),
  });

export type ApprovalListState = "open" | "decided";

export const approvalsQuery = (state: ApprovalListState) =>
  infiniteQueryOptions({
    queryKey: [...keys.approvals, "list", state],
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<Approval>>("approvals/", { signal, query: { state, cursor: pageParam } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });

export const approvalQuery = (id: string) =>
  queryOptions({
    queryKey: [...keys.approvals, "one", id],
    queryFn: ({ signal }) => api.get<Approval>(`approvals/${id}/`, { signal }),
  });

/** Which results of a run still hold for the draft of this revision. */
export const staleQuery = (workflow: string, execution: string, revision: number) =>
  queryOptions({
    queryKey: [...keys.workflow(workflow), "stale", execution, revision],
    queryFn: ({ signal }) =>
      api.get<{ readonly steps: readonly StaleStep[] }>(`workflows/${workflow}/stale/`, {
        signal,
        query: { execution },
      }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    meta: { quiet: true },
  });

export const variablesQuery = queryOptions({
  queryKey: keys.variables,
  queryFn: ({ signal }) => api.get<Page<Variable>>("variables/", { signal }),
  select: ({ results }) => results,
});

export const workflowFoldersQuery = queryOptions({
  queryKey: [...keys.workflows, "folders"],
  queryFn: ({ signal }) => api.get<Page<WorkflowFolder>>("workflow-folders/", { signal }),
  select: ({ results }) => results,
});

export const workflowTagsQuery = queryOptions({
  queryKey: [...keys.workflows, "tags"],
  queryFn: ({ signal }) => api.get<Page<WorkflowTag>>("workflow-tags/", { signal }),
  select: ({ results }) => results,
});

export const templatesQuery = queryOptions({
  queryKey: ["templates"],
  queryFn: ({ signal }) => api.get<Page<TemplateRow>>("templates/", { signal }),
  select: ({ results }) => results,
  staleTime: Number.POSITIVE_INFINITY,
});

export const templateQuery = (slug: string) =>
  queryOptions({
    queryKey: ["templates", slug],
    queryFn: ({ signal }) => api.get<Template>(`templates/${slug}/`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
