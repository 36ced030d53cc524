// The requests that begin and end a session.

import type { QueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { pageSocket } from "@/api/page-socket";
import { sessionQuery } from "@/api/queries";
import type { Place, Session } from "@/api/types";
import { setPreferences } from "@/lib/preferences";

export type Password = { readonly email: string; readonly password: string };

const ANONYMOUS = { allowSignedOut: true };

/** Signs in and drops whatever an earlier person's session had loaded. */
export async function signIn(client: QueryClient, given: Password): Promise<void> {
  const session = await api.post<Session>("auth/sign-in/", given, ANONYMOUS);
  begin(client, session);
}

/** On the bare host: where the person may go. Each address signs them in there once. */
export async function findPlaces(given: Password): Promise<readonly Place[]> {
  const { results } = await api.post<{ readonly results: readonly Place[] }>(
    "auth/anywhere/",
    given,
    ANONYMOUS,
  );
  return results;
}

/** Signs in again on the same page: what is loaded stays, unless somebody else came back. */
export async function signInAgain(client: QueryClient, given: Password): Promise<void> {
  const before = client.getQueryData(sessionQuery.queryKey)?.person?.id;
  const session = await api.post<Session>("auth/sign-in/", given, ANONYMOUS);
  if (session.person?.id !== before) client.clear();
  client.setQueryData(sessionQuery.queryKey, session);
  pageSocket.retry();
  await client.invalidateQueries();
}

/** Signs in by the token of a one-time link. */
export async function signInOnce(client: QueryClient, token: string): Promise<void> {
  const session = await api.post<Session>("auth/one-time/", { token }, ANONYMOUS);
  begin(client, session);
}

function begin(client: QueryClient, session: Session): void {
  client.clear();
  client.setQueryData(sessionQuery.queryKey, session);
  const theme = session.preferences?.theme;
  if (theme) setPreferences({ theme });
}

export async function signOut(client: QueryClient): Promise<void> {
  await api.post<void>("auth/sign-out/", undefined, ANONYMOUS);
  client.clear();
}
