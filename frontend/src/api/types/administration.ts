// Credentials, plugins, the record, and expressions.

import type { Upgrade } from "./catalogue";
import type { JsonObject, JsonSchema, JsonValue } from "./json";
import type { Ref, Role } from "./people";

export type CredentialType = {
  readonly id: string;
  readonly title: string;
  readonly documentation: string;
  readonly fields: JsonSchema;
};

export type Credential = {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly has_value: boolean;
  /** Where it may be sent; empty means anywhere. */
  readonly hosts: readonly string[];
  readonly used_by: readonly Ref[];
  readonly used_by_models: readonly Ref[];
  readonly owner_id: string | null;
  /** What every member may do; null: nothing. */
  readonly everybody: CredentialLevel | null;
  readonly shares: readonly CredentialShare[];
  /** What you may do. */
  readonly level: CredentialLevel;
  /** Of types that are connected to an account. */
  readonly connection: "none" | "connected" | "expired" | null;
  /** Its last day, `2026-03-31`, where somebody wrote it down. */
  readonly expires_on: string | null;
};

export type CredentialLevel = "use" | "edit";

export type CredentialShare = { readonly person_id: string; readonly level: CredentialLevel };

export type CredentialTest = {
  readonly ok: boolean;
  /** Off where the type knows no way to try it. */
  readonly tried: boolean;
  readonly message: string;
  readonly code: string;
};

export type Member = {
  readonly id: string;
  readonly person_id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly joined_at: string;
  readonly is_active: boolean;
};

export type ApiKey = {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly role: Role;
  readonly scopes: readonly string[] | null;
  readonly owner_name: string;
  readonly created_at: string;
  readonly expires_at: string | null;
  readonly last_used_at: string | null;
};

/** The answer to creating a key: the only time that its text is there. */
export type NewApiKey = ApiKey & { readonly key: string };

/** Done, refused for want of a right or the right password, or tried in vain. */
export type AuditOutcome = "done" | "refused" | "failed";

export type AuditEntry = {
  readonly seq: number;
  readonly at: string;
  readonly actor: { readonly kind: string; readonly label: string; readonly id: string | null };
  readonly action: string;
  readonly object_type: string;
  readonly object_id: string;
  readonly facts: JsonObject;
  readonly outcome: AuditOutcome;
  /** The address that the request came from; empty for what the system does by itself. */
  readonly address: string;
  readonly request_id: string;
  /** It follows unchanged from the entry before it. */
  readonly is_intact: boolean;
};

/** What a package declared to reach. */
export type PluginNeeds = {
  readonly hosts: readonly string[];
  readonly credentials: readonly string[];
  readonly files: boolean;
  readonly processes: readonly string[];
  readonly tables: boolean;
};

/** A node of a draft that an older version wrote. */
export type OutdatedNode = {
  readonly workflow: Ref;
  readonly node: string;
  readonly name: string;
  readonly upgrade: Upgrade;
};

export type Plugin = {
  readonly name: string;
  readonly distribution: string;
  readonly version: string;
  readonly status: "ready" | "broken";
  readonly nodes: readonly string[];
  readonly is_on: boolean;
  readonly trust: "core" | "verified" | "community";
  readonly credential_types: readonly string[];
  readonly needs: PluginNeeds;
  readonly used_by: readonly Ref[];
  readonly outdated: readonly OutdatedNode[];
  readonly error: string | null;
};

/** Live workers: how many have other nodes than the server, and what waits for one that fits. */
export type PluginWorkers = {
  readonly count: number;
  readonly different: number;
  readonly left: number;
};

export type Plugins = {
  readonly results: readonly Plugin[];
  readonly next: string | null;
  readonly workers: PluginWorkers;
};

export type ExpressionPreview =
  | { readonly ok: true; readonly value: JsonValue; readonly text: string; readonly type: string }
  | { readonly ok: false; readonly error: ExpressionError };

export type ExpressionError = {
  readonly code: string;
  readonly message: string;
  readonly path: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly offset: number | null;
};

/** A text that expressions read as `$vars.<name>`. */
export type Variable = {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  readonly description: string;
  readonly updated_at: string;
  readonly updated_by: string;
  readonly used_by: readonly Ref[];
};
