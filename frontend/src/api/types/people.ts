// People, their session and their workspaces.

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
  readonly multi_tenant: boolean;
  readonly csrf_token: string;
  readonly version: string;
  readonly preferences?: Preferences;
};

/** One of the person's workspaces, and the address that leads there. */
export type Place = { readonly slug: string; readonly name: string; readonly url: string };

export type Preferences = { readonly theme?: ThemeName; readonly inspector_layout?: string };
