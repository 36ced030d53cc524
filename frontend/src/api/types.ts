// The shapes that travel between this app and the server: see docs of /api/v1/ and /ws/.

export type JsonPrimitive = string | number | boolean | null;
export type JsonValue = JsonPrimitive | readonly JsonValue[] | JsonObject;
export type JsonObject = { readonly [key: string]: JsonValue };

/** A JSON Schema as pydantic writes it, with our `x-ui` hints left as they come. */
export type JsonSchema = { readonly [keyword: string]: JsonValue };

export type Page<T> = { readonly results: readonly T[]; readonly next: string | null };

// People and session

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

// Workflow document, format headrace/1

export type WorkflowNode = {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly version: number;
  readonly position: readonly [x: number, y: number];
  readonly params: JsonObject;
  readonly settings?: NodeSettings;
  readonly credentials?: { readonly [slot: string]: string };
  readonly disabled?: boolean;
};

export type NodeSettings = {
  readonly on_error?: "stop" | "continue" | "error_port";
  readonly retry?: RetrySettings | null;
  readonly timeout_s?: number | null;
  readonly always_output?: boolean;
  readonly execute_once?: boolean;
  readonly on_crash?: "retry" | "stop_and_ask";
  readonly queue?: string;
  readonly join?: "all" | "any" | number;
};

export type RetrySettings = {
  readonly max_attempts: number;
  readonly initial_s?: number;
  readonly factor?: number;
  readonly max_s?: number;
  readonly jitter?: boolean;
};

export type WorkflowEdge = {
  readonly from: readonly [node: string, port: string];
  readonly to: readonly [node: string, port: string];
};

export type WorkflowNote = {
  readonly id: string;
  readonly text: string;
  readonly position: readonly [x: number, y: number];
  readonly size: readonly [width: number, height: number];
  readonly color: string;
};

export type WorkflowGroup = {
  readonly id: string;
  readonly title: string;
  readonly color: string;
  readonly nodes: readonly string[];
  readonly collapsed?: boolean;
};

export type WorkflowSettings = {
  readonly timezone?: string;
  readonly order?: "parallel" | "sequential";
  readonly timeout_s?: number | null;
  readonly deadline_s?: number | null;
  readonly error_workflow?: string | null;
  readonly save?: string;
  readonly max_concurrency?: number | null;
  readonly concurrency_key?: JsonValue;
  readonly max_per_key?: number | null;
  readonly priority?: "low" | "default" | "high";
  readonly on_crash?: "retry" | "stop_and_ask";
};

export type WorkflowDocument = {
  readonly format: "headrace/1";
  readonly name: string;
  readonly nodes: readonly WorkflowNode[];
  readonly edges: readonly WorkflowEdge[];
  readonly settings?: WorkflowSettings;
  readonly pins?: { readonly [node: string]: readonly Item[] };
  readonly notes?: readonly WorkflowNote[];
  readonly groups?: readonly WorkflowGroup[];
};

export type Problem = {
  readonly code: string;
  readonly message: string;
  readonly severity: "error" | "warning" | "hint";
  readonly node: string | null;
  readonly edge: number | null;
  readonly path: string;
};

/** One RFC 6902 operation. */
export type PatchOperation =
  | { readonly op: "add" | "replace" | "test"; readonly path: string; readonly value: JsonValue }
  | { readonly op: "remove"; readonly path: string }
  | { readonly op: "move" | "copy"; readonly path: string; readonly from: string };

// Workflows

type WorkflowFacts = {
  readonly id: string;
  readonly name: string;
  readonly revision: number;
  readonly active: boolean;
  readonly published_version: number | null;
  readonly created_at: string;
  readonly updated_at: string;
  readonly updated_by: PersonRef | null;
  readonly last_execution: LastExecution | null;
  readonly has_unpublished_changes: boolean;
};

export type LastExecution = {
  readonly id: string;
  readonly number: number;
  readonly status: ExecutionStatus;
  readonly started_at: string | null;
};

export type Workflow = WorkflowFacts & {
  readonly document: WorkflowDocument;
  readonly problems?: readonly Problem[];
};

export type WorkflowRow = WorkflowFacts & {
  readonly node_count: number;
  readonly trigger_types: readonly string[];
};

export type WorkflowVersion = {
  readonly number: number;
  readonly kind: "published";
  readonly created_at: string;
  readonly created_by: PersonRef | null;
  readonly note: string;
};

// Node catalogue

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
  readonly package: { readonly name: string; readonly version: string };
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

// Items

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

// Executions

export type ExecutionStatus =
  | "queued"
  | "running"
  | "waiting"
  | "paused"
  | "completed"
  | "failed"
  | "cancelled"
  | "crashed";

export type StepStatus =
  | "queued"
  | "running"
  | "completed"
  | "failed"
  | "retrying"
  | "waiting"
  | "blocked"
  | "skipped"
  | "cached"
  | "unknown"
  | "cancelled";

export type ExecutionMode =
  | "manual"
  | "webhook"
  | "schedule"
  | "api"
  | "test"
  | "child"
  | "event"
  | "error"
  | "test_run";

export type RunError = {
  readonly code: string;
  readonly message: string;
  readonly node?: string | null;
  readonly item?: number | null;
  readonly path?: string | null;
};

export type ExecutionRow = {
  readonly id: string;
  readonly number: number;
  readonly workflow: Ref;
  readonly version: { readonly number: number | null; readonly kind: string };
  readonly status: ExecutionStatus;
  readonly mode: ExecutionMode;
  readonly trigger_type: string | null;
  readonly queued_at: string;
  readonly started_at: string | null;
  readonly ended_at: string | null;
  readonly duration_ms: number | null;
  readonly error: RunError | null;
  readonly waiting_for: string | null;
};

/** What a waiting step waits for. */
export type WaitsFor = "time" | "token" | "child" | "event" | "approval";

export type Step = {
  readonly node: string;
  readonly run: string;
  readonly run_index: number;
  readonly status: StepStatus;
  readonly attempt: number;
  readonly queued_at: string | null;
  readonly started_at: string | null;
  readonly ended_at: string | null;
  readonly duration_ms: number | null;
  readonly items_in: { readonly [port: string]: number };
  readonly items_out: { readonly [port: string]: number };
  readonly error: RunError | null;
  readonly waiting: { readonly for: string; readonly until: string | null } | null;
};

/** An execution that a step of another one started. */
export type ChildExecution = {
  readonly execution: string;
  readonly number: number;
  readonly workflow_id: string;
  readonly workflow_name: string;
  readonly node: string;
  readonly run: string;
  readonly status: ExecutionStatus;
};

export type StepRef = { readonly node: string; readonly run: string };

export type Execution = ExecutionRow & {
  readonly document: WorkflowDocument;
  readonly last_seq: number;
  readonly steps: readonly Step[];
  /** The step of another execution that started this one. */
  readonly parent?: (StepRef & { readonly execution: string }) | null;
  readonly children?: readonly ChildExecution[];
  readonly children_total?: number;
  readonly forked_from?: {
    readonly execution: string;
    readonly seq: number;
  } | null;
};

export type StepItems = {
  readonly items: readonly Item[];
  readonly total: number;
  readonly ports: { readonly [port: string]: number };
  readonly from: readonly (readonly [node: string, run: string, port: string])[];
};

export type RunStarted = {
  readonly execution: string;
  readonly number?: number;
  readonly status?: ExecutionStatus;
  readonly result?: readonly Item[];
  readonly error?: RunError | null;
};

/** What a person says of a step whose outcome is not known. */
export type OutcomeDecision = "happened" | "not_happened" | "run_again";

export type ForkAnswer = {
  readonly execution: string;
  readonly reused: readonly StepRef[];
  readonly again: readonly (StepRef & { readonly reason: string })[];
};

export type StaleStep = StepRef & { readonly is_stale: boolean; readonly reason: string };

export type BulkAnswer = {
  readonly matched: number;
  readonly accepted: number;
  readonly refused: readonly { readonly id: string; readonly code: string }[];
};

export type ComparedSide = {
  readonly status: StepStatus;
  readonly duration_ms: number | null;
  readonly outputs: {
    readonly [port: string]: { readonly items: number; readonly digest: string };
  };
  readonly input_digest: string;
};

export type ComparedState = "same" | "changed" | "only_left" | "only_right";

export type ComparedStep = StepRef & {
  readonly name: string;
  readonly state: ComparedState;
  readonly left: ComparedSide | null;
  readonly right: ComparedSide | null;
};

export type Comparison = {
  readonly executions: readonly [left: ExecutionRow, right: ExecutionRow];
  readonly steps: readonly ComparedStep[];
};

// Tests of a workflow

export type TestVerdict = "running" | "passed" | "failed" | "error";

export type WorkflowTest = {
  readonly id: string;
  readonly name: string;
  readonly number: number;
  readonly created_at: string;
  readonly created_by: string;
  /** How it came out last. */
  readonly last: {
    readonly run: string;
    readonly status: TestVerdict;
    readonly execution: string | null;
  } | null;
};

export type TestDifference = StepRef & {
  readonly name: string;
  readonly port: string;
  readonly item: number | null;
  readonly path: string;
  readonly expected?: JsonValue;
  readonly actual?: JsonValue;
};

export type TestResult = {
  readonly test: string;
  readonly name: string;
  readonly status: TestVerdict;
  readonly duration_ms: number | null;
  readonly execution: string | null;
  readonly differences: readonly TestDifference[];
  /** Why it could not be run to its end. */
  readonly error: { readonly code: string; readonly message: string } | null;
};

export type TestRun = {
  readonly id: string;
  readonly status: "running" | "done";
  readonly results: readonly TestResult[];
};

// Approvals

export type ApprovalState = "open" | "approved" | "rejected" | "expired" | "withdrawn";

export type Approval = {
  readonly id: string;
  readonly title: string;
  readonly message: string;
  readonly execution: { readonly id: string; readonly number: number };
  readonly workflow: Ref;
  readonly node: string;
  readonly run: string;
  readonly state: ApprovalState;
  readonly created_at: string;
  readonly expires_at: string | null;
  readonly decided_at: string | null;
  readonly decided_by: string | null;
  readonly reason: string;
  /** Who is asked, by e-mail; empty: whoever may decide. */
  readonly assignees: readonly string[];
  /** A rejection must say why. */
  readonly needs_reason: boolean;
  /** Whether the one who asks may answer. */
  readonly can_decide: boolean;
  /** The data that the decision is about. */
  readonly items: readonly JsonObject[];
};

// Log events and the socket

export type RunEventType =
  | "workflow.started"
  | "workflow.cancel_requested"
  | "workflow.step.queued"
  | "workflow.step.started"
  | "workflow.step.collected"
  | "workflow.step.completed"
  | "workflow.step.failed"
  | "workflow.step.retrying"
  | "workflow.step.waiting"
  | "workflow.step.resumed"
  | "workflow.step.unknown"
  | "workflow.step.skipped"
  | "workflow.step.reused"
  | "workflow.step.cancelled"
  | "workflow.step.progress"
  | "workflow.waiting"
  | "workflow.resumed"
  | "workflow.paused"
  | "workflow.retried"
  | "workflow.forked"
  | "workflow.compensating"
  | "workflow.completed"
  | "workflow.failed"
  | "workflow.cancelled";

export type RunEvent = {
  readonly seq: number;
  readonly type: RunEventType;
  /** Milliseconds since the epoch, by the database's clock. */
  readonly at_ms: number;
  readonly node?: string;
  readonly run?: string;
  readonly run_index?: number;
  readonly attempt?: number;
  readonly data: JsonObject;
};

// Credentials

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
};

// Administration

export type Member = {
  readonly id: string;
  readonly person_id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly joined_at: string;
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

export type AuditEntry = {
  readonly seq: number;
  readonly at: string;
  readonly actor: { readonly kind: string; readonly label: string; readonly id: string | null };
  readonly action: string;
  readonly object_type: string;
  readonly object_id: string;
  readonly facts: JsonObject;
  /** The address that the request came from; empty for what the system does by itself. */
  readonly address: string;
  readonly request_id: string;
};

export type Plugin = {
  readonly name: string;
  readonly distribution: string;
  readonly version: string;
  readonly status: "ready" | "broken";
  readonly nodes: readonly string[];
  readonly credential_types: readonly string[];
  readonly error: string | null;
};

// Expressions

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
