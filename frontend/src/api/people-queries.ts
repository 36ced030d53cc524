// What can be asked about people: invitations, roles, one's own open sessions.

import { queryOptions } from "@tanstack/react-query";
import { api } from "./client";
import { keys } from "./queries";
import type { BrowserSession, Invitation, Page, RoleRights } from "./types";

const results = <T>({ results }: { readonly results: readonly T[] }): readonly T[] => results;

export const invitationsQuery = queryOptions({
  queryKey: [...keys.members, "invitations"],
  queryFn: ({ signal }) => api.get<Page<Invitation>>("invitations/", { signal }),
  select: results,
});

export const rolesQuery = queryOptions({
  queryKey: ["roles"],
  queryFn: ({ signal }) =>
    api.get<{ readonly results: readonly RoleRights[] }>("roles/", { signal }),
  select: results,
  staleTime: Number.POSITIVE_INFINITY,
});

export const sessionsQuery = queryOptions({
  queryKey: [...keys.session, "browsers"],
  queryFn: ({ signal }) => api.get<Page<BrowserSession>>("sessions/", { signal }),
  select: results,
});
