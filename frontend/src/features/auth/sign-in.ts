// The requests that begin and end a session.

import type { QueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { pageSocket } from "@/api/page-socket";
import { sessionQuery } from "@/api/queries";
import type { Offer, Place, Session } from "@/api/types";
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

/** Accepts an invitation: a name and a new password, or the password that one has. */
export async function acceptInvitation(
  client: QueryClient,
  given: { readonly token: string; readonly password: string; readonly name: string },
): Promise<void> {
  begin(client, await api.post<Session>("auth/invitation/accept/", given, ANONYMOUS));
}

/** Sets another password by a link, and signs in. */
export async function setPassword(
  client: QueryClient,
  given: { readonly token: string; readonly password: string },
): Promise<void> {
  begin(client, await api.post<Session>("auth/new-password/", given, ANONYMOUS));
}

export const askForLink = (email: string): Promise<void> =>
  api.post<void>("auth/forgotten/", { email }, ANONYMOUS);

export const readOffer = (token: string): Promise<Offer> =>
  api.post<Offer>("auth/invitation/", { token }, ANONYMOUS);

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
