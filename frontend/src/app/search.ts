// Reads search parameters of addresses: what is not understood is left out, never an error.

type Given = Readonly<Record<string, unknown>>;
type Texts<K extends string> = { readonly [key in K]?: string };

/** The named parameters that are texts (numbers in an address count as texts). */
function texts<K extends string>(given: Given, names: readonly K[]): Texts<K> {
  const found: { [key in K]?: string } = {};
  for (const name of names) {
    const value = given[name];
    if (typeof value === "string" && value !== "") found[name] = value;
    if (typeof value === "number") found[name] = String(value);
  }
  return found;
}

export const signIn = (given: Given) => texts(given, ["next", "token"]);

/** `at` is the hosted page that the person wants to see. */
export const visit = (given: Given) => texts(given, ["at"]);

export const home = (given: Given) => texts(given, ["period"]);

export const workflows = (given: Given) =>
  texts(given, ["q", "active", "folder", "tag", "owner", "sort", "view"]);

export const templates = (given: Given) => texts(given, ["category"]);

export const executions = (given: Given) =>
  texts(given, ["status", "workflow", "mode", "q", "since", "cost"]);

export const audit = (given: Given) =>
  texts(given, ["actor", "action", "object", "outcome", "from", "to"]);

/** `a` is compared with `b`: entries such as `v3` or `r41`, or `draft`. */
export const history = (given: Given) => texts(given, ["a", "b"]);

/**
 * `node` is selected and open; `panel` is the open tab beside the inspector; `way` holds the
 * workflows that were left on the way into this one; `load` is a run to load into the draft.
 */
export const editor = (given: Given) => texts(given, ["node", "panel", "way", "load"]);

/** `seq` is the event whose state is shown. */
export function run(given: Given): { readonly node?: string; readonly seq?: number } {
  const seq = Number(given["seq"]);
  return { ...texts(given, ["node"]), ...(Number.isInteger(seq) && seq > 0 ? { seq } : {}) };
}

/** `node` is the one whose outputs stand side by side. */
export const compare = (given: Given) => texts(given, ["node"]);

/** `approval` is the one that is shown. */
export const inbox = (given: Given) => texts(given, ["state", "approval"]);
