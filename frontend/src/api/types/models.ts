// Language models, budgets and what was spent. Money is in millionths of a dollar.

/** Who answers: one of our own, or one that a package brings. */
export type ModelProvider = {
  readonly id: string;
  readonly title: string;
  /** The type of credential that its models need; null: none. */
  readonly credential_type: string | null;
  readonly package: string | null;
  /** Why it cannot be asked here. */
  readonly problem: string | null;
};
export type ModelTier = "premium" | "standard" | "efficient" | "local";

export type LanguageModelValues = {
  readonly name: string;
  readonly provider: string;
  readonly model: string;
  readonly credential: string | null;
  readonly tier: ModelTier;
  readonly is_on: boolean;
  readonly position: number;
  /** Calls at once, and tokens within a minute; 0 is no limit. */
  readonly parallel: number;
  readonly tokens_a_minute: number;
  /** Own prices in thousandths of a millionth of a dollar for a token; null: the price list's. */
  readonly input_nano: number | null;
  readonly output_nano: number | null;
  readonly cached_nano: number | null;
};

export type LanguageModel = LanguageModelValues & {
  readonly id: string;
  readonly is_priced: boolean;
  /** Its provider has been failing for a moment. */
  readonly is_down: boolean;
};

export type KnownModel = {
  readonly provider: string;
  readonly model: string;
  readonly tier: ModelTier;
};

export type PriceList = { readonly read_on: string; readonly models: readonly KnownModel[] };

export type BudgetScope = "tenant" | "workflow" | "run";
export type BudgetPeriod = "day" | "month" | "total";

export type BudgetValues = {
  readonly name: string;
  readonly scope: BudgetScope;
  readonly workflow: string | null;
  readonly period: BudgetPeriod;
  readonly limit_micro: number;
  readonly is_on: boolean;
};

export type Budget = BudgetValues & { readonly id: string; readonly spent_micro: number };

export type SpentLine = {
  /** A day, the id of a workflow or the name of a model. */
  readonly key: string;
  readonly cost_micro: number;
  readonly calls: number;
  readonly failed: number;
  readonly cached: number;
};

export type Saving = {
  readonly calls: number;
  readonly cost_micro: number;
  readonly premium_micro: number;
  readonly premium_model: string;
  readonly percent: number;
};

export type ModelCall = {
  readonly id: string;
  readonly state: "open" | "done" | "failed" | "lost";
  readonly model: string;
  readonly tier: string;
  readonly complexity: number;
  readonly reason: string;
  /** Points by which its complexity was estimated; without `base` it was not. */
  readonly features: { readonly [name: string]: number };
  readonly workflow: string | null;
  readonly execution: string | null;
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cost_micro: number;
  readonly is_cached: boolean;
  readonly error_code: string | null;
  readonly latency_ms: number | null;
  readonly at: string;
};

/** An answer in the cache; `text` is its beginning. */
export type KeptAnswer = {
  readonly id: string;
  readonly model: string;
  readonly text: string;
  readonly created_at: string;
  readonly expires_at: string;
};
