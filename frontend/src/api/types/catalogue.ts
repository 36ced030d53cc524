// Node types and items.

import type { NodeSettings } from "./documents";
import type { JsonObject, JsonPrimitive, JsonSchema, JsonValue } from "./json";

export type PortKind = "main" | "model" | "memory" | "tool" | "retriever" | "parser";

export type Port = {
  readonly id: string;
  readonly label: string;
  readonly kind: PortKind;
  readonly required?: boolean;
};

export type PortSource = {
  readonly from: string;
  readonly plus?: readonly string[];
  readonly also?: readonly {
    readonly port: string;
    readonly when: { readonly field: string; readonly in: readonly string[] };
  }[];
};

export type CredentialSlot = {
  readonly slot: string;
  readonly types: readonly string[];
  readonly required: boolean;
  readonly show_if?: ShowIf | null;
};

export type ShowIf = { readonly field: string; readonly in: readonly JsonPrimitive[] };

export type NodeExample = {
  readonly title: string;
  readonly params: JsonObject;
  readonly items: readonly Item[];
  readonly output: { readonly [port: string]: readonly Item[] };
};

export type NodeSpec = {
  readonly type: string;
  readonly version: number;
  readonly title: string;
  readonly description: string;
  readonly category: string;
  readonly icon: string;
  readonly synonyms: readonly string[];
  readonly kind: "trigger" | "action" | "flow" | "capability" | "agent";
  readonly effect: "pure" | "read" | "write" | "varies";
  /** May an agent call it as a tool, by an output `tool` that is not among `outputs`? */
  readonly attachable: boolean;
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  readonly "x-ports"?: { readonly inputs?: PortSource; readonly outputs?: PortSource };
  readonly params: JsonSchema;
  readonly defaults: JsonObject;
  readonly credentials: readonly CredentialSlot[];
  readonly settings_defaults: NodeSettings;
  readonly documentation: string;
  readonly examples: readonly NodeExample[];
  readonly output_schema: JsonSchema | null;
  /** A trigger that asks again and again. */
  readonly polls?: boolean;
  readonly package: { readonly name: string; readonly version: string };
};

/** A parameter that an upgrade adds, takes away or gives another value. */
export type ParameterChange = {
  readonly name: string;
  readonly change: "added" | "changed" | "removed";
  readonly before: JsonValue;
  readonly after: JsonValue;
};

/** What the installed version of a type makes of a node that an older one wrote. */
export type Upgrade = {
  readonly type: string;
  readonly from_version: number;
  readonly to_version: number;
  /** None where the package cannot take them over; `error` says so. */
  readonly params: JsonObject | null;
  readonly changes: readonly ParameterChange[];
  readonly faults: readonly { readonly path: string; readonly message: string }[];
  readonly error: string | null;
};

export type BrokenPlugin = {
  readonly name: string;
  readonly distribution: string;
  readonly error: string;
};

export type NodeCategory = {
  readonly id: string;
  readonly label: string;
  readonly color: string;
};

export type NodeCatalog = {
  readonly nodes: readonly NodeSpec[];
  readonly broken: readonly BrokenPlugin[];
  readonly categories: readonly NodeCategory[];
};

export type FileRef = {
  readonly id: string;
  readonly name: string;
  readonly mime: string;
  readonly size: number;
  readonly sha256: string;
};

export type Item = {
  readonly json: JsonObject;
  readonly binary?: { readonly [name: string]: FileRef };
  readonly paired?: readonly { readonly input: number; readonly item: number }[];
};
