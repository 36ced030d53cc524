// People, their session and their workspaces.

import type { NotificationWishes } from "./notifications";

export type Role = "owner" | "admin" | "member" | "viewer";
export type ThemeName = "light" | "dark" | "system";

/** Something or somebody by id, with the name to show. */
export type Ref = { readonly id: string; readonly name: string };

/** Who did something; the id is gone when the person is. */
export type PersonRef = { readonly id: string | null; readonly name: string };

export type Session = {
  readonly person: { readonly id: string; readonly email: string; readonly name: string } | null;
  readonly tenant: { readonly id: string; readonly slug: string; readonly name: string };
  readonly role: Role;
  readonly permissions: readonly string[];
  /** The pages of those who run the installation; only they are told. */
  readonly operators_url: string | null;
  readonly multi_tenant: boolean;
  readonly csrf_token: string;
  readonly version: string;
  readonly preferences?: Preferences;
};

/** One of the person's workspaces, and the address that leads there. */
export type Place = { readonly slug: string; readonly name: string; readonly url: string };

/** The address of a hosted page that lets its reader in for a minute. */
export type Visit = { readonly url: string };

/** A member's invitation that nobody has accepted yet. */
export type Invitation = {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  readonly invited_by: string;
  readonly created_at: string;
  readonly expires_at: string;
  readonly is_expired: boolean;
};

/** The answer to inviting: the only time that the link is there. */
export type SentInvitation = Invitation & { readonly link: string; readonly mailed: boolean };

/** What a link offers; `is_known`: the address has a password already. */
export type Offer = {
  readonly email: string;
  readonly role: Role;
  readonly invited_by: string;
  readonly tenant: string;
  readonly is_known: boolean;
};

export type RoleRights = { readonly role: Role; readonly permissions: readonly string[] };

/** A browser in which one is signed in. */
export type BrowserSession = {
  readonly id: string;
  readonly address: string;
  readonly agent: string;
  readonly started_at: string;
  readonly seen_at: string;
  readonly is_this: boolean;
};

export type Preferences = {
  readonly theme?: ThemeName;
  readonly inspector_layout?: string;
  readonly notifications?: NotificationWishes;
  /** Slugs of the workspaces that were used last, the newest first. */
  readonly recent_tenants?: readonly string[];
};
